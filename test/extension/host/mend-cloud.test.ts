import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/vscode/manifest";
import { check, cloudId, demoFolder, problems, type Shown } from "./demo";

const PROJECT_FILE = (): string => join(demoFolder(), ".entropy-check.yaml");

/** Waits until a condition holds that the Problems view decides. */
function untilProblems(holds: () => Promise<boolean>): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      holds().then((done) => {
        if (!done) return;
        listener.dispose();
        resolve();
      }, reject);
    };
    const listener = vscode.languages.onDidChangeDiagnostics(look);
    look();
  });
}

/** Tries again, because VS Code drops the actions of a document whose text is replaced meanwhile, as after a new run. */
async function quickFixes({ uri, diagnostic }: Shown): Promise<readonly vscode.CodeAction[]> {
  for (;;) {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      uri,
      diagnostic.range,
    );
    if (actions.length > 0) return actions;
    await setTimeout(100);
  }
}

describe("What a cloud lacks", () => {
  before(() => check(cloudId()));

  it("is mended by a command to copy, or at once after a confirmation", async () => {
    const [shown] = await problems("flavors.yaml");
    const actions = await quickFixes(shown);
    const titles = actions.map(({ title }) => title);
    const copy = actions.find(({ title }) => title.startsWith("Copy: openstack --os-cloud demo flavor set "));
    assert.ok(copy?.command, titles.join("\n"));
    assert.ok(titles.some((title) => /^Set hw_rng:allowed=True on .* in demo\.\.\.$/.test(title)));
    assert.ok(titles.some((title) => title.startsWith("Suppress scs-0101-flavor-property for ")));
    // not run: a browser without a person in front of it may keep the clipboard to itself
    assert.match(
      String(copy.command.arguments?.at(0)),
      /^openstack --os-cloud demo flavor set --property hw_rng:allowed=True /,
    );
  });

  it("is not told any more once it is the baseline, and told again when that is dropped", async () => {
    const before = (await problems(".yaml")).length;
    assert.ok(before > 0);
    await vscode.commands.executeCommand(COMMANDS.takeBaseline, cloudId());
    await untilProblems(async () => (await problems("flavors.yaml")).length === 0);
    await check(cloudId());
    assert.equal((await problems("flavors.yaml")).length, 0);
    await vscode.commands.executeCommand(COMMANDS.dropBaseline, cloudId());
    await untilProblems(async () => (await problems(".yaml")).length === before);
  });

  it("is not told any more once the workspace has accepted it", async () => {
    const before = (await problems("images.yaml")).length;
    assert.ok(before > 0);
    const entry = "suppress:\n  - rule: scs-0101-image-property\n    subject: '*'\n    reason: not ours\n";
    await writeFile(PROJECT_FILE(), entry);
    await untilProblems(async () => (await problems("images.yaml")).length === 0);
    await rm(PROJECT_FILE());
    await untilProblems(async () => (await problems("images.yaml")).length === before);
  });
});
