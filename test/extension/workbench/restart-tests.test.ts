import assert from "node:assert/strict";
import { join } from "node:path";
import { out } from "../../../src/dev/paths";
import { assertAccessible, eventually, openDemo, workbenchFor } from "./fixture";

const FOLDER = join(out, "workbench", "restart-tests");
const FILE = "restarts-4bit.bin";

describe("Run Restart Tests in the workbench", () => {
  const code = workbenchFor(() => openDemo("restart-tests"));

  it("is in the menu of a file, and asks how wide a symbol is and against which entropy", async () => {
    await code().explorerRow("samples").click();
    await code().contextMenu(code().explorerRow(FILE), "Run Restart Tests...");
    const likely = code().quickRows.filter({ hasText: "as the data use" });
    assert.equal(await likely.locator(".label-name").innerText(), "4 bits");
    await likely.click();
    await code().answer(/H_I, the initial entropy estimate/, "3.5");
    await code().pick("Non-IID track");
  });

  it("says that nothing is awarded, and why", async () => {
    const report = await code().frameWith(`main.report h1:has-text('${FILE}')`);
    assert.equal(await report.locator(".verdict").innerText(), "Failed");
    assert.equal(await report.locator(".hero").innerText(), "none");
    assert.match(await report.locator("main").innerText(), /symbol 7, 802 of 1,000 times in column 2/);
    await assertAccessible(report);
  });

  it("leads from the Problems view to the figure that failed", async () => {
    await code().openProblem("sp800-90b-restart-sanity");
    await code().tabs.filter({ hasText: "restart-tests.yaml" }).waitFor();
    await eventually(async () => assert.equal(await code().selectedLine(), "x_max: 802"));
    await code().togglePanel();
  });

  it("stands in the side panel with its verdict, also after the window was reloaded", async () => {
    const row = async () => (await code().sidePanel()).filter({ hasText: FILE });
    const told = /failed in the sanity check, no entropy awarded/;
    await (await row()).filter({ hasText: told }).waitFor();
    await (await code().sidePanel()).filter({ hasText: "Restart Tests" }).waitFor();
    await code().goTo(FOLDER);
    await (await row()).filter({ hasText: told }).waitFor();
  });

  it("is in the menu of a folder, and says what a folder of restarts must hold", async () => {
    await code().runCommand("View: Show Explorer");
    await code().contextMenu(code().explorerRow("samples"), "Run Restart Tests...");
    await code()
      .notifications.filter({ hasText: /holds the recordings of \d+ restarts, not 1000/ })
      .waitFor();
  });
});
