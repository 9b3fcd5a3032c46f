import assert from "node:assert/strict";
import fc from "fast-check";
import { packSymbols } from "../../src/numeric/packed-bits";
import { findRepeats } from "../../src/numeric/repeats";
import { sortByWindows } from "../../src/numeric/suffix-windows";
import { longestCommonPrefixes, suffixArray } from "../../src/numeric/suffix-array";
import { keystream } from "../datasets";

/** Texts of symbols of a width, noise and repetitive ones. */
const texts = fc.integer({ min: 1, max: 4 }).chain((width) => {
  const symbol = fc.nat({ max: 2 ** width - 1 });
  const noise = fc.uint8Array({ minLength: 1, maxLength: 200, max: 2 ** width - 1 });
  const constant = fc.tuple(symbol, fc.integer({ min: 1, max: 200 })).map(([x, n]) => new Uint8Array(n).fill(x));
  const periodic = fc
    .tuple(fc.uint8Array({ minLength: 1, maxLength: 7, max: 2 ** width - 1 }), noise)
    .map(([period, other]) => other.map((x, i) => (i % 41 === 40 ? x : period[i % period.length])));
  return fc.tuple(fc.constant(width), fc.oneof(noise, constant, periodic));
});

const unheard = (): void => undefined;

function compareSuffixes(text: Uint8Array, a: number, b: number): number {
  while (a < text.length && b < text.length && text[a] === text[b]) [a, b] = [a + 1, b + 1];
  if (a === text.length || b === text.length) return b - a;
  return text[a] - text[b];
}

const sortedSuffixes = (text: Uint8Array): number[] => [...text.keys()].sort((a, b) => compareSuffixes(text, a, b));

function commonPrefixes(text: Uint8Array, sa: readonly number[]): number[] {
  return sa.map((b, r) => {
    let length = 0;
    if (r > 0) while (b + length < text.length && text[sa[r - 1] + length] === text[b + length]) length++;
    return length;
  });
}

function byWindows(text: Uint8Array, width: number, capacity?: number): { sa: number[]; lcp: number[] } | null {
  const { words, length } = packSymbols(text, width);
  const sa: number[] = [];
  const lcp: number[] = [];
  const done = sortByWindows(
    { words, end: length, width, count: text.length },
    (places, shared, count) => {
      for (const place of places.subarray(0, count)) sa.push(place / width);
      for (const bits of shared.subarray(0, count)) lcp.push(Math.floor(bits / width));
    },
    capacity,
  );
  return done ? { sa, lcp } : null;
}

describe("the suffix array", () => {
  it("has all suffixes in lexicographic order", () => {
    fc.assert(
      fc.property(texts, ([width, text]) => {
        assert.deepEqual([...suffixArray(text, 2 ** width)], sortedSuffixes(text));
      }),
      { numRuns: 500 },
    );
  });

  it("of nothing is empty", () => {
    assert.equal(suffixArray(new Uint8Array(0), 2).length, 0);
  });

  it("comes with what each suffix shares with the one before", () => {
    fc.assert(
      fc.property(texts, ([width, text]) => {
        const sa = suffixArray(text, 2 ** width);
        assert.deepEqual([...longestCommonPrefixes(text, sa)], commonPrefixes(text, [...sa]));
      }),
    );
  });
});

describe("sorting suffixes by windows", () => {
  it("finds the same order and the same common prefixes, at the text's end as well", () => {
    fc.assert(
      fc.property(texts, ([width, text]) => {
        const sorted = byWindows(text, width);
        if (sorted === null) return;
        assert.deepEqual(sorted.sa, sortedSuffixes(text));
        assert.deepEqual(sorted.lcp, commonPrefixes(text, sorted.sa));
      }),
      { numRuns: 500 },
    );
  });

  it("is the same if it keeps but a few places at a time", () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 50 }), ([width, text], capacity) => {
        assert.deepEqual(byWindows(text, width, capacity), byWindows(text, width));
      }),
    );
  });

  it("agrees with the suffix array on long noise, even and skewed", () => {
    for (const [width, text] of [
      [8, keystream("windows", 100_000)],
      [1, keystream("windows", 100_000).map((byte) => (byte < 20 ? 1 : 0))],
      [3, keystream("windows", 100_000).map((byte) => (byte < 200 ? 5 : byte & 7))],
    ] as const) {
      const sa = suffixArray(text, 2 ** width);
      assert.deepEqual(byWindows(text, width), { sa: [...sa], lcp: [...longestCommonPrefixes(text, sa)] });
    }
  });

  it("gives up on a text that repeats itself for long", () => {
    const half = keystream("half", 5000);
    assert.equal(
      byWindows(
        Uint8Array.from({ length: 10_000 }, (_, i) => half[i % 5000]),
        8,
      ),
      null,
    );
    assert.equal(byWindows(new Uint8Array(100_000), 1), null);
  });
});

describe("the repeats of a text", () => {
  it("are those that counting all substrings finds", () => {
    fc.assert(
      fc.property(texts, ([width, text]) => {
        const { longest, mostFrequent, pairs } = findRepeats(packSymbols(text, width), width, unheard);
        for (let W = 1; W <= longest + 1 && W <= text.length; W++) {
          const counts = new Map<string, number>();
          for (let i = 0; i + W <= text.length; i++) {
            const tuple = text.subarray(i, i + W).join();
            counts.set(tuple, (counts.get(tuple) ?? 0) + 1);
          }
          const most = Math.max(...counts.values());
          if (W > longest) assert.equal(most, 1);
          else assert.equal(mostFrequent[W], most);
          if (W <= longest)
            assert.equal(
              pairs[W],
              [...counts.values()].reduce((sum, c) => sum + (c * (c - 1)) / 2, 0),
            );
        }
      }),
      { numRuns: 200 },
    );
  });

  it("are counted exactly where half the text is the other half", () => {
    const half = keystream("half", 50_000);
    const text = Uint8Array.from({ length: 100_000 }, (_, i) => half[i % 50_000]);
    const { longest, mostFrequent, pairs } = findRepeats(packSymbols(text, 8), 8, unheard);
    assert.equal(longest, 50_000);
    assert.equal(mostFrequent[50_000], 2);
    assert.deepEqual([pairs[50_000], pairs[49_999], pairs[40_000]], [1, 2, 10_001]);
  });
});
