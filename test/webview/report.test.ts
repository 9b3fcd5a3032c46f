import assert from "node:assert/strict";
import { HEALTH_FAILED, HEALTH_TOO_FEW, RESTART_COLD, RESTART_WEAK_COLUMNS } from "../report/tests-fixtures";
import * as fixtures from "./fixtures";
import { showReport } from "./fixtures";
import { useWebviews, type Setting, type Webview } from "./harness";
import type { Report } from "../../src/model";
import { THEMES, type ThemeName } from "./themes";

const REPORTS: Readonly<Record<string, Report>> = {
  "ideal bytes": fixtures.UNIFORM,
  "biased bits": fixtures.BIASED,
  "samples with a warning": fixtures.JITTER,
  "a constant source": fixtures.CONSTANT,
  "a cloud with warnings": fixtures.CLOUD_WITH_WARNINGS,
  "a cloud that may not be read": fixtures.CLOUD_UNREADABLE,
  "a machine that failed": fixtures.MACHINE_FAILED,
  "a machine that stopped answering": fixtures.MACHINE_INCONCLUSIVE,
  "restarts with weak columns": RESTART_WEAK_COLUMNS,
  "restarts of a cold source": RESTART_COLD,
  "samples that stick": HEALTH_FAILED,
  "too few samples for health tests": HEALTH_TOO_FEW,
};

describe("the report panel", () => {
  const open = useWebviews();

  async function show(report: Report, setting: Setting = {}): Promise<Webview> {
    const webview = await open("report", setting);
    await webview.send(showReport(report));
    return webview;
  }

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`is accessible in the ${theme} theme, everything unfolded`, async () => {
      const webview = await open("report", { theme });
      for (const [name, report] of Object.entries(REPORTS)) {
        await webview.send(showReport(report, name));
        await webview.unfoldAll();
        assert.deepEqual(await webview.accessibilityViolations(theme), [], name);
      }
    });
  }

  for (const width of [1000, 400, 250]) {
    it(`fits a width of ${width} pixels, everything unfolded`, async () => {
      const webview = await open("report", { width });
      for (const [name, report] of Object.entries(REPORTS)) {
        await webview.send(showReport(report, name));
        await webview.unfoldAll();
        assert.equal(await webview.overflow(), 0, name);
      }
    });
  }

  describe("of any kind", () => {
    it("says what was checked, how it ended, when and with what", async () => {
      const { page } = await show(fixtures.MACHINE_FAILED);
      assert.equal(await page.locator("h1").innerText(), "probe-1");
      assert.equal(await page.locator(".address").innerText(), "ssh://debian@10.8.0.17:22");
      assert.equal(await page.locator(".verdict").innerText(), "Failed");
      assert.deepEqual(await page.locator(".counts li").allInnerTexts(), ["2 errors", "1 check passed"]);
      assert.equal(
        await page.locator(".run-facts").innerText(),
        "2 Mar 2026, 09:14:07, took 4.0 s, entropy-check 0.1.0",
      );
    });

    it("tells a pass with warnings and an inconclusive end from a pass", async () => {
      const webview = await open("report");
      const verdict = webview.page.locator(".verdict .badge");
      const seen: (string | null)[] = [];
      const passed = { ...fixtures.MACHINE_FAILED, verdict: "pass", findings: [] } as const;
      for (const report of [passed, fixtures.CLOUD_WITH_WARNINGS, fixtures.MACHINE_INCONCLUSIVE]) {
        await webview.send(showReport(report));
        seen.push(await verdict.innerText(), await verdict.getAttribute("class"));
      }
      assert.deepEqual(seen, [
        ...["Passed", "badge mark-pass"],
        ...["Passed with warnings", "badge mark-warning"],
        ...["Inconclusive", "badge mark-inconclusive"],
      ]);
    });

    it("does not count what the baseline has or somebody accepted, and says why", async () => {
      const { findings, ...rest } = fixtures.MACHINE_FAILED;
      const [first, second, ...others] = findings.toSorted((a, b) => a.verdict.localeCompare(b.verdict));
      const suppressed = { reason: "kept until <b>May</b>", expires: "2027-05-01" };
      const marked = [{ ...first, known: true as const }, { ...second, suppressed }, ...others];
      const { page } = await show({ ...rest, findings: marked });
      assert.deepEqual(await page.locator(".counts li").allInnerTexts(), ["1 check passed", "2 set aside"]);
      const text = await page.locator("main").innerText();
      assert.match(text, /Does not count: the baseline has it\./);
      assert.match(text, /Does not count: accepted until 2027-05-01\. kept until <b>May<\/b>/);
    });

    it("says of samples that they were assessed: no rule says how much entropy is enough", async () => {
      const webview = await show(fixtures.BIASED);
      const verdict = webview.page.locator(".verdict .badge");
      assert.equal(await verdict.innerText(), "Assessed");
      assert.equal(await verdict.getAttribute("class"), "badge mark-info");
      await webview.send(showReport(fixtures.JITTER));
      assert.equal(await verdict.innerText(), "Assessed with warnings");
    });

    it("asks for the report as soon as it can show one, and hands on what the user wants", async () => {
      const webview = await open("report");
      assert.deepEqual(await webview.intents(), [{ type: "ready" }]);
      await webview.send(showReport(fixtures.CLOUD_WITH_WARNINGS, "cloud:gx-scs"));
      for (const name of ["Run Again", "Save as JSON", "Open clouds.yaml"])
        await webview.page.getByRole("button", { name }).click();
      assert.deepEqual((await webview.intents()).slice(1), [
        { type: "run", item: "cloud:gx-scs" },
        { type: "save-json", item: "cloud:gx-scs" },
        { type: "open-source", item: "cloud:gx-scs" },
      ]);
    });

    it("is worked by the keyboard, in the order in which it is read", async () => {
      const webview = await show(fixtures.JITTER);
      const { page } = webview;
      const visited: string[] = [];
      for (let i = 0; i < 7; i++) {
        await page.keyboard.press("Tab");
        visited.push(await webview.focused());
      }
      assert.deepEqual(visited, [
        ...["Run Again", "Save as JSON", "Open File", "Copy the SHA-256", "Copy the command"],
        ...["Rule: The stated symbol width is that of the data", "Most common value"],
      ]);
      await page.keyboard.press("Enter");
      assert.match(await page.locator(".details:visible").innerText(), /0\.1420789278944668/);
      await page.keyboard.press("Enter");
      assert.equal(await page.locator(".details:visible").count(), 0);
    });

    it("leaves the focus where it was when another run's report replaces the last", async () => {
      const webview = await show(fixtures.MACHINE_FAILED);
      await webview.page.keyboard.press("Tab");
      await webview.send(showReport(fixtures.MACHINE_INCONCLUSIVE));
      assert.equal(await webview.focused(), "Run Again");
    });

    it("ignores messages that are not for it", async () => {
      const webview = await show(fixtures.UNIFORM);
      await webview.page
        .evaluate(`for (const m of [null, 7, "x", {}, { type: "show" }, { type: "show", item: "a", view: {
        rules: {}, report: { schemaVersion: 2 } } }]) postMessage(m, "*")`);
      await webview.send(showReport(fixtures.BIASED));
      assert.equal(await webview.page.locator("h1").innerText(), "biased-1.bin");
    });

    it("keeps its item, filter, order and place across a reload, and forgets them for another item", async () => {
      const webview = await show(fixtures.CLOUD_WITH_WARNINGS, { width: 400 });
      await webview.page.getByRole("textbox", { name: "Filter flavors" }).fill("scs");
      await webview.page.locator("#flavors").getByRole("button", { name: "Name" }).click();
      await webview.page.evaluate("scrollTo(0, 200)");
      await webview.settle();
      const state = await webview.state();

      const again = await show(fixtures.CLOUD_WITH_WARNINGS, { width: 400, state });
      assert.equal(await again.page.getByRole("textbox", { name: "Filter flavors" }).inputValue(), "scs");
      assert.deepEqual((await again.rows("#flavors")).slice(0, 3), ["SCS-1V-4", "SCS-1V-4-10", "SCS-2V-8"]);
      assert.equal(await again.page.evaluate("scrollY"), 200);

      await again.send(showReport(fixtures.CLOUD_WITH_WARNINGS, "cloud:another"));
      assert.equal((await again.rows("#flavors")).length, 10);
      assert.deepEqual(await again.state(), { item: "cloud:another", choices: {} });
    });
  });

  describe("of samples", () => {
    it("shows the assessed minimum, what decided it, and what was read", async () => {
      const { page } = await show(fixtures.UNIFORM);
      assert.equal(await page.locator(".hero").innerText(), "7.124 of 8 bits per symbol");
      assert.equal(await page.locator(".hero").getAttribute("title"), "7.124204080549454 bits per symbol");
      assert.match(
        await page.locator(".assessed").innerText(),
        /Decided by the Compression estimate \(6\.3\.4\) of the bitstring/,
      );
      const facts = await page.locator(".sample-facts").innerText();
      for (const fact of [
        "7.354 bits per symbol",
        "0.891 per bit × 8 = 7.124",
        "1,000,000",
        "256 of 256",
        "Read as bytes, as asked.",
      ])
        assert.ok(facts.includes(fact), fact);
    });

    it("lists every estimate by clause, marks the one that decides, and unfolds every digit of it", async () => {
      const { page } = await show(fixtures.UNIFORM);
      const rows = page.locator("#estimates tbody tr:not(.group, .details)");
      assert.equal(await rows.count(), 17);
      const decides = rows.filter({ hasText: "decides" });
      const cells = ["Compression", "decides", "6.3.4", "0.891", "7.124", "7.232", "Explain"];
      assert.deepEqual((await decides.innerText()).split(/\s+/), cells);
      await decides.getByRole("button", { name: "Compression decides" }).click();
      const details = await page.locator(".details:visible").innerText();
      for (const digits of ["5.216902151700803", "5.214635896127665", "0.024634891701361846", "0.8905255100686817"])
        assert.ok(details.includes(digits), digits);
    });

    it("says why an estimate was not computed", async () => {
      const { page } = await show(fixtures.JITTER);
      await page.getByRole("button", { name: "Markov" }).first().click();
      assert.match(await page.locator(".details:visible").innerText(), /Defined for binary data only/);
    });

    it("asks for the page on an estimate, by mouse and by keyboard", async () => {
      const webview = await show(fixtures.UNIFORM);
      const explain = (name: string) => webview.page.getByRole("button", { name, exact: true });
      await explain("Explain the Lag estimate of the bitstring").click();
      await explain("Explain the LRS estimate of the symbols").press("Enter");
      const item = "samples:fixture";
      assert.deepEqual((await webview.intents()).slice(1), [
        { type: "explain", item, estimator: "lag", scope: "bitstring" },
        { type: "explain", item, estimator: "lrs", scope: "literal" },
      ]);
    });

    it("draws the estimates, and says in words what the drawing shows", async () => {
      const webview = await show(fixtures.UNIFORM);
      const chart = webview.page.locator("canvas");
      assert.equal(
        await chart.getAttribute("aria-label"),
        "Bar chart of the min-entropy estimates. The least, 7.124 of 8 bits per symbol, set by the Compression " +
          "estimate of the bitstring, is the assessed one; ideal data of this size are assessed at 7.185. " +
          "The table of estimates holds every value.",
      );
      assert.equal(await chart.getAttribute("aria-describedby"), "estimates");
      assert.ok((await webview.colors("canvas")) > 20);
    });

    it("draws the estimates anew when the theme changes or the panel's width does", async () => {
      const webview = await show(fixtures.UNIFORM);
      const picture = () => webview.page.locator("canvas").screenshot();
      const dark = await picture();
      await webview.useTheme("light");
      await webview.settle();
      assert.notDeepEqual(await picture(), dark);
      await webview.page.setViewportSize({ width: 500, height: 800 });
      await webview.settle();
      assert.equal(await webview.page.evaluate("document.querySelector('canvas').clientWidth"), 468);
      assert.equal(await webview.overflow(), 0);
    });

    it("shows no number and no chart where nothing could be computed", async () => {
      const { page } = await show(fixtures.CONSTANT);
      assert.equal(await page.locator(".hero").innerText(), "none");
      assert.equal(await page.locator("canvas").count(), 0);
    });
  });

  describe("of a machine", () => {
    it("shows each check with what it measured, who judged it, where it comes from and what to do", async () => {
      const { page } = await show(fixtures.MACHINE_FAILED);
      const [rngd, , fips] = await page.locator(".check").allInnerTexts();
      assert.match(rngd, /^Failed\s+rngd is running\s+not running/);
      assert.match(rngd, /What to do: Start it with\s+systemctl enable --now rngd\.service/);
      assert.match(rngd, /Asked ps -e -o comm=,args= and systemctl show of ssh:\/\/debian@10\.8\.0\.17:22, 2 Mar 2026/);
      assert.match(fips, /7 of 1,000 blocks failed/);
      assert.match(fips, /counted by\s+rngtest on the machine/);
      const counts = await page.locator(".fips tbody tr").allInnerTexts();
      assert.deepEqual(
        counts.map((row) => row.trim().replace(/\s+/g, " ")),
        ["All tests 7", "Monobit 1", "Poker 2", "Runs 3", "Long run 2", "Continuous run 0"],
      );
    });

    it("says by which document, clause and test case each check is judged", async () => {
      const { page } = await show(fixtures.MACHINE_FAILED);
      assert.match(await page.locator("header .kind").innerText(), /judged by scs-0101 w1, 2024-03-08$/);
      assert.deepEqual(await page.locator(".check .basis").allInnerTexts(), [
        "Judged by scs-0101 w1, 2024-03-08, Automated Tests, Errors: rngd; test case scs-0101-rngd",
        "Judged by scs-0101 w1, 2024-03-08, Automated Tests, Errors: entropy_avail; test case scs-0101-entropy-avail",
        "Judged by scs-0101 w1, 2024-03-08, Automated Tests, Errors: FIPS 140-2; test case scs-0101-fips-test",
      ]);
    });

    it("offers to repeat what chance alone may have done, and tells how often it does", async () => {
      const failed = async (failures: number): Promise<Webview> => {
        const { observations } = fixtures.MACHINE_FAILED;
        const { fips140 } = observations;
        assert.ok(fips140.status === "measured");
        const value = { ...fips140.value, failures, successes: 1000 - failures };
        return show(fixtures.machineReport({ ...observations, fips140: { ...fips140, value } }));
      };
      const webview = await failed(4);
      const again = webview.page.getByRole("button", { name: "Run the Live Checks Again" });
      await webview.page.getByText("A healthy source does so badly in 0.88 % of runs").waitFor();
      await again.click();
      assert.deepEqual((await webview.intents()).at(-1), { type: "run", item: "machine:fixture" });
      await failed(3);
      assert.equal(await again.count(), 0);
      await failed(400);
      assert.equal(await again.count(), 0);
    });

    it("keeps the raw answer folded, and shows it as it came", async () => {
      const { page } = await show(fixtures.MACHINE_FAILED);
      const raw = page.getByRole("region", { name: "Raw answer: /dev/random passes FIPS 140-2" });
      assert.equal(await raw.isVisible(), false);
      await page.locator("summary").last().click();
      assert.match(await raw.innerText(), /^rngtest 5\nrngtest: starting FIPS tests\.\.\.\n/);
    });

    it("shows what could not be measured as inconclusive, with its reason", async () => {
      const { page } = await show(fixtures.MACHINE_INCONCLUSIVE);
      const fips = await page.locator(".check").last().innerText();
      assert.match(fips, /^Inconclusive/);
      assert.match(fips, /1048576 of 2500004 bytes/);
      assert.equal(await page.locator(".check").last().locator(".mark-pass").count(), 0);
    });

    it("copies a command whole", async () => {
      const { page } = await show(fixtures.MACHINE_FAILED);
      await page.getByRole("button", { name: "Copy the command" }).click();
      await page.getByText("Copied").waitFor();
      assert.equal(await page.evaluate("navigator.clipboard.readText()"), "systemctl enable --now rngd.service");
    });
  });
});
