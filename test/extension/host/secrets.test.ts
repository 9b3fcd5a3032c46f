import assert from "node:assert/strict";
import * as vscode from "vscode";
import { Secrets } from "../../../src/vscode/secrets";

const STORAGE: vscode.SecretStorage = {
  get: () => Promise.resolve(undefined),
  store: () => Promise.resolve(),
  delete: () => Promise.resolve(),
  onDidChange: new vscode.EventEmitter<vscode.SecretStorageChangeEvent>().event,
};
const NAMES: vscode.Memento = {
  keys: () => [],
  get: (_name: string, otherwise?: unknown) => otherwise,
  update: () => Promise.resolve(),
};

describe("Secrets", () => {
  for (const [what, ask] of [
    ["a password", (secrets: Secrets, signal: AbortSignal) => secrets.forRun(signal).get("The password")],
    ["a passcode", (secrets: Secrets, signal: AbortSignal) => secrets.forRun(signal).once("The passcode")],
  ] as const)
    it(`are not asked for by a run that was cancelled while it waited for its turn: ${what}`, async () => {
      const secrets = new Secrets(STORAGE, NAMES);
      const run = new AbortController();
      let release = (): void => undefined;
      const released = new Promise<void>((done) => (release = done));
      const before = secrets.inTurn(() => released);
      const answer = ask(secrets, run.signal);
      run.abort();
      release();
      await before;
      assert.equal(await answer, null);
    });
});
