import assert from "node:assert/strict";
import { assertAccessible, assertPolicyKept, openDemo, workbenchFor } from "./fixture";

describe("Assess Samples in the workbench", () => {
  const code = workbenchFor(() => openDemo("assess-samples", { theme: "high-contrast" }));

  it("is in the menu of a file, and asks how wide a symbol is", async () => {
    await code().explorerRow("samples").click();
    await code().contextMenu(code().explorerRow("biased-1bit.bin"), "Assess Samples...");
    const likely = code().quickRows.filter({ hasText: "as the data use" });
    assert.equal(await likely.locator(".label-name").innerText(), "1 bit");
    await code().page.keyboard.press("Enter");
  });

  it("shows every estimator as a bar and the assessed minimum", async function () {
    this.timeout(180_000);
    const report = await code().reportPanel(170_000);
    assert.equal(await report.locator("h1").innerText(), "biased-1bit.bin");
    assert.ok(await report.locator("canvas").isVisible());
    assert.match(await report.locator(".hero-value").innerText(), /^0\.\d+$/);
    for (const estimator of ["Most Common Value", "Collision", "Markov", "Compression", "LZ78Y"])
      await report.getByText(estimator).first().waitFor();
  });

  it("is accessible in a high contrast theme", async () => {
    await assertAccessible(await code().reportPanel());
  });

  it("ends at once when it is cancelled, and leaves no result", async () => {
    await code().contextMenu(code().explorerRow("good-8bit.bin"), "Assess Samples...");
    await code().quickRows.filter({ hasText: "as the data use" }).waitFor();
    await code().page.keyboard.press("Enter");
    const progress = code().notifications.filter({ hasText: "Assessing good-8bit.bin" });
    await progress.getByRole("button", { name: "Cancel" }).click();
    await progress.waitFor({ state: "detached" });
    const rows = await code().sidePanel();
    await rows.filter({ hasText: "biased-1bit.bin" }).waitFor();
    assert.equal(await rows.filter({ hasText: "good-8bit.bin" }).count(), 0);
  });

  it("keeps the webviews' policy", () => assertPolicyKept(code()));
});
