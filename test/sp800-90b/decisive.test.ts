import assert from "node:assert/strict";
import fc from "fast-check";
import { collision } from "../../src/sp800-90b/estimators/collision";
import { compression } from "../../src/sp800-90b/estimators/compression";
import { lag } from "../../src/sp800-90b/estimators/lag";
import { lrs } from "../../src/sp800-90b/estimators/lrs";
import { lz78y } from "../../src/sp800-90b/estimators/lz78y";
import { markov } from "../../src/sp800-90b/estimators/markov";
import { mostCommonValue } from "../../src/sp800-90b/estimators/most-common-value";
import { multiMcw } from "../../src/sp800-90b/estimators/multi-mcw";
import { multiMmc } from "../../src/sp800-90b/estimators/multi-mmc";
import { tTuple } from "../../src/sp800-90b/estimators/t-tuple";
import { LongestRun } from "../../src/sp800-90b/longest-run";
import { repeatsOf } from "../../src/sp800-90b/repeats";
import { bitstringSequence, literalSequence, type Sequence } from "../../src/sp800-90b/sequence";
import { keystream } from "../datasets";

const unheard = (): void => undefined;
const bits = (s: readonly number[]) => bitstringSequence(Uint8Array.from(s), 1);
const bytes = (name: string, length: number): Uint8Array => keystream(name, length);

/** Noise of two or four values in which something was planted. */
function planted(
  name: string,
  length: number,
  values: readonly number[],
  what: readonly number[],
  at: readonly number[],
) {
  const s = Array.from(bytes(name, length), (byte) => values[byte % values.length]);
  for (const place of at) s.splice(place, what.length, ...what);
  return s;
}

describe("what decided an estimate", () => {
  it("is the most frequent symbol, by its own value and where it occurs first", () => {
    const s = [...Array<number>(40).fill(200), ...Array<number>(50).fill(7), 9];
    assert.deepEqual(mostCommonValue(literalSequence(Uint8Array.from(s))).decisive, {
      kind: "symbol",
      symbol: 7,
      count: 50,
      first: 40,
    });
    const two = [...Array<number>(40).fill(200), ...Array<number>(50).fill(7)];
    assert.equal(mostCommonValue(literalSequence(Uint8Array.from(two))).decisive.first, 40);
    assert.equal(mostCommonValue(literalSequence(Uint8Array.from(two.toReversed()))).decisive.first, 0);
  });

  it("is, of collisions, how far the mean is from 2.5, and the stretch where it is least", () => {
    const s = Array.from(bytes("collision", 16_000), (byte, i) => (i >= 8000 && i < 9000 ? 1 : byte & 1));
    const { decisive, xBar } = collision(bits(s));
    assert.ok(decisive !== null && xBar !== null);
    assert.equal(decisive.lowest.mean, 2);
    assert.ok(Math.abs(decisive.lowest.first - 8000) < 4 && Math.abs(decisive.lowest.last - 9000) < 4);
    assert.ok(decisive.standardErrors !== null && decisive.standardErrors < -3 === xBar < 2.5 - 0.02);
  });

  it("is, of compression, the most frequent block, and the stretch where blocks come back soonest", () => {
    const s = Array.from(bytes("compression", 60_000), (byte, i) => (i >= 30_000 && i < 34_000 ? i & 1 : byte & 1));
    const { decisive } = compression(bits(s));
    assert.ok(decisive !== null);
    const counts = new Map<string, number>();
    for (let i = 0; i + 6 <= s.length; i += 6) {
      const block = s.slice(i, i + 6).join("");
      counts.set(block, (counts.get(block) ?? 0) + 1);
    }
    assert.deepEqual(decisive.block, {
      bits: "010101",
      count: Math.max(...counts.values()),
      first: 6 * Array.from({ length: 10_000 }, (_, i) => s.slice(6 * i, 6 * i + 6).join("")).indexOf("010101"),
    });
    assert.ok(decisive.lowest.first < 34_000 && decisive.lowest.last > 30_000);
    assert.ok(decisive.standardErrors !== null && decisive.standardErrors < -3);
  });

  it("is, of Markov, the most probable path and the longest stretch along it", () => {
    for (const [path, what] of [
      ["0", Array<number>(900).fill(0)],
      ["1", Array<number>(900).fill(1)],
      ["01", Array.from({ length: 900 }, (_, i) => i & 1)],
    ] as const) {
      const s = planted("markov", 5000, [0, 1], what, [1234]);
      const { decisive } = markov(bits(s));
      assert.ok(decisive?.longest);
      const { first, last } = decisive.longest;
      assert.ok(first <= 1234 && last >= 1234 + 899, `${path}: ${first} to ${last}`);
      assert.equal(
        decisive.transitions.reduce((sum, { times }) => sum + times, 0),
        127,
      );
      for (const { from, to, count } of decisive.transitions)
        assert.equal(count, s.filter((bit, i) => bit === from && s.at(i + 1) === to && i + 1 < s.length).length);
    }
  });

  it("is, of t-tuple, the most frequent tuple, how often it occurs and where", () => {
    const sequences = fc.tuple(
      fc.integer({ min: 2, max: 4 }),
      fc.uint8Array({ minLength: 60, maxLength: 400, max: 3 }),
    );
    fc.assert(
      fc.property(sequences, ([k, data]) => {
        const s = Array.from(data, (x, i) => 40 + ((i * i) % 7 < 4 ? i % k : x % k));
        const sequence = literalSequence(Uint8Array.from([...Array(k).keys()].map((x) => 40 + x).concat(s)));
        const text = [...Array(k).keys()].map((x) => 40 + x).concat(s);
        const { decisive, pHatMax } = tTuple(sequence, repeatsOf(sequence, unheard));
        if (decisive === null) return;
        const places = [...text.keys()].filter((i) =>
          decisive.symbols.every((x, d) => text.at(i + d) === x && i + d < text.length),
        );
        if (decisive.length <= 64) {
          assert.equal(places.length, decisive.count);
          assert.deepEqual(decisive.positions, places.slice(0, 8));
        }
        assert.equal(pHatMax, (decisive.count / (text.length - decisive.length + 1)) ** (1 / decisive.length));
      }),
    );
  });

  it("is, of LRS, the deciding length with its pairs, and the longest repeat with its two places", () => {
    const what = Array.from(bytes("what", 300), (byte) => byte & 3);
    const s = planted("lrs", 9000, [0, 1, 2, 3], what, [1000, 7000]);
    const sequence = literalSequence(Uint8Array.from(s));
    const { decisive, v } = lrs(sequence, repeatsOf(sequence, unheard));
    assert.ok(decisive !== null);
    const { longest } = decisive;
    assert.equal(longest.length, v);
    assert.ok(
      longest.length >= 300 && longest.positions[0] <= 1000 && longest.positions[1] - longest.positions[0] === 6000,
    );
    assert.deepEqual(longest.symbols, s.slice(longest.positions[0], longest.positions[0] + 64));
    assert.ok(decisive.pairs >= 1 && Number.isInteger(decisive.pairs));
  });

  it("is, of a predictor, where its longest run is, and by what it was believed most", () => {
    const period = [0, 1, 1, 0, 2, 0, 1, 2, 2, 1];
    const s = planted(
      "predict",
      8000,
      [0, 1, 2],
      Array.from({ length: 900 }, (_, i) => period[i % 10]),
      [3000],
    );
    for (const predict of [lag, multiMmc])
      for (const data of [s, s.map((x) => (x === 2 ? 1 : x))]) {
        const { decisive, r } = predict(literalSequence(Uint8Array.from(data)), unheard);
        assert.ok(decisive?.run && decisive.favourite, predict.name);
        assert.ok(
          decisive.run.first > 2950 && decisive.run.last < 3950,
          `${predict.name}: ${JSON.stringify(decisive)}`,
        );
        assert.ok(decisive.run.last - decisive.run.first + 1 >= r - 1);
        assert.equal(decisive.bound, "local");
      }
    const stuck = planted("stuck", 8000, [0, 1, 2], Array<number>(400).fill(0), [3000]);
    for (const data of [stuck, stuck.map((x) => (x === 2 ? 1 : x))]) {
      const { decisive } = lz78y(literalSequence(Uint8Array.from(data)), unheard);
      assert.ok(decisive?.run && decisive.run.first >= 2990 && decisive.run.last < 3410, JSON.stringify(decisive));
      assert.equal(decisive.favourite?.parameter, 1);
    }
    const drifting = Uint8Array.from(bytes("drift", 9000), (byte, i) => (byte < 150 ? (i >> 9) & 3 : byte & 3));
    const { favourite } = multiMcw(literalSequence(drifting), unheard).decisive ?? {};
    assert.equal(favourite?.parameter, 63);
    const lagged = Array.from(bytes("lagged", 9000), (byte) => byte & 3);
    for (let i = 17; i < lagged.length; i++) if (i % 5 !== 0) lagged[i] = lagged[i - 17];
    for (const data of [lagged, lagged.map((x) => x & 1)]) {
      const { decisive } = lag(literalSequence(Uint8Array.from(data)), unheard);
      assert.equal(decisive?.favourite?.parameter, 17);
      assert.ok(decisive.favourite.share > 0.9);
    }
  });

  it("is none where nothing was computed", () => {
    const sequence: Sequence = literalSequence(Uint8Array.of(1, 2, 3));
    assert.equal(lz78y(sequence, unheard).decisive, null);
    assert.equal(tTuple(sequence, repeatsOf(sequence, unheard)).decisive, null);
    assert.equal(compression(bits([0, 1, 0])).decisive, null);
  });
});

describe("the longest run of ones", () => {
  it("is found in words as it would be bit by bit, with silence or without", () => {
    const word = fc.oneof(
      fc.integer(),
      fc.constant(-1),
      fc.constant(0),
      fc.integer().map((x) => x | (x << 1) | (x >> 3)),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.oneof(fc.constant(0), word)), { minLength: 1, maxLength: 8 }), (words) => {
        const found = new LongestRun();
        for (const [ones, silent] of words) found.add(ones, silent & ~ones);
        let [run, start, longest] = [0, 0, 0];
        let at: unknown = null;
        words.forEach(([ones, silent], w) => {
          for (let b = 0; b < 32; b++) {
            const i = 32 * w + b;
            if (ones << b < 0) {
              if (run++ === 0) start = i;
              if (run > longest) [longest, at] = [run, { first: start, last: i }];
            } else if ((silent & ~ones) << b >= 0) run = 0;
          }
        });
        assert.equal(found.length, longest);
        assert.deepEqual(found.stretch(), at);
      }),
      { numRuns: 1000 },
    );
  });
});
