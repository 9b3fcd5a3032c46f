import type { LongestRepeatedSubstringTest } from "../../model/iid";
import type { Progress } from "../progress";
import { repeatsOf } from "../repeats";
import { countSymbols, lengthOf, type Sequence } from "../sequence";
import { countOnes } from "../../numeric/packed-bits";

/** 5.2.5: the test fails below this p-value. */
const ALPHA = 0.001;

/**
 * 5.2.5: whether a substring is repeated that is too long for independent samples. The NIST tool ends in an assertion
 * where all symbols are as frequent as each other; the sums here are exact.
 */
export function longestRepeatedSubstringTest(sequence: Sequence, progress: Progress): LongestRepeatedSubstringTest {
  const n = lengthOf(sequence);
  const pCol = countsOf(sequence).reduce((sum, count) => sum + count * count, 0) / (n * n);
  const length = repeatsOf(sequence, progress).longest;
  const pairs = ((n - length + 1) * (n - length)) / 2;
  const logNone = pairs * Math.log1p(-(pCol ** length));
  return { pCol, length, pValue: -Math.expm1(logNone), passed: logNone <= Math.log1p(-ALPHA) };
}

function countsOf(sequence: Sequence): readonly number[] {
  if (sequence.kind === "symbols") return [...countSymbols(sequence.symbols)];
  const ones = countOnes(sequence.bits);
  return [sequence.bits.length - ones, ones];
}
