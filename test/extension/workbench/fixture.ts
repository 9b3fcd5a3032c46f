import assert from "node:assert/strict";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Frame } from "playwright-core";
import { prepareDemo } from "../../../src/demo/workspace";
import { out } from "../../../src/dev/paths";
import { vsixPath } from "../../../src/dev/vsix";
import { Workbench, type WorkbenchOptions } from "../../../src/dev/workbench";

/**
 * Opens a workbench before a suite's tests and closes it after them; a test that fails leaves a picture in out/failures.
 * @returns the workbench, once a test runs
 */
export function workbenchFor(open: () => Promise<Workbench>): () => Workbench {
  let workbench: Workbench;
  before(async () => {
    workbench = await open();
  });
  afterEach(async function () {
    const test = this.currentTest;
    // one that is tried again has no state yet
    if (test === undefined || test.isPassed() || test.isPending()) return;
    const picture = join(out, "failures", `${test.fullTitle().replace(/\W+/g, "-")}.png`);
    await workbench.page.screenshot({ path: picture });
    console.log(`    seen in ${picture}`);
    // a question that is still open would be in the way of the next attempt
    await workbench.page.keyboard.press("Escape");
  });
  after(() => workbench.close());
  return () => workbench;
}

/**
 * Asserts something that the workbench gets to in its own time: what it shows comes in steps.
 * @throws what the last attempt threw, when it still does after 20 seconds
 */
export async function eventually(assertion: () => Promise<void>): Promise<void> {
  const end = Date.now() + 20_000;
  for (;;)
    try {
      await assertion();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await setTimeout(100);
    }
}

/** A workbench with the packaged extension and the demo's folder open, as new. */
export async function openDemo(name: string, options: Partial<WorkbenchOptions> = {}): Promise<Workbench> {
  const folder = join(out, "workbench", name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  await prepareDemo(folder);
  const workbench = await Workbench.open({ vsix: await vsixPath(), folder, ...options });
  // it takes the place of whatever opens before it
  await workbench.demoReadme();
  return workbench;
}

/**
 * The demo with a folder `lab` in it.
 * @param files of that folder, by their names
 */
export async function openDemoWithLab(name: string, files: Readonly<Record<string, string>>): Promise<Workbench> {
  const workbench = await openDemo(name);
  const lab = join(out, "workbench", name, "lab");
  await mkdir(lab);
  for (const [file, text] of Object.entries(files))
    await writeFile(join(lab, file), text, { mode: file.endsWith(".sh") ? 0o755 : 0o644 });
  return workbench;
}

/** Takes the place that a command suggests for what it writes, once that is the one that is expected. */
export async function acceptPlace(code: Workbench, path: string): Promise<void> {
  const place = code.quickInput.locator("input[type=text]");
  await eventually(async () => assert.equal(await place.inputValue(), path));
  await code.quickInput.getByRole("button", { name: "OK" }).click();
}

/**
 * Begins to collect 100,000 bytes that a command of this machine gives.
 * @param file the one that is suggested
 * @param claim the entropy per byte that the source is claimed to give; empty for none
 */
export async function collectSamples(code: Workbench, file: string, command: string, claim: string): Promise<void> {
  await code.runCommand("Entropy: Collect Samples...");
  await code.pick("this machine");
  await code.pick("A command's output...");
  await code.answer(/The command, for the machine's POSIX shell/, command);
  await code.answer(/How many samples\?/, "100000");
  await code.pick("8 bits");
  await code.answer(/H, the entropy that the source is claimed to give/, claim);
  await acceptPlace(code, file);
}

/**
 * Fails with what axe-core finds in a webview: rules of WCAG A and AA, contrast included, and best practices.
 * @param behind the colour that shines through a webview without a background: axe sees nothing beyond the frame
 */
export async function assertAccessible(frame: Frame, behind?: string): Promise<void> {
  if (behind !== undefined) await frame.evaluate(`document.body.style.backgroundColor = ${JSON.stringify(behind)}`);
  const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  await frame.evaluate(await readFile(axe, "utf8"));
  const violations = await frame.evaluate<string[]>(
    "axe.run().then(({ violations }) => violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html).join(' ')))",
  );
  assert.deepEqual(violations, []);
}

/** Fails when the page said that a webview broke its Content Security Policy, or would not say so. */
export async function assertPolicyKept(workbench: Workbench): Promise<void> {
  assert.deepEqual(workbench.policyViolations, []);
  const noticed = workbench.page.waitForEvent("console", (message) =>
    message.text().includes("Content Security Policy"),
  );
  const report = await workbench.reportPanel();
  await report.evaluate("document.body.insertAdjacentHTML('beforeend', '<i style=\"color: red\"></i>')");
  await noticed;
  assert.equal(workbench.policyViolations.length, 1, "a violation was not noticed");
}
