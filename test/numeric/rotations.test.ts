import assert from "node:assert/strict";
import fc from "fast-check";
import { sortRotations } from "../../src/numeric/rotations";
import { keystream } from "../datasets";

/** The rotations themselves, as texts: equal ones may come in any order. */
function rotations(sequence: Uint16Array, order: Iterable<number>): string[] {
  return Array.from(order, (start) =>
    Array.from(sequence, (_, i) => String.fromCharCode(sequence[(start + i) % sequence.length])).join(""),
  );
}

describe("the rotations of a sequence", () => {
  it("are sorted, whether it repeats itself or not", () => {
    const sequences = fc.integer({ min: 1, max: 300 }).chain((k) => {
      const part = fc.array(fc.nat({ max: k - 1 }), { minLength: 1, maxLength: 60 });
      return fc
        .tuple(part, fc.integer({ min: 1, max: 4 }))
        .map(([s, times]) => ({ k, s: Array.from({ length: times }, () => s).flat() }));
    });
    fc.assert(
      fc.property(sequences, ({ k, s }) => {
        const sequence = Uint16Array.from(s);
        const order = sortRotations(sequence, k);
        assert.deepEqual(
          [...order].sort((a, b) => a - b),
          [...sequence.keys()],
        );
        const sorted = rotations(sequence, order);
        assert.deepEqual(
          sorted,
          sorted.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("are sorted where the sequence is long and made of one period", () => {
    const period = keystream("period", 10);
    const sequence = Uint16Array.from({ length: 30_000 }, (_, i) => period[i % 10]);
    const first = sortRotations(sequence, 256)[0] % 10;
    assert.equal(sequence[first], Math.min(...period));
  });
});
