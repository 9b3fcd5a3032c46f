import assert from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/vscode/manifest";

const ID = "entropy-check.entropy-check";

describe("the extension in the extension host", () => {
  it("activates", async () => {
    const extension = vscode.extensions.getExtension(ID);
    assert.ok(extension, `${ID} is not installed`);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it("registers every command that it contributes", async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      Object.values(COMMANDS).filter((id) => !registered.has(id)),
      [],
    );
  });
});
