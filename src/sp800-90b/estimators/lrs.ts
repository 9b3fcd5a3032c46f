import type { LrsEstimate } from "../../model";
import type { Repeats } from "../../numeric/repeats";
import { minEntropyOf, upperBound } from "../confidence";
import { CUTOFF, longestFrequent } from "../repeats";
import { lengthOf, type Sequence } from "../sequence";

/** 6.3.6: the chance that two tuples are equal, at the lengths too long for the t-tuple estimate. */
export function lrs(sequence: Sequence, repeats: Repeats): LrsEstimate {
  const n = lengthOf(sequence);
  const u = longestFrequent(repeats) + 1;
  const v = repeats.longest;
  const about = { estimator: "lrs", scope: sequence.scope } as const;
  if (v < u) {
    const notComputed = `No tuple of ${u} or more symbols occurs twice, and every shorter length has one that occurs ${CUTOFF} times.`;
    return { ...about, minEntropy: null, notComputed, u: null, v: null, pHat: null, pU: null };
  }
  const { pairs } = repeats;
  let pHat = 0;
  for (let W = u; W <= v; W++) {
    // As in the t-tuple estimate, only the last of equal ones can be the maximum.
    if (W < v && pairs[W + 1] === pairs[W]) continue;
    const tuples = n - W + 1;
    pHat = Math.max(pHat, (pairs[W] / ((tuples * (tuples - 1)) / 2)) ** (1 / W));
  }
  const pU = upperBound(pHat, n);
  return { ...about, minEntropy: minEntropyOf(pU), notComputed: null, u, v, pHat, pU };
}
