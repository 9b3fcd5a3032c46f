import type { MarkovEstimate } from "../../model";
import { popcount } from "../../numeric/packed-bits";
import type { BitSequence } from "../sequence";

/** 6.3.3 step 3: the length of the sequences whose probability is bounded. */
const STEPS = 128;

/** 6.3.3, binary data only: the most probable sequence of 128 bits under a first-order Markov model. */
export function markov(sequence: BitSequence): MarkovEstimate {
  const { words, length } = sequence.bits;
  let ones = 0;
  let oneOne = 0;
  for (let i = 0; i < words.length - 1; i++) {
    const next = (words[i] << 1) | (words[i + 1] >>> 31);
    ones += popcount(words[i]);
    oneOne += popcount(words[i] & next);
  }
  const firstBit = words[0] >>> 31;
  const lastBit = (words[(length - 1) >>> 5] >>> (~(length - 1) & 31)) & 1;
  const fromOne = ones - lastBit;
  const fromZero = length - 1 - fromOne;
  const zeroOne = ones - firstBit - oneOne;
  const p1 = ones / length;
  const p0 = (length - ones) / length;
  const p01 = fromZero > 0 ? zeroOne / fromZero : null;
  const p00 = fromZero > 0 ? (fromZero - zeroOne) / fromZero : null;
  const p11 = fromOne > 0 ? oneOne / fromOne : null;
  const p10 = fromOne > 0 ? (fromOne - oneOne) / fromOne : null;

  // Table in step 3: the six sequences among which the most probable one is. A transition never seen rules its sequence out.
  const bits = (p: number | null, times: number): number => (p === null || p === 0 ? Infinity : -times * Math.log2(p));
  const least = Math.min(
    STEPS,
    bits(p0, 1) + bits(p00, STEPS - 1),
    bits(p0, 1) + bits(p01, STEPS / 2) + bits(p10, STEPS / 2 - 1),
    bits(p0, 1) + bits(p01, 1) + bits(p11, STEPS - 2),
    bits(p1, 1) + bits(p10, 1) + bits(p00, STEPS - 2),
    bits(p1, 1) + bits(p10, STEPS / 2) + bits(p01, STEPS / 2 - 1),
    bits(p1, 1) + bits(p11, STEPS - 1),
  );
  const about = { estimator: "markov", scope: sequence.scope, p0, p1, p00, p01, p10, p11 } as const;
  return { ...about, minEntropy: Math.max(0, least / STEPS), notComputed: null, pHatMax: 2 ** -least };
}
