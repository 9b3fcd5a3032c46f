import type { MostCommonValueEstimate } from "../../model";
import { countOnes, type PackedBits } from "../../numeric/packed-bits";
import { minEntropyOf, upperBound } from "../confidence";
import { countSymbols, lengthOf, type Sequence } from "../sequence";

/** 6.3.1: the share of the most frequent symbol. */
export function mostCommonValue(sequence: Sequence): MostCommonValueEstimate {
  const n = lengthOf(sequence);
  const { symbol, count: modeCount, first } = modeOf(sequence);
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
    decisive: { kind: "symbol", symbol: sequence.values[symbol], count: modeCount, first },
  };
}

function modeOf(sequence: Sequence): { readonly symbol: number; readonly count: number; readonly first: number } {
  if (sequence.kind === "symbols") {
    const counts = countSymbols(sequence.symbols);
    const count = Math.max(...counts);
    const symbol = counts.indexOf(count);
    return { symbol, count, first: sequence.symbols.indexOf(symbol) };
  }
  const ones = countOnes(sequence.bits);
  const zeros = sequence.bits.length - ones;
  const symbol = ones > zeros ? 1 : 0;
  return { symbol, count: Math.max(ones, zeros), first: firstBit(sequence.bits, symbol) };
}

/** Where a bit occurs first. */
function firstBit({ words }: PackedBits, bit: number): number {
  const flip = bit === 1 ? 0 : -1;
  const word = words.findIndex((w) => (w ^ flip) !== 0);
  return 32 * word + Math.clz32(words[word] ^ flip);
}
