import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/vscode/manifest";

const ID = "entropy-check.entropy-check";

/** Runs first: mocha loads the files in the order of their names. */
describe("the extension", () => {
  it("sleeps until it is asked for", () => {
    assert.equal(vscode.extensions.getExtension(ID)?.isActive, false);
  });

  it("activates without a connection, a server or a worker", async () => {
    const started: string[] = [];
    const note = (_: unknown, channel: string | symbol): void => {
      const stack = new Error().stack ?? "";
      if (/dist[\\/]extension\.js/.test(stack)) started.push(`${String(channel)}\n${stack}`);
    };
    const channels = ["net.client.socket", "tracing:net.server.listen:asyncStart", "worker_threads"];
    for (const channel of channels) subscribe(channel, note);
    try {
      await vscode.extensions.getExtension(ID)?.activate();
    } finally {
      for (const channel of channels) unsubscribe(channel, note);
    }
    assert.equal(vscode.extensions.getExtension(ID)?.isActive, true);
    assert.deepEqual(started, []);
  });

  it("registers every command that it contributes", async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = Object.values(COMMANDS).filter((id) => !registered.has(id));
    assert.deepEqual(missing, []);
  });
});
