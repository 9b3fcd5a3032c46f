import assert from "node:assert/strict";
import fc from "fast-check";
import { Race } from "../../src/sp800-90b/race";

/** Bit by bit, as 6.3.7 to 6.3.9 word it. */
function bitByBit(right: readonly (readonly number[])[], silent: readonly (readonly number[])[]): [number, number] {
  const scores = right.map(() => 0);
  let [winner, correct, run, longest] = [0, 0, 0, 0];
  for (let i = 0; i < 32 * right[0].length; i++) {
    const bit = (masks: readonly number[]): number => (masks[i >> 5] >>> (~i & 31)) & 1;
    if (bit(right[winner]) === 1) {
      correct++;
      longest = Math.max(longest, ++run);
    } else if (bit(silent[winner]) === 0) run = 0;
    right.forEach((masks, p) => {
      if (bit(masks) === 1 && ++scores[p] >= scores[winner]) winner = p;
    });
  }
  return [correct, longest];
}

describe("the race between predictors", () => {
  it("counts 32 predictions at once as it would one by one", () => {
    const word = fc.oneof(
      fc.integer(),
      fc.constant(-1),
      fc.constant(0),
      fc.integer().map((x) => x | (x << 1) | (x >> 3)),
    );
    const input = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 12 }))
      .chain(([predictors, words]) => {
        const masks = fc.array(fc.array(word, { minLength: words, maxLength: words }), {
          minLength: predictors,
          maxLength: predictors,
        });
        return fc.tuple(masks, masks);
      });
    fc.assert(
      fc.property(input, ([right, noise]) => {
        // Whoever is right was not silent.
        const silent = noise.map((masks, p) => masks.map((mask, i) => mask & ~right[p][i]));
        const words = right[0].length;
        const race = new Race(right.length);
        const column = (masks: readonly (readonly number[])[], at: number): Int32Array =>
          Int32Array.from(masks, (m) => m[at]);
        for (let at = 0; at < words; at++) race.advance(column(right, at), column(silent, at), 0);
        const { C, longestRun } = race.result(32 * words, (p) => p);
        assert.deepEqual([C, longestRun], bitByBit(right, silent));
      }),
      { numRuns: 1000 },
    );
  });
});
