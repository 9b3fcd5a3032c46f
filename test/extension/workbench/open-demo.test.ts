import assert from "node:assert/strict";
import { vsixPath } from "../../../src/dev/vsix";
import { Workbench } from "../../../src/dev/workbench";
import { eventually, workbenchFor } from "./fixture";

describe("Open Demo in an empty window", () => {
  const code = workbenchFor(async () => Workbench.open({ vsix: await vsixPath() }));

  it("is in the palette beside the three checks", async () => {
    const rows = await code().paletteRows("Entropy:");
    for (const title of ["Check Cloud...", "Check Machine...", "Assess Samples...", "Open Demo"])
      assert.ok(rows.includes(`Entropy: ${title}`), `${title} is not among ${rows.join(", ")}`);
    await code().closePalette();
  });

  it("opens a folder that says that everything in it is simulated", async () => {
    await code().runCommand("Entropy: Open Demo");
    await code().explorerRow("clouds.yaml").waitFor();
    const readme = await code().demoReadme();
    assert.match(await readme.locator("body").innerText(), /Everything here is simulated/);
  });

  it("lists the demo's cloud and machines in the side panel, marked as the demo's", async () => {
    const rows = await code().sidePanel();
    await rows.filter({ hasText: "demo-weak" }).waitFor();
    await eventually(async () => {
      const labels = await rows.locator(".monaco-icon-label").allInnerTexts();
      // a name and its description, side by side
      assert.deepEqual(labels, ["Clouds", "demodemo", "Machines", "demo-healthydemo", "demo-weakdemo"]);
    });
  });
});
