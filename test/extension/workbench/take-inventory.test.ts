import assert from "node:assert/strict";
import { join } from "node:path";
import { out } from "../../../src/dev/paths";
import { assertAccessible, eventually, openDemo, workbenchFor } from "./fixture";

const FOLDER = join(out, "workbench", "take-inventory");

describe("Take Inventory of a Machine in the workbench", () => {
  const code = workbenchFor(() => openDemo("take-inventory"));

  it("shows in the machine's panel what it has, where that comes from, and what is not known", async () => {
    await code().runCommand("Entropy: Take Inventory of a Machine...");
    await code().pick("demo-weak");
    const report = await code().frameWith(".inventory-facts");
    assert.equal(await report.locator(".kind").innerText(), "Machine, not checked yet");
    const facts = report.locator(".inventory-facts");
    assert.match(await facts.innerText(), /no instruction for random numbers/);
    assert.equal(await facts.locator("dd", { hasText: "Not known" }).count(), 1);
    assert.match(await facts.locator("dd", { hasText: "Not known" }).innerText(), /may not read the kernel's log/);
    await assertAccessible(report);
  });

  it("stays in the side panel and its inspector when the window is reloaded", async () => {
    await code().goTo(FOLDER);
    const shown = "main.inspector h2:has-text('Inventory')";
    // the tree is still being drawn when its rows are there, and forgets what was clicked
    await eventually(async () => {
      await (await code().sidePanel()).filter({ hasText: "demo-weak" }).click();
      await code().frameWith(shown, 3000);
    });
    const inspector = await code().frameWith(shown);
    assert.match(await inspector.locator("main").innerText(), /Not checked yet/);
    await inspector.getByRole("button", { name: "Open Inventory" }).click();
    await code().frameWith(".inventory-facts");
  });

  it("stands beside what the live checks say", async () => {
    const panel = await code().frameWith(".inventory-facts");
    await panel.getByRole("button", { name: "Check Machine" }).click();
    const report = await code().frameWith("main.report .verdict:has-text('Failed')");
    await eventually(async () => assert.equal(await report.locator(".check").count(), 3));
    await report.locator(".inventory-facts").waitFor();
  });
});
