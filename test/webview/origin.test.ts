import assert from "node:assert/strict";
import type { SamplesReport } from "../../src/model";
import { HEALTH_FAILED } from "../report/tests-fixtures";
import { showReport, UNIFORM } from "./fixtures";
import { useWebviews } from "./harness";
import { THEMES, type ThemeName } from "./themes";

/** Collected from a machine. */
function collected(digestAgrees: boolean | null, command = "quiet rng_core.default_quality=1000"): SamplesReport {
  const entries: [string, string][] = [
    ["entropy-test", "collect"],
    ["date", "2026-03-02 09:14:07 UTC"],
    ["source", "hwrng"],
    ["len", ""],
    ["cmdline", command],
    ["machine", "ssh://root@lab-7"],
    ["sha256", UNIFORM.input.sha256],
  ];
  const origin = { metaFile: "/data/uniform-8.meta", entries, digestAgrees };
  return { ...UNIFORM, input: { ...UNIFORM.input, origin } };
}

describe("where samples are from, in their report panel", () => {
  const open = useWebviews();

  for (const theme of Object.keys(THEMES) as ThemeName[])
    it(`is accessible in the ${theme} theme, and fits narrow panels`, async () => {
      const webview = await open("report", { theme, width: 250 });
      for (const digestAgrees of [true, false]) {
        await webview.send(showReport(collected(digestAgrees, "x".repeat(3000))));
        assert.deepEqual(await webview.accessibilityViolations(theme), []);
        assert.equal(await webview.overflow(), 0);
      }
    });

  it("has the entries of the .meta file that say something", async () => {
    const { page, send } = await opened(collected(null));
    const origin = page.locator(".origin");
    const terms = ["entropy-test", "date", "source", "cmdline", "machine", "sha256"];
    assert.deepEqual(await origin.locator("dt").allInnerTexts(), terms);
    assert.match(await origin.innerText(), /As uniform-8\.meta beside the samples says/);
    assert.equal(await origin.locator(".badge").count(), 0);
    const { origin: from } = collected(true).input;
    await send(showReport({ ...HEALTH_FAILED, input: { ...HEALTH_FAILED.input, ...(from && { origin: from }) } }));
    assert.deepEqual(await origin.locator("dt").allInnerTexts(), terms);
  });

  it("says whether the SHA-256 is that of the samples", async () => {
    const { page, send } = await opened(collected(true));
    const mark = page.locator(".origin .badge");
    assert.equal(await mark.innerText(), "as the samples have it");
    await send(showReport(collected(false)));
    assert.equal(await mark.innerText(), "not that of the samples");
    assert.match((await mark.getAttribute("class")) ?? "", /mark-warning/);
  });

  it("is left out where no .meta file stands beside them", async () => {
    const { page } = await opened(UNIFORM);
    assert.equal(await page.locator(".origin").count(), 0);
  });

  async function opened(report: SamplesReport) {
    const webview = await open("report");
    await webview.send(showReport(report));
    return { page: webview.page, send: webview.send.bind(webview) };
  }
});
