import type { CompressionEstimate, DecisiveDistances } from "../../model";
import { bisect } from "../../numeric/bisection";
import { windowAt, type PackedBits } from "../../numeric/packed-bits";
import { minEntropyOf, Z_99 } from "../confidence";
import { decisiveMean, NO_MEAN, STRETCHES, type PartialSum } from "../mean-statistic";
import type { BitSequence } from "../sequence";

/** 6.3.4 step 1: bits per block. */
export const B = 6;
/** 6.3.4 step 2: blocks that only fill the dictionary. */
export const D = 1000;
const SYMBOLS = 2 ** B;
/** Distances up to this are counted, and their logarithms kept; greater ones are rare unless blocks are. */
const NEAR = 1 << 16;
/** 6.3.4 step 6: corrects the standard deviation for the dependence between distances (for b = 6). */
export const C = 0.5907;

/**
 * 6.3.4, binary data only: Maurer's universal statistic, the mean of log2 of the distance between equal blocks.
 *
 * The standard sums G(z) over every pair of a block and a distance. Turned round, each distance u enters with a weight
 * that is a difference of counts, and (1 - z)^u fades below a double's last bit after some 40 / z terms: an evaluation
 * takes thousands of steps, not the square of the number of blocks.
 */
export function compression(sequence: BitSequence): CompressionEstimate {
  const blocks = Math.floor(sequence.bits.length / B);
  const v = blocks - D;
  const about = { estimator: "compression", scope: sequence.scope } as const;
  if (v < 2) {
    const notComputed = `Fewer than ${(D + 2) * B} bits: the first ${D} blocks of ${B} bits only fill the dictionary.`;
    return { ...about, minEntropy: null, notComputed, ...NO_MEAN };
  }
  const { parts, variance } = distanceMoments(sequence.bits, blocks);
  const xBar = parts.reduce((sum, part) => sum + part.sum, 0) / v;
  const sigmaHat = C * Math.sqrt(variance);
  const xBarPrime = xBar - (Z_99 * sigmaHat) / Math.sqrt(v);
  const ideal = expectedMean(1 / SYMBOLS, blocks);
  // The expectation falls as p grows; above what uniform blocks give, no p solves step 7.
  const foundP = ideal > xBarPrime;
  const p = foundP ? bisect((x) => expectedMean(x, blocks) - xBarPrime, 1 / SYMBOLS, 1) : 1 / SYMBOLS;
  return {
    ...about,
    minEntropy: foundP ? minEntropyOf(p) / B : 1,
    notComputed: null,
    xBar,
    sigmaHat,
    xBarPrime,
    p,
    foundP,
    decisive: { ...decisiveMean(ideal, sigmaHat, parts), block: mostFrequentBlock(sequence.bits, blocks) },
  };
}

/** Step 7's right side: the mean of log2 of the distances, if one block has probability p and all others the same. */
export function expectedMean(p: number, blocks: number): number {
  return G(p, blocks) + (SYMBOLS - 1) * G((1 - p) / (SYMBOLS - 1), blocks);
}

const LOG2 = Float64Array.from({ length: NEAR }, (_, u) => (u === 0 ? 0 : Math.log2(u)));

const log2 = (u: number): number => (u < NEAR ? LOG2[u] : Math.log2(u));

/** Sums and sample variance of log2 of the distances of blocks D + 1 to the last (steps 3 to 6). */
function distanceMoments(
  { words }: PackedBits,
  blocks: number,
): { readonly parts: readonly PartialSum[]; readonly variance: number } {
  const times = new Int32Array(NEAR);
  const last = new Int32Array(SYMBOLS);
  const v = blocks - D;
  let sum = 0;
  let sumOfSquares = 0;
  const add = (count: number, logarithm: number): void => {
    sum += count * logarithm;
    sumOfSquares += count * logarithm * logarithm;
  };
  for (let i = 1; i <= D; i++) last[windowAt(words, (i - 1) * B) >>> (32 - B)] = i;
  const parts: PartialSum[] = [];
  let all = 0;
  for (let part = 1, i = D + 1; part <= STRETCHES; part++) {
    const first = i;
    const end = D + Math.floor((v * part) / STRETCHES);
    for (; i <= end; i++) {
      const block = windowAt(words, (i - 1) * B) >>> (32 - B);
      // A block that was never seen has last = 0, hence the distance i that step 4b demands.
      const distance = i - last[block];
      if (distance < NEAR) times[distance]++;
      else add(1, Math.log2(distance));
      last[block] = i;
    }
    for (let distance = 1; distance < NEAR; distance++) {
      const count = times[distance];
      if (count > 0) add(count, LOG2[distance]);
    }
    times.fill(0);
    parts.push({ first: (first - 1) * B, last: end * B - 1, sum, count: end - first + 1 });
    all += sum;
    sum = 0;
  }
  return { parts, variance: sumOfSquares / (v - 1) - (all / v) ** 2 };
}

function mostFrequentBlock({ words }: PackedBits, blocks: number): DecisiveDistances["block"] {
  const counts = new Int32Array(SYMBOLS);
  for (let at = 0; at < blocks * B; at += B) counts[windowAt(words, at) >>> (32 - B)]++;
  const count = Math.max(...counts);
  const block = counts.indexOf(count);
  let first = 0;
  while (windowAt(words, first) >>> (32 - B) !== block) first += B;
  return { bits: block.toString(2).padStart(B, "0"), count, first };
}

/** Step 7's G(z) = 1/v * sum over t in D + 1..blocks, u in 1..t of log2(u) F(z, t, u). */
function G(z: number, blocks: number): number {
  if (z === 0) return 0;
  let sum = 0;
  let power = 1 - z; // (1 - z)^(u - 1), for u = 2
  for (let u = 2; u <= blocks && power > 0; u++) {
    // u < t: z^2 (1 - z)^(u - 1), once for every t in max(D, u) + 1..blocks; u = t: z (1 - z)^(t - 1), if t > D.
    const weight = u > D ? z * (blocks - u) + 1 : z * (blocks - D);
    const term = log2(u) * power * weight;
    sum += term;
    if (term < sum * 1e-18) break;
    power *= 1 - z;
  }
  return (z * sum) / (blocks - D);
}
