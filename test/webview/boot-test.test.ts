import assert from "node:assert/strict";
import type { Report } from "../../src/model";
import { BOOT_MATRIX, BOOT_NOTHING, BOOT_SINGLE } from "../report/boot-test-fixtures";
import { showReport } from "./fixtures";
import { useWebviews, type Setting, type Webview } from "./harness";
import { THEMES, type ThemeName } from "./themes";

describe("the report panel of a boot test", () => {
  const open = useWebviews();

  async function show(report: Report, setting: Setting = {}): Promise<Webview> {
    const webview = await open("report", setting);
    await webview.send(showReport(report));
    return webview;
  }

  it("says which parameters give the most entropy per unit of time, and what was booted", async () => {
    const { page } = await show(BOOT_MATRIX);
    assert.equal(await page.locator(".hero").innerText(), "15,900 bits per second");
    assert.match(await page.locator(".assessed").innerText(), /With ml=1 bs=64 raw=true/);
    assert.match(
      await page.locator(".sample-facts").innerText(),
      /jitterentropy\s+Machine\s+arm64, booted by QEMU\s+Data of a boot\s+1,048,576 bytes\s+Boots\s+4 sets of parameters, 3 boots each; 11 made now/,
    );
  });

  it("has an option a column, and the runs of each set with their spread", async () => {
    const { page } = await show(BOOT_MATRIX);
    const cells = (row: string) => row.split("\t").map((cell) => cell.trim());
    assert.deepEqual(cells(await page.locator("#sets thead tr").innerText()), [
      ...["ml", "bs", "raw", "Data", "Runs", "Bits of 8", "Least to greatest", "Bits per second", "Least to greatest"],
    ]);
    const rows = await page.locator("#sets > tbody > tr:visible").allInnerTexts();
    assert.deepEqual(rows.map(cells), [
      ["1", "64", "true", "raw", "3", "0.260", "0.210 to 0.320", "15,900", "14,200 to 19,000"],
      ["1", "64", "false", "processed", "3", "5.770", "5.700 to 5.810", "9,300", "9,100 to 9,350"],
      ["32", "64", "true", "raw", "3", "1.450", "1.320 to 1.510", "4,400", "4,100 to 4,700"],
      ["32", "64", "false", "processed", "1 of 3", "5.750", "one run", "2,900", "one run"],
    ]);
  });

  it("orders the sets by a figure that is clicked, and finds them by an option", async () => {
    const { page } = await show(BOOT_MATRIX);
    const medians = page.locator("#sets > tbody > tr:visible td:nth-child(6)");
    await page.getByRole("button", { name: "Bits of 8" }).click();
    assert.deepEqual(await medians.allInnerTexts(), ["0.260", "1.450", "5.750", "5.770"]);
    await page.getByRole("textbox", { name: "Filter sets of parameters" }).fill("ml=32 raw");
    assert.deepEqual(await medians.allInnerTexts(), ["1.450", "5.750"]);
  });

  it("unfolds a set to its runs, each a click away from its assessment", async () => {
    const webview = await show(BOOT_MATRIX);
    const { page } = webview;
    await page.locator("#sets .disclosure").nth(2).click();
    assert.match(await page.locator("#sets .details:visible").innerText(), /kernel\.jitterentropy\.ml\s+32/);
    await page.getByRole("button", { name: "Assessment of run 7" }).click();
    assert.deepEqual((await webview.intents()).at(-1), { type: "open-run", item: "boot-test:fixture", run: 7 });
  });

  it("draws both figures over the sets, and says them in words", async () => {
    const webview = await show(BOOT_MATRIX);
    const charts = webview.page.getByRole("img");
    assert.deepEqual(await Promise.all((await charts.all()).map((chart) => chart.getAttribute("aria-label"))), [
      "Min-entropy, bits per sample: the median of each set of parameters, and from the least to the greatest of its runs. " +
        "ml=1 bs=64 raw=true: 0.260; ml=1 bs=64 raw=false: 5.770; ml=32 bs=64 raw=true: 1.450; ml=32 bs=64 raw=false: 5.750.",
      "Entropy per unit of time, bits per second: the median of each set of parameters, and from the least to the greatest of its runs. " +
        "ml=1 bs=64 raw=true: 15,900; ml=1 bs=64 raw=false: 9,300; ml=32 bs=64 raw=true: 4,400; ml=32 bs=64 raw=false: 2,900.",
    ]);
    await webview.settle();
    assert.ok((await webview.colors("canvas")) > 3);
  });

  it("puts raw and processed runs side by side, with the warning that belongs there", async () => {
    const { page } = await show(BOOT_MATRIX);
    assert.deepEqual(
      (await page.locator("#pairs tbody tr").allInnerTexts()).map((row) => row.split("\t")),
      [
        ["ml=1 bs=64", "0.260", "5.770"],
        ["ml=32 bs=64", "1.450", "5.750"],
      ],
    );
    assert.match(
      await page.locator(".caveat").innerText(),
      /no measure of the source.*Judge and tune by the raw runs\./,
    );
    assert.match(await page.locator("main").innerText(), /times are those of an emulated machine/);
  });

  it("tells why boots failed, with the end of the console as text", async () => {
    const { page } = await show(BOOT_MATRIX);
    const failed = page.locator(".finding", { hasText: "Run 10" });
    assert.match(await failed.innerText(), /Run 10 \(ml=32 bs=64 raw=false\): The kernel panicked/);
    const pre = failed.locator("pre");
    assert.equal(await pre.isVisible(), false);
    await failed.getByText("End of the console").click();
    assert.equal(
      await pre.innerText(),
      "[00000.000] INIT: cpu 0\n<U+001B>[2J<img src=x onerror=alert(1)>\npanic (caller 0xffff)\n",
    );
    assert.match(await page.locator(".finding", { hasText: "Run 11" }).innerText(), /Nothing came over the console/);
  });

  it("asks for what is missing, and for nothing where all is there", async () => {
    const webview = await show(BOOT_MATRIX);
    await webview.page.getByRole("button", { name: "Run What Is Missing" }).click();
    assert.deepEqual((await webview.intents()).at(-1), { type: "run-missing", item: "boot-test:fixture" });
    assert.match(await webview.page.locator(".missing").innerText(), /2 runs of 12 missing/);
    const whole = await show(BOOT_SINGLE);
    assert.equal(await whole.page.getByRole("button", { name: "Run What Is Missing" }).count(), 0);
  });

  it("tells what is found of many runs once, and the definition's warnings with their lines", async () => {
    const { page } = await show(BOOT_MATRIX);
    assert.equal(await page.locator(".finding", { hasText: "asks for 1,000,000" }).count(), 1);
    assert.match(await page.locator("main").innerText(), /So it is with 1 more run\./);
    assert.match(await page.locator("main").innerText(), /Line 10: kernel\.jitterentropy\.ml has no effect/);
    assert.match(await page.locator("main").innerText(), /2 runs in the folder, booted otherwise, left out/);
  });

  it("does without a matrix, without times, and without any run", async () => {
    const { page } = await show(BOOT_SINGLE);
    assert.equal(await page.locator(".verdict").innerText(), "Assessed");
    assert.equal(await page.locator(".hero").innerText(), "7.880 of 8 bits per sample");
    assert.deepEqual(await page.locator("#sets th[scope=row]").allInnerTexts(), ["as they are"]);
    assert.equal(await page.getByRole("img").count(), 1);
    const nothing = await show(BOOT_NOTHING);
    assert.match(await nothing.page.locator(".hero").innerText(), /none/);
    assert.equal(await nothing.page.getByRole("img").count(), 0);
  });

  for (const theme of Object.keys(THEMES) as ThemeName[])
    it(`is accessible in ${theme}, everything unfolded`, async () => {
      const webview = await show(BOOT_MATRIX, { theme });
      await webview.unfoldAll();
      await webview.settle();
      assert.deepEqual(await webview.accessibilityViolations(theme), []);
    });

  for (const width of [1000, 400, 250])
    it(`fits a panel of ${width} pixels, everything unfolded`, async () => {
      const webview = await show(BOOT_MATRIX, { width });
      await webview.unfoldAll();
      await webview.settle();
      assert.equal(await webview.overflow(), 0);
    });
});
