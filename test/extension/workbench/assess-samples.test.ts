import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { out } from "../../../src/dev/paths";
import { assertAccessible, assertPolicyKept, openDemo, workbenchFor } from "./fixture";

describe("Assess Samples in the workbench", () => {
  // one sequence of a good source in some hundred fails the IID tests, of which the seed chooses the permutations
  const settings = { "entropyCheck.iidTests.seed": 7 };
  const code = workbenchFor(() => openDemo("assess-samples", { theme: "high-contrast", settings }));

  it("is in the menu of a file, and asks how wide a symbol is and by which track", async () => {
    await code().explorerRow("samples").click();
    await code().contextMenu(code().explorerRow("biased-1bit.bin"), "Assess Samples...");
    const likely = code().quickRows.filter({ hasText: "as the data use" });
    assert.equal(await likely.locator(".label-name").innerText(), "1 bit");
    await code().page.keyboard.press("Enter");
    await code().quickRows.filter({ hasText: "Both tracks" }).waitFor();
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

  it("tests the samples for IID first when both tracks are asked for, and shows the counts", async function () {
    this.timeout(180_000);
    const samples = join(out, "workbench", "assess-samples", "samples");
    const biased = await readFile(join(samples, "biased-1bit.bin"));
    await writeFile(join(samples, "short-1bit.bin"), biased.subarray(0, 20_000));
    await code().contextMenu(code().explorerRow("short-1bit.bin"), "Assess Samples...");
    await code().pick("as the data use");
    await code().pick("Both tracks");
    const report = await code().frameWith("main.report .permutations", 170_000);
    assert.equal(await report.locator(".permutations tbody tr").count(), 19);
    assert.match(await report.locator(".sample-facts").innerText(), /Track\s+IID/);
  });

  it("is accessible in a high contrast theme", async () => {
    await assertAccessible(await code().reportPanel());
  });

  it("ends at once when it is cancelled, and leaves no result", async () => {
    await code().contextMenu(code().explorerRow("good-8bit.bin"), "Assess Samples...");
    await code().pick("as the data use");
    await code().pick("Non-IID track");
    const progress = code().notifications.filter({ hasText: "Assessing good-8bit.bin" });
    await progress.getByRole("button", { name: "Cancel" }).click();
    await progress.waitFor({ state: "detached" });
    const rows = await code().sidePanel();
    await rows.filter({ hasText: "biased-1bit.bin" }).waitFor();
    assert.equal(await rows.filter({ hasText: "good-8bit.bin" }).count(), 0);
  });

  it("keeps the webviews' policy", () => assertPolicyKept(code()));
});
