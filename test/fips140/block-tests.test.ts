import assert from "node:assert/strict";
import { BLOCK_BYTES, LONGEST_RUN, ONES, POKER_SUM, RUNS, testBlock, wordAt } from "../../src/fips140/block-tests";
import type { Fips140Test } from "../../src/model";
import { keystream } from "./inputs";

const BITS = BLOCK_BYTES * 8;

/** A block from its bits. */
function pack(bits: readonly number[]): Uint8Array {
  assert.equal(bits.length, BITS);
  const bytes = new Uint8Array(BLOCK_BYTES);
  bits.forEach((bit, i) => (bytes[i >> 3] |= bit << (7 - (i & 7))));
  return bytes;
}

/** Does the block fail the test? The word before it is one that does not begin it. */
const fails = (test: Fips140Test, block: Uint8Array): boolean => testBlock(block, 0, ~wordAt(block, 0)).includes(test);

const withOnes = (ones: number): Uint8Array => pack(Array.from({ length: BITS }, (_, i) => (i < ones ? 1 : 0)));

/** A block whose nibbles have a sum of squared counts of exactly `sum`, found by moving single nibbles between values. */
function withPokerSum(sum: number): Uint8Array {
  const counts = Array.from({ length: 16 }, (_, i) => 312 + (i < 8 ? 1 : 0));
  const sumNow = (): number => counts.reduce((s, c) => s + c * c, 0);
  // moving one nibble from a value of count a to one of count b adds 2 (b - a + 1)
  for (let missing = sum - sumNow(); missing !== 0; missing = sum - sumNow()) {
    let best = { from: 0, to: 1, gain: -Infinity };
    counts.forEach((a, from) => {
      counts.forEach((b, to) => {
        const gain = 2 * (b - a + 1);
        if (from !== to && gain <= missing && gain > best.gain) best = { from, to, gain };
      });
    });
    assert.ok(best.gain > 0, `no way to a sum of ${sum}`);
    counts[best.from]--;
    counts[best.to]++;
  }
  const nibbles = counts.flatMap((count, value) => new Array<number>(count).fill(value));
  return Uint8Array.from({ length: BLOCK_BYTES }, (_, i) => (nibbles[2 * i] << 4) | nibbles[2 * i + 1]);
}

/** How many runs of each length 1 to 5, and of 6 and more, of zeros or ones; the middle of every permitted range. */
const usualRuns = (): number[] => RUNS.map(([least, most]) => Math.round((least + most) / 2));

/** The usual runs, but `count` of one length; the other lengths, within their bounds, have the difference less. */
function withCount(length: number, count: number): number[] {
  const runs = usualRuns();
  let surplus = count - runs[length];
  runs[length] = count;
  RUNS.forEach(([least, most], other) => {
    if (other === length) return;
    const taken = Math.max(runs[other] - most, Math.min(runs[other] - least, surplus));
    runs[other] -= taken;
    surplus -= taken;
  });
  assert.equal(surplus, 0, "the edge can be reached with the other counts in bounds");
  return runs;
}

/**
 * A block with exactly these runs, alternating; the runs of "6 and more" share what is left of the block, as evenly as
 * they can, so that none is long. The two sides have equally many runs.
 */
function withRuns(zeros: readonly number[], ones: readonly number[]): Uint8Array {
  const lengths = (runs: readonly number[]): number[] => runs.flatMap((n, i) => new Array<number>(n).fill(i + 1));
  const sides = [lengths(zeros), lengths(ones)];
  assert.ok(Math.abs(sides[0].length - sides[1].length) <= 1, "runs alternate");
  let left = BITS - sides.flat().reduce((a, b) => a + b, 0);
  assert.ok(left >= 0, `${-left} bits too many`);
  const long = sides.flatMap((side) => side.flatMap((length, i) => (length === 6 ? [{ side, i }] : [])));
  for (let turn = 0; left > 0; turn++, left--) {
    const { side, i } = long[turn % long.length];
    side[i]++;
  }
  const first = sides[0].length >= sides[1].length ? 0 : 1;
  const bits: number[] = [];
  for (let i = 0; bits.length < BITS; i++) {
    const value = (first + i) & 1;
    bits.push(...new Array<number>(sides[value][i >> 1]).fill(value));
  }
  return pack(bits);
}

describe("FIPS 140-2 block tests", () => {
  it("find nothing in an ordinary block", () => {
    assert.deepEqual(testBlock(keystream("ordinary", BLOCK_BYTES), 0, 0), []);
  });

  it("find everything in a block of zeros", () => {
    assert.deepEqual(testBlock(new Uint8Array(BLOCK_BYTES), 0, 0), [
      "monobit",
      "poker",
      "runs",
      "long-run",
      "continuous-run",
    ]);
  });

  it("monobit: 9726 and 10274 ones pass, one fewer and one more fail (4.9.1)", () => {
    assert.deepEqual(
      [ONES[0] - 1, ONES[0], ONES[1], ONES[1] + 1].map((ones) => fails("monobit", withOnes(ones))),
      [true, false, false, true],
    );
    assert.deepEqual(ONES, [9726, 10274]);
  });

  it("poker: X must lie between 2.16 and 46.17 (4.9.1)", () => {
    // the sum of the squares of counts that add up to 5000 is even
    assert.deepEqual(
      [POKER_SUM[0] - 2, POKER_SUM[0], POKER_SUM[1], POKER_SUM[1] + 2].map((sum) => fails("poker", withPokerSum(sum))),
      [true, false, false, true],
    );
    const x = (sum: number): number => (16 / 5000) * sum - 5000;
    assert.ok(x(POKER_SUM[0] - 2) < 2.16 && x(POKER_SUM[0]) > 2.16);
    assert.ok(x(POKER_SUM[1]) < 46.17 && x(POKER_SUM[1] + 2) > 46.17);
  });

  describe("runs: each count of zeros and of ones has its bounds (4.9.1)", () => {
    for (const [i, [least, most]] of RUNS.entries()) {
      for (const side of ["zeros", "ones"] as const) {
        const length = i < 5 ? String(i + 1) : "6 and more";
        it(`${String(least)} to ${String(most)} runs of ${length} ${side}`, () => {
          const judge = (count: number): boolean => {
            const runs = { zeros: usualRuns(), ones: usualRuns() };
            runs[side] = withCount(i, count);
            return fails("runs", withRuns(runs.zeros, runs.ones));
          };
          assert.deepEqual([least - 1, least, most, most + 1].map(judge), [true, false, false, true]);
        });
      }
    }
  });

  it("long run: 25 equal bits pass, 26 fail, at the start, across words, and at the end (4.9.1)", () => {
    const judge = (start: number, length: number, value: number): boolean => {
      const bits = Array.from({ length: BITS }, (_, i) => i & 1);
      for (let i = start; i < start + length; i++) bits[i] = value;
      if (start > 0) bits[start - 1] = 1 - value;
      if (start + length < BITS) bits[start + length] = 1 - value;
      return fails("long-run", pack(bits));
    };
    for (const value of [0, 1]) {
      for (const start of [0, 17, 40]) {
        assert.deepEqual([judge(start, LONGEST_RUN, value), judge(start, LONGEST_RUN + 1, value)], [false, true]);
      }
      assert.deepEqual([judge(BITS - 25, 25, value), judge(BITS - 26, 26, value)], [false, true]);
    }
  });

  it("continuous run: a word that repeats the one before it fails, in the block and across its start (4.9.2)", () => {
    const block = keystream("continuous", BLOCK_BYTES);
    assert.equal(fails("continuous-run", block), false);
    assert.deepEqual(testBlock(block, 0, wordAt(block, 0)), ["continuous-run"]);
    block.copyWithin(1200, 1196, 1200);
    assert.ok(fails("continuous-run", block));
    // the same four bytes, but not on a word's boundary
    const shifted = keystream("continuous", BLOCK_BYTES);
    shifted.copyWithin(1202, 1198, 1202);
    assert.equal(fails("continuous-run", shifted), false);
  });

  it("counts bits from the most significant: a run that only that order has is found", () => {
    const bits = Array.from({ length: BITS }, (_, i) => i & 1);
    // two bytes of ones, five ones before and five after: one run only when read MSB first
    for (let i = 795; i < 821; i++) bits[i] = 1;
    bits[794] = 0;
    bits[821] = 0;
    assert.ok(fails("long-run", pack(bits)));
  });
});
