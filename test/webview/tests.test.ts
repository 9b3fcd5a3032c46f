import assert from "node:assert/strict";
import type { Report } from "../../src/model";
import {
  HEALTH_FAILED,
  HEALTH_HOPELESS,
  HEALTH_PASSED,
  HEALTH_TOO_FEW,
  RESTART_COLD,
  RESTART_PASSED,
  RESTART_WEAK_COLUMNS,
} from "../report/tests-fixtures";
import { showReport } from "./fixtures";
import { useWebviews, type Setting, type Webview } from "./harness";

describe("the report panel", () => {
  const open = useWebviews();

  async function show(report: Report, setting: Setting = {}): Promise<Webview> {
    const webview = await open("report", setting);
    await webview.send(showReport(report));
    return webview;
  }

  describe("of restart tests", () => {
    it("says what is awarded, why, and of which of the three estimates it is", async () => {
      const { page } = await show(RESTART_PASSED);
      assert.equal(await page.locator(".verdict").innerText(), "Passed");
      assert.equal(await page.locator(".hero").innerText(), "7.000 of 8 bits per sample");
      assert.match(await page.locator(".assessed").innerText(), /H_I sets the entropy/);
      assert.equal(await page.locator(".sample-facts dd", { hasText: "the least" }).count(), 1);
    });

    it("says that nothing is awarded, and where the value that is too common occurs", async () => {
      const { page } = await show(RESTART_COLD);
      assert.equal(await page.locator(".hero").innerText(), "none");
      assert.match(await page.locator("main").innerText(), /symbol 5, 953 of 1,000 times in column 5/);
      assert.match(
        await page.locator(".finding").innerText(),
        /What to do: Look at what the source gives at position 5/,
      );
      assert.match(await page.locator("main").innerText(), /not assessed, because the sanity check failed/);
      assert.equal(await page.locator("#datasets").count(), 0);
    });

    it("shows what each published rule accepts, and which decides", async () => {
      const { page } = await show(RESTART_PASSED);
      const rows = page.locator("#sanity tbody tr");
      assert.deepEqual(
        (await rows.allInnerTexts()).map((row) => row.split(/\s*\t\s*/)),
        [
          ["Exact maximum decides", "NIST’s tool, computed instead of simulated", "5.025e-6", "27", "Passed"],
          ["Binomial", "the text of January 2018", "5.000e-6", "23", "Passed"],
          ["Draft of 2016", "the second draft’s normal interval", "1.953e-8", "23.4", "Passed"],
        ],
      );
    });

    it("shows the estimates of rows and columns side by side, the least of each, and unfolds both", async () => {
      const { page } = await show(RESTART_WEAK_COLUMNS);
      const row = page.locator("#datasets tbody tr", { hasText: "MultiMMC" }).first();
      assert.match(await row.innerText(), /6\.3\.9\s+7\.987\s+least\s+1\.124/);
      await row.getByRole("button").click();
      assert.deepEqual(await page.locator(".sides h3").allInnerTexts(), ["Rows", "Columns"]);
      assert.match(await page.locator(".sides").innerText(), /1\.1241030435275365/);
    });

    it("leads to the folder of restarts that are a file each", async () => {
      const webview = await show(RESTART_WEAK_COLUMNS);
      await webview.page.getByRole("button", { name: "Show Folder" }).click();
      assert.deepEqual((await webview.intents()).at(-1), { type: "open-source", item: "restart:fixture" });
      assert.match(await webview.page.locator(".sample-facts").innerText(), /of 1,000 files/);
    });
  });

  describe("of health tests", () => {
    const failures = "#failures";

    it("says what the tests were set to, and how each ended", async () => {
      const { page } = await show(HEALTH_HOPELESS);
      const facts = await page.locator(".sample-facts").innerText();
      assert.match(facts, /0\.9 bits per sample, as claimed/);
      assert.match(facts, /2−30, once in 1,073,741,824/);
      assert.match(facts, /corrected/);
      assert.match(facts, /1, a binary source/);
      const tests = await page.locator("#health-tests tbody tr").allInnerTexts();
      assert.match(tests[0], /4\.4\.1\s+35 in a row\s+64\s+3,125\s+Failed/);
      assert.match(tests[1], /4\.4\.2\s+645 in a window of 1,024\s+512\s+0\s+Passed/);
    });

    it("draws the samples with a mark at every failure, and says so in words", async () => {
      const webview = await show(HEALTH_FAILED);
      const plots = webview.page.getByRole("img");
      assert.equal(await plots.count(), 3);
      assert.equal(
        await plots.first().getAttribute("aria-label"),
        "Plot of 100,000 samples between 0 and 255: the least and the greatest of every 128 samples. " +
          "Repetition count test: 2 failures. Adaptive proportion test: 1 failure.",
      );
      assert.match(
        (await plots.nth(1).getAttribute("aria-label")) ?? "",
        /Value 7 comes 4 times in a row between samples 50,000 and 50,003\.$/,
      );
      assert.match((await plots.nth(2).getAttribute("aria-label")) ?? "", /Value 99 comes 18 times in a window of 512/);
      await webview.settle();
      assert.ok((await webview.colors("canvas")) > 3);
    });

    it("marks the failures in the theme's own red, redrawn when the theme changes", async () => {
      const webview = await show(HEALTH_FAILED);
      await webview.settle();
      assert.ok(await hasColor(webview, [0xf1, 0x4c, 0x4c]));
      await webview.useTheme("light");
      await webview.settle();
      assert.ok(await hasColor(webview, [0xe5, 0x14, 0x00]));
      assert.ok(!(await hasColor(webview, [0xf1, 0x4c, 0x4c])));
    });

    it("marks nothing where nothing failed", async () => {
      const webview = await show(HEALTH_PASSED);
      await webview.settle();
      assert.ok(!(await hasColor(webview, [0xf1, 0x4c, 0x4c])));
      assert.ok((await webview.colors("canvas")) > 3);
      assert.equal(await webview.page.getByRole("img").count(), 1);
      assert.equal(await webview.page.locator(failures).count(), 0);
    });

    it("draws each sample of a file that has few", async () => {
      const { page } = await show(HEALTH_TOO_FEW);
      assert.match(
        (await page.getByRole("img").getAttribute("aria-label")) ?? "",
        /^Plot of 3 samples .*: each sample\./,
      );
      assert.equal(await page.locator(".verdict").innerText(), "Inconclusive");
    });

    it("follows the width of the panel", async () => {
      const webview = await show(HEALTH_FAILED);
      await webview.settle();
      await webview.page.setViewportSize({ width: 500, height: 800 });
      await webview.settle();
      const canvas = webview.page.locator("canvas").first();
      assert.equal(await canvas.getAttribute("width"), String((await canvas.boundingBox())?.width));
      assert.equal(await webview.overflow(), 0);
    });

    it("lists the failures by their place, and finds them by test, place or value", async () => {
      const webview = await show(HEALTH_FAILED);
      const { page } = webview;
      const places = page.locator(`${failures} tbody tr:visible td:nth-child(2)`);
      assert.deepEqual(await places.allInnerTexts(), ["20,633", "50,003", "81,003"]);
      const filter = page.getByRole("textbox", { name: "Filter failures" });
      for (const [words, found] of [
        ["adaptive", ["20,633"]],
        ["50003", ["50,003"]],
        ["50,003", ["50,003"]],
        ["repetition 200", ["81,003"]],
      ] as const) {
        await filter.fill(words);
        assert.deepEqual(await places.allInnerTexts(), found, words);
      }
    });

    it("shows the first of many failures, says how many there are, and all that are listed on demand", async () => {
      const webview = await show(HEALTH_HOPELESS);
      const { page } = webview;
      assert.equal((await webview.rows(failures)).length, 50);
      assert.equal(await page.locator(".table-status").innerText(), "50 of 1,000 shown");
      assert.match(
        await page.locator("main").innerText(),
        /Of 3,125 failures, the first of each test are listed: 1,000\./,
      );
      await page.getByRole("button", { name: "Show all" }).click();
      assert.equal((await webview.rows(failures)).length, 1000);
      assert.equal(await page.getByRole("button", { name: "Show all" }).isVisible(), false);
    });

    it("orders the failures by any column, whatever is shown", async () => {
      const webview = await show(HEALTH_HOPELESS);
      await webview.page.getByRole("button", { name: "At sample" }).click();
      const first = webview.page.locator(`${failures} tbody tr:visible td:nth-child(2)`).first();
      assert.equal(await first.innerText(), "63,970");
      assert.equal((await webview.rows(failures)).length, 50);
    });
  });
});

/** Whether a colour is drawn on the first canvas. */
async function hasColor({ page }: Webview, [red, green, blue]: readonly [number, number, number]): Promise<boolean> {
  return page.evaluate<boolean>(`(() => {
    const canvas = document.querySelector("canvas");
    // a canvas that is read twice complains
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
    for (let i = 0; i < data.length; i += 4)
      if (data[i] === ${red} && data[i + 1] === ${green} && data[i + 2] === ${blue} && data[i + 3] === 255) return true;
    return false;
  })()`);
}
