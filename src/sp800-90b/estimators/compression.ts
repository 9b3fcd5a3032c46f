import type { CompressionEstimate } from "../../model";
import { bisect } from "../../numeric/bisection";
import { windowAt, type PackedBits } from "../../numeric/packed-bits";
import { minEntropyOf, Z_99 } from "../confidence";
import type { BitSequence } from "../sequence";

/** 6.3.4 step 1: bits per block. */
const B = 6;
/** 6.3.4 step 2: blocks that only fill the dictionary. */
const D = 1000;
/** Distances up to this are counted, and their logarithms kept; greater ones are rare unless blocks are. */
const NEAR = 1 << 16;
/** 6.3.4 step 6: corrects the standard deviation for the dependence between distances (for b = 6). */
const C = 0.5907;

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
    return {
      ...about,
      minEntropy: null,
      notComputed,
      xBar: null,
      sigmaHat: null,
      xBarPrime: null,
      p: null,
      foundP: false,
    };
  }
  const { xBar, variance } = distanceMoments(sequence.bits, blocks);
  const sigmaHat = C * Math.sqrt(variance);
  const xBarPrime = xBar - (Z_99 * sigmaHat) / Math.sqrt(v);

  const symbols = 2 ** B;
  const expectation = (p: number): number => G(p, blocks) + (symbols - 1) * G((1 - p) / (symbols - 1), blocks);
  // The expectation falls as p grows; above what uniform blocks give, no p solves step 7.
  const foundP = expectation(1 / symbols) > xBarPrime;
  const p = foundP ? bisect((x) => expectation(x) - xBarPrime, 1 / symbols, 1) : 1 / symbols;
  return {
    ...about,
    minEntropy: foundP ? minEntropyOf(p) / B : 1,
    notComputed: null,
    xBar,
    sigmaHat,
    xBarPrime,
    p,
    foundP,
  };
}

const LOG2 = Float64Array.from({ length: NEAR }, (_, u) => (u === 0 ? 0 : Math.log2(u)));

const log2 = (u: number): number => (u < NEAR ? LOG2[u] : Math.log2(u));

/** Mean and sample variance of log2 of the distances of blocks D + 1 to the last (steps 3 to 6). */
function distanceMoments({ words }: PackedBits, blocks: number): { xBar: number; variance: number } {
  const times = new Int32Array(NEAR);
  const last = new Int32Array(2 ** B);
  let sum = 0;
  let sumOfSquares = 0;
  const add = (count: number, logarithm: number): void => {
    sum += count * logarithm;
    sumOfSquares += count * logarithm * logarithm;
  };
  for (let i = 1; i <= blocks; i++) {
    const block = windowAt(words, (i - 1) * B) >>> (32 - B);
    if (i > D) {
      // A block that was never seen has last = 0, hence the distance i that step 4b demands.
      const distance = i - last[block];
      if (distance < NEAR) times[distance]++;
      else add(1, Math.log2(distance));
    }
    last[block] = i;
  }
  times.forEach((count, distance) => count > 0 && add(count, LOG2[distance]));
  const v = blocks - D;
  const xBar = sum / v;
  return { xBar, variance: sumOfSquares / (v - 1) - xBar * xBar };
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
