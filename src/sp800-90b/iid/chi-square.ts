import type { ChiSquareTest } from "../../model/iid";
import { bisect } from "../../numeric/bisection";
import { upperIncompleteGamma } from "../../numeric/incomplete-gamma";
import { popcount, windowAt } from "../../numeric/packed-bits";
import type { BitSequence, Sequence, SymbolSequence } from "../sequence";

/** 5.2: a test fails below this p-value. */
const ALPHA = 0.001;
/** 5.2.1 to 5.2.4: no bin, and no tuple, may be expected less often. */
const LEAST_EXPECTED = 5;
/** 5.2.2, 5.2.4: the parts that the samples are divided into. */
const PARTS = 10;
/** 5.2.3 step 2: the longest tuples of bits. */
const LONGEST_TUPLE = 11;

/** 5.2.1 and 5.2.3: whether samples depend on the one before. */
export function independenceTest(sequence: Sequence): ChiSquareTest {
  return sequence.kind === "bits" ? independenceOfBits(sequence) : independenceOfSymbols(sequence);
}

/** 5.2.2 and 5.2.4: whether the tenths of the samples have the same distribution. */
export function goodnessOfFitTest(sequence: Sequence): ChiSquareTest {
  return sequence.kind === "bits" ? fitOfBits(sequence) : fitOfSymbols(sequence);
}

/** The greatest score that passes, for what shows that rather than the p-value. */
export function chiSquareCutoff(df: number): number {
  // beyond ten standard deviations, and for few degrees of freedom far beyond
  const high = df + 10 * Math.sqrt(2 * df) + 40;
  return bisect((score) => upperIncompleteGamma(df / 2, score / 2) - ALPHA, 0, high);
}

function judge(score: number, df: number): ChiSquareTest {
  const pValue = upperIncompleteGamma(df / 2, score / 2);
  return { score, df, pValue, passed: pValue >= ALPHA, notComputed: null };
}

function notComputed(reason: string): ChiSquareTest {
  return { score: null, df: null, pValue: null, passed: false, notComputed: reason };
}

/**
 * Gathers tuples into bins, the least expected first, until a bin is expected at least five times.
 * @param expected by tuple
 * @returns the bin of each tuple, and what each bin is expected to hold
 */
function binsOf(expected: Float64Array): { binOf: Int32Array; sizes: number[] } {
  const order = Uint32Array.from(expected.keys()).sort((a, b) => expected[a] - expected[b] || a - b);
  const binOf = new Int32Array(expected.length);
  const sizes = [0];
  order.forEach((tuple, i) => {
    const bin = sizes.length - 1;
    binOf[tuple] = bin;
    sizes[bin] += expected[tuple];
    if (sizes[bin] >= LEAST_EXPECTED && i + 1 < order.length) sizes.push(0);
  });
  // What is left over joins the last full bin.
  const last = sizes.length - 1;
  if (last > 0 && sizes[last] < LEAST_EXPECTED) {
    for (let t = 0; t < binOf.length; t++) if (binOf[t] === last) binOf[t]--;
    sizes[last - 1] += sizes[last];
    sizes.pop();
  }
  return { binOf, sizes };
}

function distance(observed: ArrayLike<number>, expected: ArrayLike<number>): number {
  let score = 0;
  for (let i = 0; i < expected.length; i++) score += (observed[i] - expected[i]) ** 2 / expected[i];
  return score;
}

/** Summed up one by one, as the NIST tool does: what is as frequent as something else falls into bins by these very bits. */
function proportionsOf(symbols: Uint8Array, k: number): Float64Array {
  const proportions = new Float64Array(k);
  for (const symbol of symbols) proportions[symbol] += 1 / symbols.length;
  return proportions;
}

/** 5.2.1, over pairs that do not overlap. */
function independenceOfSymbols({ symbols, k }: SymbolSequence): ChiSquareTest {
  const n = symbols.length;
  const pairs = Math.floor(n / 2);
  const proportions = proportionsOf(symbols, k);
  const expected = new Float64Array(k * k);
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) expected[i * k + j] = proportions[i] * proportions[j] * pairs;
  const { binOf, sizes } = binsOf(expected);
  const df = sizes.length - k;
  if (df < 1) return notComputed(`The ${n} samples fill ${sizes.length} bins of pairs; more than ${k} are needed.`);
  const observed = new Float64Array(sizes.length);
  for (let i = 0; i < 2 * pairs; i += 2) observed[binOf[symbols[i] * k + symbols[i + 1]]]++;
  return judge(distance(observed, sizes), df);
}

/**
 * 5.2.2, but a part is expected to hold its own length's share of each symbol, as the NIST tool has it: the tenth of all
 * that the standard writes is more than a part can hold where the samples cannot be divided by ten.
 */
function fitOfSymbols({ symbols, k }: SymbolSequence): ChiSquareTest {
  const n = symbols.length;
  const size = Math.floor(n / PARTS);
  const expected = proportionsOf(symbols, k).map((proportion) => proportion * size);
  const { binOf, sizes } = binsOf(expected);
  const df = (PARTS - 1) * (sizes.length - 1);
  if (df < 1) return notComputed(`The ${n} samples fill one bin of symbols only; two are needed.`);
  let score = 0;
  for (let part = 0; part < PARTS; part++) {
    const observed = new Float64Array(sizes.length);
    for (let i = part * size; i < (part + 1) * size; i++) observed[binOf[symbols[i]]]++;
    score += distance(observed, sizes);
  }
  return judge(score, df);
}

function onesIn(words: Int32Array, from: number, to: number): number {
  let ones = 0;
  for (let at = from; at < to; at += 32) {
    const window = windowAt(words, at);
    ones += popcount(to - at >= 32 ? window : window >>> (32 - (to - at)));
  }
  return ones;
}

/** 5.2.3, over tuples of m bits that do not overlap. */
function independenceOfBits({ bits: { words, length } }: BitSequence): ChiSquareTest {
  const p1 = onesIn(words, 0, length) / length;
  const p0 = 1 - p1;
  let m = LONGEST_TUPLE;
  while (m > 1 && Math.min(p0, p1) ** m * Math.floor(length / m) < LEAST_EXPECTED) m--;
  if (m < 2)
    return notComputed("Pairs of the rarer bit are expected fewer than five times, which fails the test (5.2.3).");
  const tuples = Math.floor(length / m);
  const observed = new Float64Array(2 ** m);
  for (let i = 0; i < tuples; i++) observed[windowAt(words, i * m) >>> (32 - m)]++;
  const expected = Float64Array.from(observed, (_, tuple) => {
    const ones = popcount(tuple);
    return p1 ** ones * p0 ** (m - ones) * tuples;
  });
  return judge(distance(observed, expected), 2 ** m - 2);
}

/** 5.2.4 */
function fitOfBits({ bits: { words, length } }: BitSequence): ChiSquareTest {
  const size = Math.floor(length / PARTS);
  if (size === 0) return notComputed(`Fewer than ${PARTS} samples cannot be divided into ${PARTS} parts.`);
  const p1 = onesIn(words, 0, length) / length;
  const expected = [(1 - p1) * size, p1 * size];
  let score = 0;
  for (let part = 0; part < PARTS; part++) {
    const ones = onesIn(words, part * size, (part + 1) * size);
    score += distance([size - ones, ones], expected);
  }
  return judge(score, PARTS - 1);
}
