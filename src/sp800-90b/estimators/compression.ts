import type { CompressionEstimate } from "../../model";
import { bisect } from "../../numeric/bisection";
import { windowAt, type PackedBits } from "../../numeric/packed-bits";
import { minEntropyOf, Z_99 } from "../confidence";
import type { BitSequence } from "../sequence";

/** 6.3.4 step 1: bits per block. */
const B = 6;
/** 6.3.4 step 2: blocks that only fill the dictionary. */
const D = 1000;
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
  const log2 = log2Table(blocks);
  const { xBar, variance } = distanceMoments(sequence.bits, blocks, log2);
  const sigmaHat = C * Math.sqrt(variance);
  const xBarPrime = xBar - (Z_99 * sigmaHat) / Math.sqrt(v);

  const symbols = 2 ** B;
  const expectation = (p: number): number =>
    G(p, blocks, log2) + (symbols - 1) * G((1 - p) / (symbols - 1), blocks, log2);
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

function log2Table(length: number): Float64Array {
  const table = new Float64Array(length + 1);
  for (let u = 2; u <= length; u++) table[u] = Math.log2(u);
  return table;
}

/** Mean and sample variance of log2 of the distances of blocks D + 1 to the last (steps 3 to 6). */
function distanceMoments(bits: PackedBits, blocks: number, log2: Float64Array): { xBar: number; variance: number } {
  const { words } = bits;
  const times = new Int32Array(blocks + 1);
  const last = new Int32Array(2 ** B);
  for (let i = 1; i <= blocks; i++) {
    const block = windowAt(words, (i - 1) * B) >>> (32 - B);
    // A block that was never seen has last = 0, hence the distance i that step 4b demands.
    if (i > D) times[i - last[block]]++;
    last[block] = i;
  }
  let sum = 0;
  let sumOfSquares = 0;
  for (let u = 2; u <= blocks; u++) {
    if (times[u] === 0) continue;
    sum += times[u] * log2[u];
    sumOfSquares += times[u] * log2[u] * log2[u];
  }
  const v = blocks - D;
  const xBar = sum / v;
  return { xBar, variance: sumOfSquares / (v - 1) - xBar * xBar };
}

/** Step 7's G(z) = 1/v * sum over t in D + 1..blocks, u in 1..t of log2(u) F(z, t, u). */
function G(z: number, blocks: number, log2: Float64Array): number {
  if (z === 0) return 0;
  let sum = 0;
  let power = 1 - z; // (1 - z)^(u - 1), for u = 2
  for (let u = 2; u <= blocks && power > 0; u++) {
    // u < t: z^2 (1 - z)^(u - 1), once for every t in max(D, u) + 1..blocks; u = t: z (1 - z)^(t - 1), if t > D.
    const weight = u > D ? z * (blocks - u) + 1 : z * (blocks - D);
    const term = log2[u] * power * weight;
    sum += term;
    if (term < sum * 1e-18) break;
    power *= 1 - z;
  }
  return (z * sum) / (blocks - D);
}
