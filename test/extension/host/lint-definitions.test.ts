import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { demoFolder, problems, type Shown } from "./demo";

/** A file a test: VS Code may still hold the text of one that was closed and deleted a moment ago. */
const OPENED = "lint-opened.yaml";
const TYPED = "lint-typed.yaml";

const TEXT = `openstack_flavors:
  - name: small
    ram: 1024
    vcpus: 1
    extra_specs:
      "hw:cpu_policy": "shared" # no pinning
`;

/** Waits until the Problems view lists these rules of ours for the file. */
async function squiggles(name: string, ...rules: readonly string[]): Promise<readonly Shown[]> {
  const reached = async (): Promise<readonly Shown[] | null> => {
    const shown = await problems(`/${name}`);
    return shown.length === rules.length && shown.every(({ rule }, i) => rule === rules[i]) ? shown : null;
  };
  return new Promise((resolve, reject) => {
    const look = (): void => {
      reached().then((shown) => {
        if (shown === null) return;
        listener.dispose();
        resolve(shown);
      }, reject);
    };
    const listener = vscode.languages.onDidChangeDiagnostics(look);
    look();
  });
}

async function actionsAt({ uri, diagnostic }: Shown): Promise<readonly vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", uri, diagnostic.range);
}

describe("Definitions in the editor", () => {
  const file = (name: string) => join(demoFolder(), name);
  const terraform = () => join(demoFolder(), "lint-terraform");

  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    for (const name of [OPENED, TYPED]) await rm(file(name), { force: true });
    await rm(terraform(), { recursive: true, force: true });
  });

  it("are squiggled as they are opened, and the quick fix writes the entry as its neighbours are written", async () => {
    await writeFile(file(OPENED), TEXT);
    const document = await vscode.workspace.openTextDocument(file(OPENED));
    await vscode.window.showTextDocument(document);
    const [shown] = await squiggles(OPENED, "scs-0101-flavor-definition");
    assert.equal(document.getText(shown.diagnostic.range), "extra_specs");

    const actions = await actionsAt(shown);
    const fix = actions.find(({ isPreferred }) => isPreferred === true);
    assert.ok(fix?.edit);
    assert.ok(actions.some(({ title }) => title.includes("with a reason")));
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await squiggles(OPENED);
    assert.equal(document.getText(), `${TEXT}      "hw_rng:allowed": "True"\n`);
  });

  it("are squiggled as they are typed", async () => {
    await writeFile(file(TYPED), TEXT.replace("shared", "dedicated"));
    const document = await vscode.workspace.openTextDocument(file(TYPED));
    const editor = await vscode.window.showTextDocument(document);
    await squiggles(TYPED, "scs-0101-flavor-definition");
    await editor.edit((edit) =>
      edit.insert(document.lineAt(document.lineCount - 1).range.end, '      "hw_rng:allowed": True\n'),
    );
    const [shown] = await squiggles(TYPED, "nova-extra-spec-text");
    assert.equal(document.getText(shown.diagnostic.range), "True");
  });

  it("of Terraform are squiggled in the file that holds the value", async () => {
    await mkdir(terraform());
    const locals = join(terraform(), "locals.tf");
    await writeFile(locals, 'locals {\n  specs = {\n    "hw_rng:allowed" = "False"\n  }\n}\n');
    const flavor =
      'resource "openstack_compute_flavor_v2" "a" {\n  name        = "a"\n  extra_specs = local.specs\n}\n';
    await writeFile(join(terraform(), "flavors.tf"), flavor);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(join(terraform(), "flavors.tf")));
    const [shown] = await squiggles("lint-terraform/locals.tf", "scs-0101-flavor-definition");
    assert.equal(shown.line.trim(), '"hw_rng:allowed" = "False"');
  });
});
