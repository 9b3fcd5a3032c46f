import assert from "node:assert/strict";
import fc from "fast-check";
import { bzip2Length } from "../../../src/numeric/bzip2-length";
import { compressedLength } from "../../../src/sp800-90b/iid/compressed-length";
import { originalStatistics } from "../../../src/sp800-90b/iid/permutation";
import { prepareSamples } from "../../../src/sp800-90b/iid/statistics";
import { keystream } from "../../datasets";

const runsOf = (items: readonly unknown[]): number[] => {
  const runs: number[] = [];
  items.forEach((item, i) => {
    if (i > 0 && item === items[i - 1]) runs[runs.length - 1]++;
    else runs.push(1);
  });
  return runs;
};

/** 5.1.1 to 5.1.10 as they are worded; the compression is bzip2's own affair. */
function plainStatistics(samples: readonly number[]): Record<string, number> {
  const values = [...new Set(samples)].sort((a, b) => a - b);
  const symbols = samples.map((value) => values.indexOf(value));
  const binary = values.length === 2;
  const eights = Array.from({ length: Math.ceil(symbols.length / 8) }, (_, i) => symbols.slice(8 * i, 8 * i + 8));
  const ones = eights.map((bits) => bits.filter((bit) => bit === 1).length);
  const bytes = eights.map((bits) => parseInt(bits.join("").padEnd(8, "0"), 2));

  const mean = samples.reduce((sum, x) => sum + x, 0) / samples.length;
  const sums = samples.map((_, i) => samples.slice(0, i + 1).reduce((sum, x) => sum + x, 0));
  const excursion = Math.max(...sums.map((sum, i) => Math.abs(sum - (i + 1) * mean)));

  const directional = binary ? ones : symbols;
  const steps = directional.slice(1).map((x, i) => (directional[i] > x ? -1 : 1));
  const ups = steps.filter((step) => step === 1).length;

  const sorted = symbols.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = binary ? 0.5 : (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
  const sides = runsOf(symbols.map((x) => x >= median));

  const colliding = binary ? bytes : symbols;
  const times: number[] = [];
  for (let from = 0, to = 0; to < colliding.length; to++) {
    if (!colliding.slice(from, to).includes(colliding[to])) continue;
    times.push(to - from + 1);
    from = to + 1;
  }

  const lagged = Object.fromEntries(
    [1, 2, 8, 16, 32].flatMap((lag) => {
      const pairs = (s: readonly number[]): [number, number][] => s.slice(lag).map((x, i) => [s[i], x]);
      const equal = pairs(binary ? ones : symbols).filter(([a, b]) => a === b).length;
      const product = pairs(binary ? ones : samples).reduce((sum, [a, b]) => sum + a * b, 0);
      return [
        [`periodicity(${lag})`, equal],
        [`covariance(${lag})`, product],
      ];
    }),
  );
  return {
    excursion,
    numDirectionalRuns: runsOf(steps).length,
    lenDirectionalRuns: Math.max(0, ...runsOf(steps)),
    numIncreasesDecreases: Math.max(ups, steps.length - ups),
    numRunsMedian: sides.length,
    lenRunsMedian: Math.max(...sides),
    avgCollision: times.length === 0 ? 0 : times.reduce((sum, t) => sum + t, 0) / times.length,
    maxCollision: Math.max(0, ...times),
    ...lagged,
  };
}

describe("the statistics of 5.1", () => {
  it("are those of a plain transcription, for two symbols and for more", () => {
    const samples = fc
      .constantFrom([3, 9], [0, 1], [1, 2, 200], [0, 7, 8, 100, 255])
      .chain((values) => fc.array(fc.constantFrom(...values), { minLength: 2, maxLength: 150 }));
    fc.assert(
      fc.property(samples, (s) => {
        fc.pre(new Set(s).size > 1);
        const { compression, ...others } = originalStatistics(Uint8Array.from(s));
        const plain = plainStatistics(s);
        assert.deepEqual({ ...others, excursion: 0 }, { ...plain, excursion: 0 });
        assert.ok(Math.abs((others.excursion ?? 0) - plain["excursion"]) < 1e-9);
        assert.equal(compression, bzip2Length(new TextEncoder().encode(s.join(" ")), 5));
      }),
      { numRuns: 300 },
    );
  });
});

describe("the compressed length", () => {
  const whole = (samples: Uint8Array): number => bzip2Length(new TextEncoder().encode(samples.join(" ")), 5);
  const byTokens = (samples: Uint8Array): number => {
    const { symbols, traits } = prepareSamples(samples);
    return compressedLength(symbols, traits.values);
  };

  it("is that of the text, wherever its blocks are cut", () => {
    // Blocks hold some 499,981 characters; every offset of a token at the cut comes up.
    for (let extra = 0; extra < 4; extra++) {
      const noise = keystream(`cut ${extra}`, 141_000 + extra);
      assert.equal(byTokens(noise), whole(noise), `noise, ${extra}`);
    }
    for (const digits of [1, 11, 111]) {
      const samples = keystream("equal digits", 130_000 + digits).map((byte) => (byte < 250 ? 222 : digits));
      assert.equal(byTokens(samples), whole(samples), `222 and ${digits}`);
    }
  });

  it("is that of the text where a block's end is a few characters", () => {
    for (let rest = 0; rest < 3; rest++) {
      const samples = Uint8Array.from({ length: 249_991 + rest }, (_, i) => ((i * i * 7919) >> 5) & 1);
      assert.equal(byTokens(samples), whole(samples), `${rest}`);
    }
  });

  it("is that of the text where the last number is cut", () => {
    for (const length of [124_995, 124_996, 124_997]) {
      const samples = keystream("last number", length).map((byte) => 100 + (byte & 127));
      assert.equal(byTokens(samples), whole(samples), `${length}`);
    }
  });

  it("is found where a text repeats itself for ever", () => {
    const counter = Uint8Array.from({ length: 30_000 }, (_, i) => i & 255);
    assert.equal(byTokens(counter), whole(counter));
  });
});
