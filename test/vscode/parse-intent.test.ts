import assert from "node:assert/strict";
import fc from "fast-check";
import { itemOfPanelState, parseIntent } from "../../src/vscode/parse-intent";
import type { Intent } from "../../src/vscode/protocol";

describe("an intent from a webview", () => {
  it("is taken when it is whole, without what else the message holds", () => {
    const intents: readonly Intent[] = [
      { type: "ready" },
      { type: "run", item: "x" },
      { type: "open-report", item: "x" },
      { type: "open-source", item: "x" },
      { type: "save-json", item: "x" },
      { type: "run-missing", item: "x" },
      { type: "open-run", item: "x", run: 7 },
      { type: "open-rule", rule: "scs-0101-rngd" },
      { type: "reveal-subject", item: "x", subject: "y" },
      { type: "explain", item: "x", estimator: "lag", scope: "bitstring" },
    ];
    for (const intent of intents) assert.deepEqual(parseIntent({ ...intent, more: "than asked" }), intent);
  });

  it("is none when a part is missing or of the wrong kind, or the rule does not exist", () => {
    const messages = [
      null,
      "run",
      { type: "run" },
      { type: "run", item: 7 },
      { type: "reveal-subject", item: "x" },
      { type: "open-run", item: "x", run: "7" },
      { type: "open-rule", rule: "toString" },
      { type: "open-rule", rule: "no-such-rule" },
      { type: "explain", item: "x", estimator: "toString", scope: "literal" },
      { type: "explain", item: "x", estimator: "lag", scope: "all" },
      { type: "delete-everything", item: "x" },
    ];
    for (const message of messages) assert.equal(parseIntent(message), null);
  });

  it("is none for whatever else comes", () => {
    fc.assert(fc.property(fc.anything(), (message) => parseIntent(message) === null));
  });
});

describe("the state of a report panel", () => {
  it("names its item by the last message that it was sent", () => {
    assert.equal(itemOfPanelState({ item: "cloud:a", choices: {} }), "cloud:a");
  });

  it("names none when it is of another kind", () => {
    for (const state of [undefined, null, "x", {}, { item: null }, { item: 7 }])
      assert.equal(itemOfPanelState(state), null);
  });
});
