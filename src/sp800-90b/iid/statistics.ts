import type { PermutationLag, PermutationStatistic } from "../../model/iid";
import { countSymbols } from "../sequence";
import { compressedLength } from "./compressed-length";

/** Statistics that fall out of one pass, named after the clauses of 5.1 that they belong to. */
export type StatisticGroup =
  | "excursion"
  | "directional-runs"
  | "runs-based-on-median"
  | "collisions"
  | "periodicity-and-covariance"
  | "compression";

const LAGS: readonly PermutationLag[] = [1, 2, 8, 16, 32];

/** Which statistics a group computes. */
export const STATISTICS: Readonly<Record<StatisticGroup, readonly PermutationStatistic[]>> = {
  excursion: ["excursion"],
  "directional-runs": ["numDirectionalRuns", "lenDirectionalRuns", "numIncreasesDecreases"],
  "runs-based-on-median": ["numRunsMedian", "lenRunsMedian"],
  collisions: ["avgCollision", "maxCollision"],
  "periodicity-and-covariance": LAGS.flatMap((lag) => [`periodicity(${lag})`, `covariance(${lag})`] as const),
  compression: ["compression"],
};

/** Something of every statistic. */
export function mapStatistics<T>(of: (name: PermutationStatistic) => T): Readonly<Record<PermutationStatistic, T>> {
  return {
    excursion: of("excursion"),
    numDirectionalRuns: of("numDirectionalRuns"),
    lenDirectionalRuns: of("lenDirectionalRuns"),
    numIncreasesDecreases: of("numIncreasesDecreases"),
    numRunsMedian: of("numRunsMedian"),
    lenRunsMedian: of("lenRunsMedian"),
    avgCollision: of("avgCollision"),
    maxCollision: of("maxCollision"),
    "periodicity(1)": of("periodicity(1)"),
    "periodicity(2)": of("periodicity(2)"),
    "periodicity(8)": of("periodicity(8)"),
    "periodicity(16)": of("periodicity(16)"),
    "periodicity(32)": of("periodicity(32)"),
    "covariance(1)": of("covariance(1)"),
    "covariance(2)": of("covariance(2)"),
    "covariance(8)": of("covariance(8)"),
    "covariance(16)": of("covariance(16)"),
    "covariance(32)": of("covariance(32)"),
    compression: of("compression"),
  };
}

/** Values of some of the statistics. */
export type StatisticValues = Readonly<Partial<Record<PermutationStatistic, number>>>;

/** What a permutation does not change. */
export interface SampleTraits {
  /** The samples' values, ascending: symbol x stands for values[x]. */
  readonly values: Uint8Array;
  readonly mean: number;
  /** Of the symbols; of two symbols 0.5, their middle (5.1). */
  readonly median: number;
}

/**
 * Maps samples to symbols 0 to k - 1, and notes what permutations share.
 * @param samples two distinct values or more
 */
export function prepareSamples(samples: Uint8Array): { symbols: Uint8Array; traits: SampleTraits } {
  const counts = countSymbols(samples);
  const values = Uint8Array.from([...counts.keys()].filter((value) => counts[value] > 0));
  const rank = new Uint8Array(256);
  values.forEach((value, symbol) => (rank[value] = symbol));
  const mean = counts.reduce((sum, count, value) => sum + count * value, 0) / samples.length;
  const symbols = samples.map((value) => rank[value]);
  const median =
    values.length === 2
      ? 0.5
      : medianOf(
          Array.from(values, (value) => counts[value]),
          samples.length,
        );
  return { symbols, traits: { values, mean, median } };
}

function medianOf(counts: readonly number[], n: number): number {
  const symbolAt = (rank: number): number => {
    let symbol = 0;
    for (let below = counts[0]; below <= rank; below += counts[symbol]) symbol++;
    return symbol;
  };
  return (symbolAt(Math.floor((n - 1) / 2)) + symbolAt(Math.floor(n / 2))) / 2;
}

/** The values of a group's statistics for the symbols in the order they stand in. */
export function computeStatistics(group: StatisticGroup, symbols: Uint8Array, traits: SampleTraits): StatisticValues {
  const binary = traits.values.length === 2;
  switch (group) {
    case "excursion":
      return { excursion: excursion(symbols, traits) };
    case "directional-runs":
      return directionalRuns(binary ? onesOfBytes(symbols) : symbols);
    case "runs-based-on-median":
      return runsBasedOnMedian(symbols, traits.median);
    case "collisions":
      return collisions(binary ? bytesOfBits(symbols) : symbols);
    case "periodicity-and-covariance":
      return periodicityAndCovariance(binary ? onesOfBytes(symbols) : symbols, binary ? null : traits.values);
    case "compression":
      return { compression: compressedLength(symbols, traits.values) };
  }
}

/** 5.1, Conversion II: eight bits to a number, the first the most significant; zeros fill up the last. */
function bytesOfBits(bits: Uint8Array): Uint8Array {
  const bytes = new Uint8Array((bits.length + 7) >>> 3);
  for (let i = 0; i < bits.length; i++) bytes[i >>> 3] |= bits[i] << (~i & 7);
  return bytes;
}

/** 5.1, Conversion I: the number of ones in eight bits. */
function onesOfBytes(bits: Uint8Array): Uint8Array {
  const ones = new Uint8Array((bits.length + 7) >>> 3);
  for (let i = 0; i < bits.length; i++) ones[i >>> 3] += bits[i];
  return ones;
}

/** 5.1.1, over the samples' own values. */
function excursion(symbols: Uint8Array, { values, mean }: SampleTraits): number {
  let sum = 0;
  let greatest = 0;
  for (let i = 0; i < symbols.length; i++) {
    sum += values[symbols[i]];
    const deviation = Math.abs(sum - (i + 1) * mean);
    if (deviation > greatest) greatest = deviation;
  }
  return greatest;
}

/** 5.1.2 to 5.1.4: the number of runs, the longest one, and the steps of the commoner direction. */
function directionalRuns(s: Uint8Array): StatisticValues {
  let runs = 0;
  let longest = 0;
  let run = 0;
  let up = -1;
  let ups = 0;
  for (let i = 1; i < s.length; i++) {
    const direction = s[i] >= s[i - 1] ? 1 : 0;
    ups += direction;
    if (direction === up) {
      run++;
    } else {
      runs++;
      run = 1;
      up = direction;
    }
    if (run > longest) longest = run;
  }
  const numIncreasesDecreases = Math.max(ups, s.length - 1 - ups);
  return { numDirectionalRuns: runs, lenDirectionalRuns: longest, numIncreasesDecreases };
}

/** 5.1.5, 5.1.6: the number of runs on either side of the median, and the longest. */
function runsBasedOnMedian(s: Uint8Array, median: number): StatisticValues {
  let runs = 0;
  let longest = 0;
  let run = 0;
  let side = -1;
  for (let i = 0; i < s.length; i++) {
    const above = s[i] >= median ? 1 : 0;
    if (above === side) {
      run++;
    } else {
      runs++;
      run = 1;
      side = above;
    }
    if (run > longest) longest = run;
  }
  return { numRunsMedian: runs, lenRunsMedian: longest };
}

/** 5.1.7, 5.1.8: the mean and the greatest number of samples until one comes up again. */
function collisions(s: Uint8Array): StatisticValues {
  const seenIn = new Int32Array(256);
  let count = 0;
  let longest = 0;
  let from = 0;
  for (let i = 0; i < s.length; i++) {
    if (seenIn[s[i]] <= count) {
      seenIn[s[i]] = count + 1;
      continue;
    }
    const length = i - from + 1;
    if (length > longest) longest = length;
    count++;
    from = i + 1;
  }
  return { avgCollision: count === 0 ? 0 : from / count, maxCollision: longest };
}

/** 5.1.9, 5.1.10: at each lag, the equal samples and the sum of products; the latter over `values`, if there are any. */
function periodicityAndCovariance(s: Uint8Array, values: Uint8Array | null): StatisticValues {
  const v = values === null ? s : s.map((symbol) => values[symbol]);
  return Object.fromEntries(
    LAGS.flatMap((lag) => {
      let equal = 0;
      let products = 0;
      for (let i = lag; i < s.length; i++) {
        if (s[i] === s[i - lag]) equal++;
        products += v[i] * v[i - lag];
      }
      return [
        [`periodicity(${lag})`, equal],
        [`covariance(${lag})`, products],
      ];
    }),
  );
}
