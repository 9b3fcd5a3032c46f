import type { MostCommonValueEstimate } from "../../model";
import { countOnes } from "../../numeric/packed-bits";
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
  const ones = countOnes(sequence.bits);
  return Math.max(ones, sequence.bits.length - ones);
}
