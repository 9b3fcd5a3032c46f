import type { TTupleEstimate } from "../../model";
import type { Repeats } from "../../numeric/repeats";
import { minEntropyOf, upperBound } from "../confidence";
import { CUTOFF, longestFrequent, positionsOf, tupleAt } from "../repeats";
import { lengthOf, type Sequence } from "../sequence";

/** 6.3.5: the frequency of the most common tuple of each length, as far as one occurs at least 35 times. */
export function tTuple(sequence: Sequence, repeats: Repeats): TTupleEstimate {
  const n = lengthOf(sequence);
  const t = longestFrequent(repeats);
  const about = { estimator: "t-tuple", scope: sequence.scope } as const;
  if (t === 0) {
    const notComputed = `No symbol occurs ${CUTOFF} times, as the shortest tuples must.`;
    return { ...about, minEntropy: null, notComputed, t: null, pHatMax: null, pU: null, decisive: null };
  }
  const { mostFrequent, mostFrequentAt } = repeats;
  let pHatMax = 0;
  let length = 0;
  for (let i = 1; i <= t; i++) {
    // While Q[i] stays, both the share and its root grow with i: only the last of equal ones can be the maximum.
    if (i < t && mostFrequent[i + 1] === mostFrequent[i]) continue;
    const p = (mostFrequent[i] / (n - i + 1)) ** (1 / i);
    if (p > pHatMax) {
      pHatMax = p;
      length = i;
    }
  }
  const pU = upperBound(pHatMax, n);
  const at = mostFrequentAt[length];
  const decisive = {
    kind: "tuple",
    length,
    symbols: tupleAt(sequence, at, length),
    count: mostFrequent[length],
    positions: positionsOf(sequence, at, length),
  } as const;
  return { ...about, minEntropy: minEntropyOf(pU), notComputed: null, t, pHatMax, pU, decisive };
}
