import type { CollisionEstimate } from "../../model";
import type { PackedBits } from "../../numeric/packed-bits";
import { minEntropyOf, Z_99 } from "../confidence";
import type { BitSequence } from "../sequence";

/** 6.3.2, binary data only: how soon a value comes up again. */
export function collision(sequence: BitSequence): CollisionEstimate {
  const { v, sumT, sumTSquared } = collisions(sequence.bits);
  const about = { estimator: "collision", scope: sequence.scope, v, sumT } as const;
  if (v < 2) {
    const notComputed = "Fewer than two collisions occur, so their spread is not defined.";
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
  const xBar = sumT / v;
  const sigmaHat = Math.sqrt((sumTSquared - sumT * xBar) / (v - 1));
  // The mean of a time to collision is at least 2, and then the value is certain.
  const xBarPrime = Math.max(2, xBar - (Z_99 * sigmaHat) / Math.sqrt(v));
  // Step 7 for two symbols is X' = 2 + 2p(1 - p), which is at most 2.5: above that no p solves it.
  const foundP = xBarPrime < 2.5;
  const p = foundP ? 0.5 + Math.sqrt(1.25 - xBarPrime / 2) : 0.5;
  return { ...about, minEntropy: minEntropyOf(p), notComputed: null, xBar, sigmaHat, xBarPrime, p, foundP };
}

/** Among three bits two are equal, so a collision takes 2 bits or 3; one that the data's end cuts short does not count. */
function collisions({ words, length }: PackedBits): { v: number; sumT: number; sumTSquared: number } {
  let twos = 0;
  let threes = 0;
  let i = 0;
  while (i < length - 1) {
    const first = (words[i >>> 5] >>> (~i & 31)) & 1;
    const second = (words[(i + 1) >>> 5] >>> (~(i + 1) & 31)) & 1;
    if (first === second) {
      twos++;
      i += 2;
    } else {
      if (i === length - 2) break;
      threes++;
      i += 3;
    }
  }
  return { v: twos + threes, sumT: 2 * twos + 3 * threes, sumTSquared: 4 * twos + 9 * threes };
}
