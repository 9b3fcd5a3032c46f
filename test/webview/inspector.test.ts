import assert from "node:assert/strict";
import type { InspectorView } from "../../src/vscode/protocol";
import { HEALTH_FAILED, RESTART_WEAK_COLUMNS } from "../report/tests-fixtures";
import { INVENTORY, INVENTORY_VIEW } from "../report/inventory-fixtures";
import * as fixtures from "./fixtures";
import { useWebviews, type Webview } from "./harness";
import { FAILED } from "./iid/failed";
import { PASSED } from "./iid/passed";
import { THEMES, type ThemeName } from "./themes";

const ITEM = "machine:probe-1";
const RUNNING = {
  type: "running",
  item: ITEM,
  title: "probe-1",
  message: "rngtest",
  fraction: null,
  permutations: null,
  estimates: null,
} as const;

const COUNTS = { permutations: 84, expected: 10_000, secondsLeft: 70, permutation: FAILED.permutation } as const;

/** Of a source that is stuck every now and then. */
const ESTIMATES = {
  samples: 123_456,
  mostCommonValue: 6.25,
  collision: null,
  healthTests: { ...HEALTH_FAILED.healthTests },
} as const;

const VIEWS = {
  "nothing selected": { type: "nothing-selected" },
  "not run": { type: "not-run", item: ITEM, title: "probe-1", detail: "ssh://debian@10.8.0.17:22", inventory: null },
  "an inventory alone": {
    type: "not-run",
    item: ITEM,
    title: "probe-1",
    detail: "ssh://debian@10.8.0.17:22",
    inventory: INVENTORY_VIEW,
  },
  "a machine with an inventory": {
    type: "report",
    item: ITEM,
    title: "probe-1",
    view: fixtures.viewOf(fixtures.MACHINE_FAILED, INVENTORY),
  },
  running: RUNNING,
  "half done": { ...RUNNING, fraction: 0.5 },
  "permutations so far": { ...RUNNING, permutations: COUNTS },
  "samples so far": { ...RUNNING, fraction: 0.37, estimates: ESTIMATES },
  failed: {
    type: "failed",
    item: ITEM,
    title: "probe-1",
    message: "The host key of 10.8.0.17 is not the known one.",
    remedy: 'If the machine was installed anew, remove the old key with "ssh-keygen -R 10.8.0.17".',
  },
  "a cloud": { type: "report", item: ITEM, title: "gx-scs", view: fixtures.viewOf(fixtures.CLOUD_WITH_WARNINGS) },
  "a machine": { type: "report", item: ITEM, title: "probe-1", view: fixtures.viewOf(fixtures.MACHINE_FAILED) },
  samples: { type: "report", item: ITEM, title: "uniform-8.bin", view: fixtures.viewOf(fixtures.UNIFORM) },
  "restart tests": { type: "report", item: ITEM, title: "restarts", view: fixtures.viewOf(RESTART_WEAK_COLUMNS) },
  "health tests": { type: "report", item: ITEM, title: "stuck.bin", view: fixtures.viewOf(HEALTH_FAILED) },
} as const satisfies Readonly<Record<string, InspectorView>>;

describe("the inspector", () => {
  const open = useWebviews();

  async function inspect(view: InspectorView): Promise<Webview> {
    const webview = await open("inspector", { width: 300 });
    await webview.send({ type: "show", view });
    return webview;
  }

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`is accessible and fits its narrow place in the ${theme} theme`, async () => {
      const webview = await open("inspector", { theme, width: 250 });
      for (const [name, view] of Object.entries(VIEWS)) {
        await webview.send({ type: "show", view });
        assert.deepEqual(await webview.accessibilityViolations(theme), [], name);
        assert.equal(await webview.overflow(), 0, name);
      }
    });
  }

  it("asks for what is selected as soon as it can show it", async () => {
    const webview = await open("inspector");
    assert.deepEqual(await webview.intents(), [{ type: "ready" }]);
  });

  it("says what to do when nothing is selected", async () => {
    const { page } = await inspect(VIEWS["nothing selected"]);
    assert.match(await page.locator("main").innerText(), /Select a cloud, a machine or a sample file/);
  });

  it("offers to run what was not run, by mouse and by keyboard", async () => {
    const webview = await inspect(VIEWS["not run"]);
    await webview.page.getByRole("button", { name: "Run" }).click();
    await webview.page.keyboard.press("Enter");
    assert.deepEqual((await webview.intents()).slice(1), [
      { type: "run", item: ITEM },
      { type: "run", item: ITEM },
    ]);
  });

  it("follows a run without starting over, and tells it to screen readers", async () => {
    const webview = await inspect(VIEWS.running);
    const { page } = webview;
    assert.equal(await page.getByRole("progressbar").isVisible(), false);
    const ring = await page.locator(".ring").elementHandle({ timeout: 5_000 });
    await webview.send({ type: "show", view: { ...RUNNING, message: "500 of 1000 blocks", fraction: 0.5 } });
    assert.equal(await page.locator("progress").getAttribute("value"), "50");
    assert.equal(await page.getByRole("status").innerText(), "500 of 1000 blocks");
    assert.equal(await ring.isVisible(), true);
  });

  it("shows the counts of the permutation tests as they come, and calls none of them passed or failed yet", async () => {
    const webview = await inspect(VIEWS["permutations so far"]);
    const excursion = webview.page.locator(".permutations tbody tr").first();
    assert.match(await excursion.innerText(), /^Excursion\s+6\s+0\s+236$/);
    const permutations = { ...COUNTS, permutation: PASSED.permutation };
    await webview.send({ type: "show", view: { ...RUNNING, permutations } });
    assert.match(await excursion.innerText(), /^Excursion\s+19\s+0\s+6$/);
    assert.doesNotMatch(await webview.page.locator("main").innerText(), /passed|failed/i);
  });

  it("shows what can be said of samples while they come, and marks a health test as soon as it fails", async () => {
    const quiet = { ...ESTIMATES, collision: 0.875, healthTests: null };
    const webview = await inspect({ ...RUNNING, fraction: 0.3, estimates: quiet });
    const figures = webview.page.locator(".so-far dd");
    assert.deepEqual(await figures.allInnerTexts(), ["123,456", "6.250 bits per sample", "0.875 bits per bit"]);
    await webview.send({ type: "show", view: VIEWS["samples so far"] });
    const { repetitionCount, adaptiveProportion } = ESTIMATES.healthTests;
    assert.deepEqual(await figures.allInnerTexts(), [
      ...["123,456", "6.250 bits per sample", "none yet"],
      `Failed\n${repetitionCount.most} in a row, ${repetitionCount.cutoff} fail: 2 failures`,
      `Failed\n${adaptiveProportion.most} in a window, ${adaptiveProportion.cutoff} fail: 1 failure`,
    ]);
  });

  it("reads out how much has come, and not every figure that changes meanwhile", async () => {
    const webview = await inspect(VIEWS["samples so far"]);
    assert.equal(await webview.page.getByRole("status").innerText(), "30 % collected");
  });

  it("says why something could not run, what to do, and offers to run it again", async () => {
    const webview = await inspect(VIEWS.failed);
    const text = await webview.page.locator("main").innerText();
    assert.match(text, /Could not run\s+The host key of 10\.8\.0\.17 is not the known one\./);
    assert.match(text, /ssh-keygen -R 10\.8\.0\.17/);
    await webview.page.getByRole("button", { name: "Run Again" }).click();
    assert.deepEqual((await webview.intents()).at(-1), { type: "run", item: ITEM });
  });

  it("sums a report up: verdict, key figures, the first findings, and the way to the rest", async () => {
    const webview = await inspect(VIEWS["a cloud"]);
    const { page } = webview;
    assert.equal(await page.locator(".verdict").innerText(), "Passed with warnings");
    assert.deepEqual(await page.locator(".key-figures dd").allInnerTexts(), ["5 of 10 pass", "3 of 5 pass"]);
    assert.equal(await page.locator(".findings li").count(), 6);
    assert.equal(await page.locator(".findings li").last().innerText(), "2 more in the report");
    await page.getByRole("button", { name: "Open Report" }).click();
    assert.deepEqual((await webview.intents()).at(-1), { type: "open-report", item: ITEM });
  });

  it("gives the figures that matter of a machine and of samples", async () => {
    const webview = await inspect(VIEWS["a machine"]);
    const figures = webview.page.locator(".key-figures dd");
    assert.deepEqual(await figures.allInnerTexts(), [
      ...["not running", "256 bits, 256 expected", "7 of 1,000 blocks failed"],
    ]);
    await webview.send({ type: "show", view: VIEWS.samples });
    assert.deepEqual(await figures.allInnerTexts(), [
      ...["7.124 of 8 bits per symbol", "7.354 bits per symbol", "0.891 bits per bit"],
    ]);
    assert.equal(await figures.first().getAttribute("title"), String(fixtures.UNIFORM.minEntropy));
  });

  it("gives the figures that matter of restart tests and of health tests", async () => {
    const webview = await inspect(VIEWS["restart tests"]);
    const figures = webview.page.locator(".key-figures dd");
    assert.deepEqual(await figures.allInnerTexts(), [
      ...["none", "7.000 bits per sample", "7.354 bits per sample", "1.124 bits per sample", "16 at most 27 accepted"],
    ]);
    await webview.send({ type: "show", view: VIEWS["health tests"] });
    assert.deepEqual(await figures.allInnerTexts(), ["2 failures", "1 failure", "100,000"]);
    assert.equal(await webview.page.locator(".verdict").innerText(), "Failed");
  });
});
