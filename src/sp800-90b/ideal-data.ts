import { normalUpperQuantile } from "../numeric/normal";
import { poissonUpperQuantile } from "../numeric/poisson";
import { Random } from "../numeric/random";
import { minEntropyOf, upperBound, Z_99 } from "./confidence";
import { IDEAL_MEAN, lowerMean, probabilityOf } from "./estimators/collision";
import * as compressionStep from "./estimators/compression";
import { mostProbablePath, STEPS } from "./estimators/markov";
import { localProbability, logProbabilityOfNoRun } from "./prediction";
import { CUTOFF } from "./repeats";

/**
 * What each estimator makes of ideal data, independent and uniform over k symbols: the distribution of its value, as
 * `LEVELS` equally likely values in ascending order, without any such data being made. Infinity where it gives no value.
 */
export type IdealValues = Float64Array;

/** Odd, so that one of the values is the median. */
export const LEVELS = 101;
/** Values of the axes of a product of two distributions. */
const GRID = 31;
/** Draws of what can only be drawn. */
const DRAWS = 505;
const SEED = 800_90;

const level = (j: number, levels: number): number => (j + 0.5) / levels;

/** `levels` equally likely values of a standard normal variable, ascending. */
const normals = (levels: number): readonly number[] =>
  Array.from({ length: levels }, (_, j) => normalUpperQuantile(1 - level(j, levels)));

const Z = normals(LEVELS);
const Z_GRID = normals(GRID);

/** @param value by the share of data that score less */
function byShare(value: (share: number) => number): IdealValues {
  return Float64Array.from({ length: LEVELS }, (_, j) => value(level(j, LEVELS)));
}

/** Many equally likely values as `LEVELS` of them. */
function condensed(values: Float64Array): IdealValues {
  const sorted = values.sort();
  return byShare((share) => sorted[Math.floor(share * sorted.length)]);
}

/**
 * How often the most frequent of `cells` equally likely symbols occurs: the number that a share of data exceeds. The
 * counts are taken as independent and Poisson; of two symbols, one count says the other.
 */
function largestCount(mean: number, cells: number, exceededBy: number): number {
  if (cells === 2) return mean + Math.sqrt(mean / 2) * normalUpperQuantile(exceededBy / 2);
  return poissonUpperQuantile(mean, -Math.expm1(Math.log1p(-exceededBy) / cells));
}

/** 6.3.1: by the largest of k counts. */
export function idealMostCommonValue(n: number, k: number): IdealValues {
  return byShare((share) => {
    const count = Math.min(n, Math.max(n / k, largestCount(n / k, k, share)));
    return minEntropyOf(upperBound(count / n, n));
  });
}

/** 6.3.2: the mean of times that are 2 or 3, of deviation 1/2. */
export function idealCollision(n: number): IdealValues {
  const v = n / IDEAL_MEAN;
  if (v < 2) return byShare(() => Infinity);
  return Float64Array.from(Z, (z) =>
    minEntropyOf(probabilityOf(lowerMean(IDEAL_MEAN + z / (2 * Math.sqrt(v)), 0.5, v)).p),
  );
}

/** 6.3.3: the probabilities of a repeated 0 and a repeated 1 vary independently of each other, each over n / 2 transitions. */
export function idealMarkov(n: number): IdealValues {
  const values = new Float64Array(GRID * GRID);
  const probability = (z: number): number => Math.min(1, Math.max(0, 0.5 + z / Math.sqrt(2 * n)));
  Z_GRID.forEach((z0, i) =>
    Z_GRID.forEach((z1, j) => {
      const [p00, p11] = [probability(z0), probability(z1)];
      const p1 = p00 + p11 < 2 ? (1 - p00) / (2 - p00 - p11) : 0.5;
      const { bits } = mostProbablePath({ initial: [1 - p1, p1], transition: [p00, 1 - p00, 1 - p11, p11] });
      values[i * GRID + j] = bits / STEPS;
    }),
  );
  return condensed(values);
}

/** 6.3.4: the mean of log2 of geometric distances is normal; what it decides is interpolated between some probabilities. */
export function idealCompression(n: number): IdealValues {
  const { B, C, D, expectedMean } = compressionStep;
  const blocks = Math.floor(n / B);
  const v = blocks - D;
  if (v < 2) return byShare(() => Infinity);
  const p0 = 2 ** -B;
  const ideal = expectedMean(p0, blocks);
  const error = (C * logDistanceDeviation(p0)) / Math.sqrt(v);
  const deficits = Z.map((z) => Z_99 * error - z * error);
  // The deficit of the mean grows with the square of p - p0, so p - p0 is taken in equal steps until it covers them all.
  const [most] = deficits;
  let step = 0.002;
  const steps: { readonly excess: number; readonly deficit: number }[] = [{ excess: 0, deficit: 0 }];
  for (let excess = step; steps[steps.length - 1].deficit < most && p0 + excess < 1; excess += step) {
    steps.push({ excess, deficit: ideal - expectedMean(p0 + excess, blocks) });
    if (steps.length % 16 === 0) step *= 2;
  }
  return Float64Array.from(deficits, (deficit) => {
    const next = steps.findIndex((s) => s.deficit >= deficit);
    if (deficit <= 0) return 1;
    if (next < 1) return 0;
    const [a, b] = [steps[next - 1], steps[next]];
    const share = (deficit - a.deficit) / (b.deficit - a.deficit);
    const square = a.excess ** 2 + share * (b.excess ** 2 - a.excess ** 2);
    return minEntropyOf(p0 + Math.sqrt(square)) / B;
  });
}

/** The standard deviation of log2 of the distance between occurrences of a block of probability p. */
function logDistanceDeviation(p: number): number {
  let mean = 0;
  let square = 0;
  for (let u = 1, mass = p; mass > 1e-18; u++, mass *= 1 - p) {
    const logarithm = Math.log2(u);
    mean += mass * logarithm;
    square += mass * logarithm * logarithm;
  }
  return Math.sqrt(square - mean * mean);
}

/**
 * 6.3.5: by the largest of k^i counts, for every length i at which it reaches the cutoff; a sequence that has an unusually
 * frequent tuple of one length has them of all.
 */
export function idealTTuple(n: number, k: number): IdealValues {
  return byShare((share) => {
    const pHat = longestFrequentTuple(n, k, share).pHat;
    return pHat === 0 ? Infinity : minEntropyOf(upperBound(pHat, n));
  });
}

/** Beyond this mean the greatest count is so near to it that a shorter tuple never decides. */
const PLENTY = 1500;

/** @param exceededBy the share of data that have more frequent tuples */
function longestFrequentTuple(n: number, k: number, exceededBy: number): { readonly t: number; readonly pHat: number } {
  let t = 0;
  let pHat = 0;
  for (let i = 1; i < n; i++) {
    const tuples = n - i + 1;
    const cells = k ** i;
    if (tuples / (cells * k) > PLENTY) continue;
    const count = Math.min(tuples, largestCount(tuples / cells, cells, exceededBy));
    if (count < CUTOFF) break;
    t = i;
    pHat = Math.max(pHat, (count / tuples) ** (1 / i));
  }
  return { t, pHat };
}

/** Of tuples of which so many are repeated, the number hardly varies. */
const REPEATS = 64;

/**
 * 6.3.6: the repeats that can be prolonged no more to the left come up like a Poisson process, and each goes on for one
 * more symbol with probability 1/k: so of each length there is a Poisson number, independent of the others.
 */
export function idealLrs(n: number, k: number): IdealValues {
  const u = longestFrequentTuple(n, k, 0.5).t + 1;
  const pairs = (n * (n - 1)) / 2;
  const from = Math.max(u, Math.floor(Math.log(pairs / REPEATS) / Math.log(k)));
  const means: number[] = [];
  for (let mean = (pairs / k ** from) * (1 - 1 / k); mean > 1e-4; mean /= k) means.push(mean * (1 - 1 / k));
  // With no repeat of length u there is no value; with shorter ones that are not looked at, about 1/k.
  const least = from > u ? 1 / k : 0;
  const random = new Random(SEED, k);
  const values = new Float64Array(DRAWS);
  for (let draw = 0; draw < DRAWS; draw++) {
    let pHat = least;
    let alive = 0;
    let equal = 0;
    for (let further = means.length - 1; further >= 0; further--) {
      alive += drawPoisson(means[further], random);
      equal += alive;
      if (equal > 0) pHat = Math.max(pHat, Math.min(1, equal / pairs) ** (1 / (from + further)));
    }
    values[draw] = pHat === 0 ? Infinity : minEntropyOf(upperBound(pHat, n));
  }
  return condensed(values);
}

function drawPoisson(mean: number, random: Random): number {
  const uniform = (): number => ((random.next() >>> 0) + 0.5) / 2 ** 32;
  if (mean > REPEATS) {
    const normal = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
    return Math.max(0, Math.round(mean + normal * Math.sqrt(mean)));
  }
  // As many as it takes for a product of uniform numbers to fall below e^-mean.
  const least = Math.exp(-mean);
  let count = -1;
  for (let product = 1; product > least; count++) product *= uniform();
  return count;
}

/**
 * 6.3.7 to 6.3.10: whatever predicts, each prediction is right with probability 1/k, regardless of all others. So the
 * number of right ones is binomial, and the longest run is that of such trials.
 * @param N predictions
 */
export function idealPrediction(N: number, k: number): IdealValues {
  if (N < 1) return byShare(() => Infinity);
  const p = 1 / k;
  const byRate = Float64Array.from(Z.toReversed(), (z) => {
    const count = Math.round(N * p + z * Math.sqrt(N * p * (1 - p)) + ((z * z - 1) * (1 - 2 * p)) / 6);
    const C = Math.min(N, Math.max(0, count));
    return minEntropyOf(Math.max(p, C === 0 ? 1 - 0.01 ** (1 / N) : upperBound(C / N, N)));
  });
  let run = 0;
  let value = NaN;
  const byRun = byShare((share) => share);
  for (let j = LEVELS - 1; j >= 0; j--) {
    while (run < N && -Math.expm1(logProbabilityOfNoRun(p, run + 1, N)) > byRun[j]) {
      run++;
      value = NaN;
    }
    if (Number.isNaN(value)) value = minEntropyOf(localProbability(p, run + 1, N) ?? p);
    byRun[j] = value;
  }
  return least([byRate, byRun]);
}

/** The least of several independent values. */
export function least(values: readonly IdealValues[]): IdealValues {
  const all = Float64Array.from(values.flatMap((v) => [...v])).sort();
  const shareAbove = (x: number): number => values.reduce((product, v) => (product * above(v, x)) / v.length, 1);
  let at = 0;
  return byShare((share) => {
    while (at < all.length - 1 && shareAbove(all[at]) > 1 - share) at++;
    return all[at];
  });
}

/** How many of ascending values are greater than x. */
function above(values: IdealValues, x: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] > x) high = middle;
    else low = middle + 1;
  }
  return values.length - low;
}
