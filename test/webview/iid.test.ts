import assert from "node:assert/strict";
import type { RestartReport, SamplesReport } from "../../src/model";
import { RESTART_PASSED } from "../report/tests-fixtures";
import { JITTER, showReport, UNIFORM } from "./fixtures";
import { useWebviews } from "./harness";
import { FAILED } from "./iid/failed";
import { PASSED } from "./iid/passed";

const mostCommonValue = UNIFORM.estimates.filter(({ estimator }) => estimator === "most-common-value");

/** Samples that the IID track has a figure for, those that failed it, and those that fell back to the other. */
const ON_IID: SamplesReport = {
  ...UNIFORM,
  track: "iid",
  requestedTrack: "iid",
  iid: PASSED,
  estimates: mostCommonValue,
};
const FAILED_IID: SamplesReport = { ...ON_IID, iid: FAILED, minEntropy: null };
const FELL_BACK: SamplesReport = { ...JITTER, requestedTrack: "both", iid: FAILED };
const REPORTS = { ON_IID, FAILED_IID, FELL_BACK };

describe("the report panel, of samples on the IID track", () => {
  const open = useWebviews();

  it("is accessible and fits a narrow panel", async () => {
    const webview = await open("report", { width: 400 });
    for (const [name, report] of Object.entries(REPORTS)) {
      await webview.send(showReport(report, name));
      assert.deepEqual(await webview.accessibilityViolations(), [], name);
      assert.equal(await webview.overflow(), 0, name);
    }
  });

  it("lists the counts of every permutation statistic, and names those that failed", async () => {
    const { page, send } = await show(FAILED_IID);
    const rows = page.locator(".permutations tbody tr");
    assert.equal(await rows.count(), 19);
    const failed = rows.filter({ hasText: "failed" });
    assert.deepEqual(
      (await failed.allInnerTexts()).map((row) => row.split(/\s*\t\s*/).filter((cell) => cell !== "")),
      [
        ["Collisions, greatest distance", "5.1.8", "41", "10,000", "0", "0", "6", "failed"],
        ["Compressed length", "5.1.11", "20,785", "10,000", "0", "0", "6", "failed"],
      ],
    );
    assert.match(await page.locator(".permutations caption").innerText(), /seed 7\. 10,000 permutations\./);
    await send(showReport(ON_IID));
    assert.equal(await failed.count(), 0);
    assert.match(await page.locator(".permutations caption").innerText(), /decided after 84 permutations of 10,000/);
  });

  it("says how far a verdict was from the other only where every permutation was counted", async () => {
    const { page } = await show(FAILED_IID);
    const decidedEarly = page.locator(".permutations tbody tr").filter({ hasText: "Excursion" });
    assert.equal(await decidedEarly.locator("td").nth(6).innerText(), "");
  });

  it("gives the figures of the tests that need no permutations", async () => {
    const { page } = await show(FAILED_IID);
    const text = await page.locator(".iid table").first().innerText();
    assert.match(text, /T = 2039\.20, 1,710 degrees of freedom, P = 5\.33360e-8/);
    assert.match(text, /W = 11, P_col = 0\.00407313, P = 1\.02279e-18/);
  });

  it("has no figure for samples that failed the track that was asked for, and says which track takes them", async () => {
    const { page } = await show(FAILED_IID);
    assert.equal(await page.locator(".hero").innerText(), "none");
    assert.match(await page.locator(".assessed").innerText(), /The non-IID track takes any source/);
  });

  it("says that the figure is the other track's when the samples failed", async () => {
    const { page } = await show(FELL_BACK);
    assert.match(await page.locator(".sample-facts").innerText(), /non-IID, since the samples failed the IID tests/);
  });

  it("gives the tests of rows and of columns, of restart data", async () => {
    const { page } = await show({ ...RESTART_PASSED, track: "iid", iid: { rows: PASSED, columns: FAILED } });
    assert.deepEqual(await page.locator(".iid h2").allInnerTexts(), [
      "Rows: independent and identically distributed?",
      "Columns: independent and identically distributed?",
    ]);
    assert.deepEqual(await page.locator(".permutations").count(), 2);
  });

  async function show(report: SamplesReport | RestartReport) {
    const webview = await open("report");
    await webview.send(showReport(report));
    return { page: webview.page, send: (message: ReturnType<typeof showReport>) => webview.send(message) };
  }
});
