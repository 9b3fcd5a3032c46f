import assert from "node:assert/strict";
import { timeLeftInWords } from "../../src/operations/time-left";

describe("the time left, in words", () => {
  for (const [seconds, words] of [
    [0.2, "about 1 s left"],
    [89, "about 89 s left"],
    [91, "about 2 min left"],
    [5400, "about 2 h left"],
    [4_000_000, "about 1,112 h left"],
  ] as const)
    it(`is ${words} of ${seconds} seconds`, () => assert.equal(timeLeftInWords(seconds), words));
});
