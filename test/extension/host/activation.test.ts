import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/vscode/manifest";
import { check, cloudId } from "./demo";

const ID = "entropy-check.entropy-check";

/**
 * What is started meanwhile, by Node's names. Servers and workers are started with the extension's code on the stack;
 * a client's socket is made later, so those of the whole extension host count.
 */
async function startedDuring(act: () => Promise<void>): Promise<string[]> {
  const started: string[] = [];
  const any = (_: unknown, channel: string | symbol): unknown => started.push(String(channel));
  const own = (_: unknown, channel: string | symbol): void => {
    if (/dist[\\/]extension\.js/.test(new Error().stack ?? "")) started.push(String(channel));
  };
  const watched = [
    ["net.client.socket", any],
    ["tracing:net.server.listen:asyncStart", own],
    ["worker_threads", own],
  ] as const;
  for (const [channel, note] of watched) subscribe(channel, note);
  try {
    await act();
  } finally {
    for (const [channel, note] of watched) unsubscribe(channel, note);
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

  it("starts the demo's servers and connects to them when its cloud is checked: the watch above is awake", async () => {
    const started = new Set(await startedDuring(() => check(cloudId())));
    assert.deepEqual([...started].sort(), ["net.client.socket", "tracing:net.server.listen:asyncStart"]);
  });

  it("registers every command that it contributes", async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = Object.values(COMMANDS).filter((id) => !registered.has(id));
    assert.deepEqual(missing, []);
  });
});
