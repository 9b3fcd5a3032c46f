import type { CollisionEstimate } from "../../model";
import type { PackedBits } from "../../numeric/packed-bits";
import { minEntropyOf, Z_99 } from "../confidence";
import { decisiveMean, NO_MEAN, STRETCHES, type PartialSum } from "../mean-statistic";
import type { BitSequence } from "../sequence";

/** The mean time to a collision of ideal bits: 2 or 3, each as likely as the other. */
export const IDEAL_MEAN = 2.5;

/** 6.3.2, binary data only: how soon a value comes up again. */
export function collision(sequence: BitSequence): CollisionEstimate {
  const parts = collisions(sequence.bits);
  const v = parts.reduce((sum, part) => sum + part.count, 0);
  const sumT = parts.reduce((sum, part) => sum + part.sum, 0);
  const about = { estimator: "collision", scope: sequence.scope, v, sumT } as const;
  if (v < 2) {
    const notComputed = "Fewer than two collisions occur, so their spread is not defined.";
    return { ...about, minEntropy: null, notComputed, ...NO_MEAN };
  }
  const xBar = sumT / v;
  const threes = sumT - 2 * v;
  const sumTSquared = 4 * (v - threes) + 9 * threes;
  const sigmaHat = Math.sqrt((sumTSquared - sumT * xBar) / (v - 1));
  const xBarPrime = lowerMean(xBar, sigmaHat, v);
  const { p, foundP } = probabilityOf(xBarPrime);
  const decisive = decisiveMean(IDEAL_MEAN, sigmaHat, parts);
  return { ...about, minEntropy: minEntropyOf(p), notComputed: null, xBar, sigmaHat, xBarPrime, p, foundP, decisive };
}

/** Step 6. The mean of a time to collision is at least 2, and then the value is certain. */
export function lowerMean(xBar: number, sigmaHat: number, v: number): number {
  return Math.max(2, xBar - (Z_99 * sigmaHat) / Math.sqrt(v));
}

/** Step 7 for two symbols is X' = 2 + 2p(1 - p), which is at most 2.5: above that no p solves it. */
export function probabilityOf(xBarPrime: number): { readonly p: number; readonly foundP: boolean } {
  const foundP = xBarPrime < IDEAL_MEAN;
  return { p: foundP ? 0.5 + Math.sqrt(1.25 - xBarPrime / 2) : 0.5, foundP };
}

/** Among three bits two are equal, so a collision takes 2 bits or 3; one that the data's end cuts short does not count. */
function collisions({ words, length }: PackedBits): readonly PartialSum[] {
  const parts: PartialSum[] = [];
  let i = 0;
  for (let part = 1; part <= STRETCHES; part++) {
    const first = i;
    const end = Math.floor(((length - 1) * part) / STRETCHES);
    let twos = 0;
    let threes = 0;
    while (i < end) {
      const bit = (words[i >>> 5] >>> (~i & 31)) & 1;
      const second = (words[(i + 1) >>> 5] >>> (~(i + 1) & 31)) & 1;
      if (bit === second) {
        twos++;
        i += 2;
      } else {
        if (i === length - 2) break;
        threes++;
        i += 3;
      }
    }
    parts.push({ first, last: i - 1, sum: 2 * twos + 3 * threes, count: twos + threes });
  }
  return parts;
}
