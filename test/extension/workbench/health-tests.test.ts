import assert from "node:assert/strict";
import { assertAccessible, assertPolicyKept, openDemo, workbenchFor } from "./fixture";

const FILE = "stuck-8bit.bin";

describe("Run Health Tests in the workbench", () => {
  const code = workbenchFor(() => openDemo("health-tests", { theme: "light" }));

  it("asks of a file what the tests are to be set to, with an answer at hand for all but the entropy", async () => {
    await code().explorerRow("samples").click();
    await code().contextMenu(code().explorerRow(FILE), "Run Health Tests...");
    await code().quickRows.filter({ hasText: "as the data use" }).click();
    await code().answer(/H, the entropy that the source is claimed to give/, "7");
    const usual = code().quickRows.filter({ hasText: "the usual one" });
    assert.equal(await usual.locator(".label-name").innerText(), "2^-20");
    await usual.click();
    await code().quickRows.filter({ hasText: "As SP 800-90B prints it" }).click();
  });

  it("shows the failures of each test, and marks them on a plot of the samples", async () => {
    const report = await code().frameWith(`main.report h1:has-text('${FILE}')`);
    assert.equal(await report.locator(".hero").innerText(), "5 in 1,000,000 samples");
    const plot = report.getByRole("img").first();
    assert.match(
      (await plot.getAttribute("aria-label")) ?? "",
      /Repetition count test: 1 failure\. Adaptive proportion test: 4 failures\./,
    );
    assert.deepEqual(await report.locator("#failures tbody td:nth-child(2)").allInnerTexts(), [
      ...["400,003", "700,552", "701,064", "701,568", "702,088"],
    ]);
    await assertAccessible(report);
  });

  it("stands in the Problems view and in the side panel", async () => {
    const problems = await code().problems("stuck-8bit.bin");
    await problems.filter({ hasText: "The adaptive proportion test fails 4 times" }).waitFor();
    await code().togglePanel();
    await (await code().sidePanel()).filter({ hasText: FILE }).filter({ hasText: "failed, 5 failures" }).waitFor();
  });

  it("offers what was answered, when it is run anew", async () => {
    await code().runCommand("View: Show Explorer");
    await code().contextMenu(code().explorerRow(FILE), "Run Health Tests...");
    await code().quickRows.filter({ hasText: "as last time" }).click();
    await code().answer(/bits per sample: as last time\./);
    const last = code().quickRows.filter({ hasText: "as last time" });
    assert.equal(await last.locator(".label-name").innerText(), "2^-20");
    await code().page.keyboard.press("Escape");
  });

  it("keeps the webviews' policy", () => assertPolicyKept(code()));
});
