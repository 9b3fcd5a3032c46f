import type { MostCommonValueEstimate } from "../../model";
import { popcount } from "../../numeric/packed-bits";
import { minEntropyOf, upperBound } from "../confidence";
import { countSymbols, lengthOf, type Sequence } from "../sequence";

/** 6.3.1: the share of the most frequent symbol. */
export function mostCommonValue(sequence: Sequence): MostCommonValueEstimate {
  const n = lengthOf(sequence);
  const modeCount = countOfMode(sequence);
  const pHat = modeCount / n;
  const pU = upperBound(pHat, n);
  return {
    estimator: "most-common-value",
    scope: sequence.scope,
    minEntropy: minEntropyOf(pU),
    notComputed: null,
    modeCount,
    pHat,
    pU,
  };
}

function countOfMode(sequence: Sequence): number {
  if (sequence.kind === "symbols") return Math.max(...countSymbols(sequence.symbols));
  const { words, length } = sequence.bits;
  let ones = 0;
  for (let i = 0; i < words.length; i++) ones += popcount(words[i]);
  return Math.max(ones, length - ones);
}
