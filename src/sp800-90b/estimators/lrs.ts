import type { LrsEstimate } from "../../model";
import type { Repeats } from "../../numeric/repeats";
import { minEntropyOf, upperBound } from "../confidence";
import { CUTOFF, longestFrequent, tupleAt } from "../repeats";
import { lengthOf, type Sequence } from "../sequence";

/** 6.3.6: the chance that two tuples are equal, at the lengths too long for the t-tuple estimate. */
export function lrs(sequence: Sequence, repeats: Repeats): LrsEstimate {
  const n = lengthOf(sequence);
  const u = longestFrequent(repeats) + 1;
  const v = repeats.longest;
  const about = { estimator: "lrs", scope: sequence.scope } as const;
  if (v < u) {
    const notComputed = `No tuple of ${u} or more symbols occurs twice, and every shorter length has one that occurs ${CUTOFF} times.`;
    return { ...about, minEntropy: null, notComputed, u: null, v: null, pHat: null, pU: null, decisive: null };
  }
  const { pairs, longestAt } = repeats;
  let pHat = 0;
  let length = 0;
  for (let W = u; W <= v; W++) {
    // As in the t-tuple estimate, only the last of equal ones can be the maximum.
    if (W < v && pairs[W + 1] === pairs[W]) continue;
    const tuples = n - W + 1;
    const p = (pairs[W] / ((tuples * (tuples - 1)) / 2)) ** (1 / W);
    if (p > pHat) {
      pHat = p;
      length = W;
    }
  }
  const pU = upperBound(pHat, n);
  const positions = [Math.min(...longestAt), Math.max(...longestAt)] as const;
  const longest = { length: v, symbols: tupleAt(sequence, positions[0], v), positions };
  const decisive = { kind: "repeats", length, pairs: pairs[length], longest } as const;
  return { ...about, minEntropy: minEntropyOf(pU), notComputed: null, u, v, pHat, pU, decisive };
}
