import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/vscode/manifest";
import { check, cloudId } from "./demo";

const ID = "entropy-check.entropy-check";

/** What the extension's own code starts meanwhile, by Node's names: sockets, servers, workers. */
async function startedDuring(act: () => Promise<void>): Promise<string[]> {
  const started: string[] = [];
  const note = (_: unknown, channel: string | symbol): void => {
    if (/dist[\\/]extension\.js/.test(new Error().stack ?? "")) started.push(String(channel));
  };
  const channels = ["net.client.socket", "tracing:net.server.listen:asyncStart", "worker_threads"];
  for (const channel of channels) subscribe(channel, note);
  try {
    await act();
  } finally {
    for (const channel of channels) unsubscribe(channel, note);
  }
  return started;
}

/** Runs first: mocha loads the files in the order of their names. */
describe("the extension", () => {
  it("sleeps until it is asked for", () => {
    assert.equal(vscode.extensions.getExtension(ID)?.isActive, false);
  });

  it("activates without a connection, a server or a worker", async () => {
    const started = await startedDuring(async () => {
      await vscode.extensions.getExtension(ID)?.activate();
    });
    assert.equal(vscode.extensions.getExtension(ID)?.isActive, true);
    assert.deepEqual(started, []);
  });

  it("starts the demo's servers when a check of its cloud is run, which shows that the watch above is awake", async () => {
    const started = await startedDuring(() => check(cloudId()));
    // sockets may be opened behind a proxy look-up of VS Code's, where our code is no longer on the stack
    assert.ok(started.includes("tracing:net.server.listen:asyncStart"), started.join());
  });

  it("registers every command that it contributes", async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = Object.values(COMMANDS).filter((id) => !registered.has(id));
    assert.deepEqual(missing, []);
  });
});
