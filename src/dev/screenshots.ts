/**
 * Takes the README's pictures from the real workbench, in the dark theme: media/screenshots/.
 * usage: npm run screenshots [-- --look]   --look: the same in each theme, in out/screenshots/, to look at
 */
import { mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { prepareDemo } from "../demo/workspace";
import { main } from "./main";
import { out, root } from "./paths";
import { vsixPath } from "./vsix";
import { Workbench, themes, type Theme } from "./workbench";

main(async () => {
  const { values } = parseArgs({ options: { look: { type: "boolean" } } });
  if (values.look === true)
    for (const theme of Object.keys(themes).filter(isTheme)) await takeAll(theme, join(out, "screenshots", theme));
  else await takeAll("dark", join(root, "media/screenshots"));
});

function isTheme(name: string): name is Theme {
  return name in themes;
}

async function takeAll(theme: Theme, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  // its path is seen in the pictures
  const demo = join(tmpdir(), "entropy-check", "demo");
  await rm(demo, { recursive: true, force: true });
  await mkdir(join(demo, ".."), { recursive: true });
  await prepareDemo(demo);
  const size = { width: 1280, height: 800 };
  const workbench = await Workbench.open({ vsix: await vsixPath(), folder: demo, theme, ...size });
  const take = async (name: string): Promise<void> => {
    const path = join(folder, `${name}.png`);
    await workbench.page.mouse.move(200, 2);
    // until what fades in or out has done so
    await workbench.page.waitForTimeout(700);
    await workbench.page.screenshot({ path });
    console.log(path);
  };
  try {
    await workbench.demoReadme();
    await workbench.paletteRows("Entropy:");
    await take("palette");
    await workbench.closePalette();

    await workbench.runCommand("Entropy: Check Cloud...");
    await workbench.pick("demo");
    await workbench.reportPanel();
    await take("report-cloud");
    await workbench.openProblem("scs-0101-flavor-property");
    await workbench.problems("");
    await take("problems");
    await workbench.togglePanel();

    await workbench.runCommand("Entropy: Check Machine...");
    await workbench.pick("demo-healthy");
    await workbench.frameWith("main.report h1:has-text('demo-healthy')");
    await workbench.runCommand("Entropy: Check Machine...");
    await workbench.pick("demo-weak");
    await workbench.frameWith("main.report h1:has-text('demo-weak')");
    await take("report-machine");

    await workbench.explorerRow("samples").click();
    await workbench.contextMenu(workbench.explorerRow("timing-8bit.bin"), "Assess Samples...");
    await workbench.pick("as the data use");
    await workbench.pick("Non-IID track");
    await workbench.frameWith("main.report h1:has-text('timing-8bit.bin')", 300_000);
    await take("report-samples");

    await (await workbench.sidePanel()).filter({ hasText: "demo-weak" }).click();
    await workbench.frameWith("main.inspector h1:has-text('demo-weak')");
    await take("side-panel");
  } catch (error) {
    await take("failed");
    throw error;
  } finally {
    await workbench.close();
  }
}
