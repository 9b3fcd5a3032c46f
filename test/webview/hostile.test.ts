import assert from "node:assert/strict";
import type { HealthTestsReport, Report, RestartReport } from "../../src/model";
import { HEALTH_FAILED, RESTART_WEAK_COLUMNS } from "../report/tests-fixtures";
import * as fixtures from "./fixtures";
import { showReport, viewOf } from "./fixtures";
import { useWebviews } from "./harness";

const MARKUP = `<img src=x onerror="document.body.dataset.hacked=1"><script>document.body.dataset.hacked=1</script>`;
const HOSTILE = [
  MARKUP,
  `"><svg onload=alert(1)>`,
  "\u202Egnp.exe \u2066hidden\u2069",
  "\u0000\u0007\u001b[31mred",
  "x".repeat(100_000),
  "",
  "__proto__",
  "constructor",
  "flavor\nwith\nlines",
];

function hostileCloud(): Report {
  return fixtures.cloudReport({
    flavors: fixtures.measured(
      MARKUP,
      MARKUP,
      HOSTILE.map((name, i) => ({
        ...fixtures.flavor(name, 1, 1, i % 2 === 0 ? { "hw_rng:allowed": name, [name]: name } : null),
        id: `${i}-${name}`,
      })),
    ),
    images: fixtures.measured(
      "GET",
      "glance",
      HOSTILE.map((name, i) => ({
        ...fixtures.image(name, { hw_rng_model: name, [name]: name }),
        id: `${i}-${name}`,
        status: name,
        visibility: name,
      })),
    ),
  });
}

function hostileMachine(): Report {
  return {
    ...fixtures.machineReport({
      kernel: fixtures.measured(MARKUP, MARKUP, MARKUP, MARKUP),
      rngd: fixtures.measured(
        MARKUP,
        MARKUP,
        { running: false, process: MARKUP, units: [{ name: MARKUP, state: MARKUP }] },
        MARKUP + "y".repeat(1_000_000),
      ),
      hwrng: fixtures.measured(
        MARKUP,
        MARKUP,
        { current: MARKUP, available: [MARKUP], givesBytes: null, instructions: [MARKUP] },
        MARKUP,
      ),
      entropyAvail: fixtures.measured("cat", "machine", Number.MAX_SAFE_INTEGER, "\u202E652"),
      fips140: fixtures.unmeasured("cat", "machine", MARKUP, MARKUP),
    }),
    startedAt: "not a time",
    source: { kind: "machine", name: MARKUP, address: MARKUP },
  };
}

function hostileSamples(): Report {
  const { estimates } = fixtures.CONSTANT;
  return {
    ...fixtures.CONSTANT,
    source: { kind: "samples", name: MARKUP, file: `/${MARKUP}` },
    estimates: estimates.map((estimate) => ({ ...estimate, notComputed: MARKUP })),
    findings: fixtures.CONSTANT.findings.map((finding) => ({
      ...finding,
      message: MARKUP,
      remedy: MARKUP,
      evidence: [{ label: MARKUP, value: MARKUP }],
    })),
  };
}

function hostile<R extends RestartReport | HealthTestsReport>(report: R): R {
  const [decoded] = report.input.preparation;
  return {
    ...report,
    source: { kind: "samples", name: MARKUP, file: `/${MARKUP}` },
    input: { ...report.input, preparation: [{ ...decoded, text: MARKUP }] },
    findings: report.findings.map((finding) => ({
      ...finding,
      verdict: "fail",
      message: MARKUP,
      remedy: MARKUP,
      evidence: HOSTILE.map((value) => ({ label: value, value })),
    })),
  };
}

function hostileRestart(): Report {
  const { restart } = RESTART_WEAK_COLUMNS;
  return hostile({ ...RESTART_WEAK_COLUMNS, restart: { ...restart, reason: MARKUP } });
}

describe("a report that holds what an attacker wrote", () => {
  const open = useWebviews();

  for (const [kind, make] of Object.entries({
    cloud: hostileCloud,
    machine: hostileMachine,
    samples: hostileSamples,
    "source's restart tests": hostileRestart,
    "file's health tests": () => hostile(HEALTH_FAILED),
  })) {
    it(`is shown as text and within bounds, of a ${kind}`, async () => {
      for (const width of [1000, 400]) {
        const webview = await open("report", { width });
        await webview.send(showReport(make()));
        await webview.unfoldAll();
        const text = await webview.page.locator("body").innerText();
        assert.ok(text.includes(MARKUP.slice(0, 40)));
        assert.ok(text.length < 200_000, `${text.length} characters are shown`);
        assert.doesNotMatch(text, /[\u202a-\u202e\u2066-\u2069\u0000]/);
        assert.equal(await webview.page.locator("main img, main script").count(), 0);
        assert.equal(await webview.page.locator("body").getAttribute("data-hacked"), null);
        assert.equal(await webview.overflow(), 0);
        assert.deepEqual(await webview.accessibilityViolations(), []);
      }
    });

    it(`is shown as text in the inspector, of a ${kind}`, async () => {
      const webview = await open("inspector", { width: 300 });
      await webview.send({ type: "show", view: { type: "report", item: MARKUP, title: MARKUP, view: viewOf(make()) } });
      assert.ok((await webview.page.locator("h1").innerText()).includes("<script>"));
      assert.equal(await webview.page.locator("main img, main script").count(), 0);
      assert.equal(await webview.overflow(), 0);
    });
  }

  it("offers no copy button for a command that cannot be shown as it is", async () => {
    const webview = await open("report");
    const command = "openstack flavor set x\u202E";
    const finding = { ...fixtures.CONSTANT.findings[0], remedy: command };
    await webview.send(showReport({ ...fixtures.CONSTANT, findings: [finding] }));
    assert.equal(await webview.page.locator(".remedy code").innerText(), "openstack flavor set x<U+202E>");
    assert.equal(await webview.page.getByRole("button", { name: "Copy the command" }).count(), 0);
  });
});
