import type { ChiSquareTest, IidTests, LongestRepeatedSubstringTest } from "../../model/iid";
import type { Progress } from "../progress";
import { literalSequence } from "../sequence";
import { goodnessOfFitTest, independenceTest } from "./chi-square";
import { longestRepeatedSubstringTest } from "./longest-repeated-substring";
import type { PermutationTally } from "./permutation";

/** The tests of 5.2, which need no permutations. */
export interface DirectTests {
  readonly chiSquareIndependence: ChiSquareTest;
  readonly chiSquareGoodnessOfFit: ChiSquareTest;
  readonly longestRepeatedSubstring: LongestRepeatedSubstringTest;
}

/** @param samples two distinct values or more */
export function directTests(samples: Uint8Array, progress: Progress): DirectTests {
  const sequence = literalSequence(samples);
  return {
    chiSquareIndependence: independenceTest(sequence),
    chiSquareGoodnessOfFit: goodnessOfFitTest(sequence),
    longestRepeatedSubstring: longestRepeatedSubstringTest(sequence, progress),
  };
}

/** Section 5: samples pass as independent and identically distributed if every single test passes. */
export function concludeIid(direct: DirectTests, tally: PermutationTally, seed: number): IidTests {
  const permutation = tally.ranks();
  const { chiSquareIndependence, chiSquareGoodnessOfFit, longestRepeatedSubstring } = direct;
  const permutationPassed = Object.values(permutation).every(({ passed }) => passed);
  const passed =
    permutationPassed &&
    chiSquareIndependence.passed &&
    chiSquareGoodnessOfFit.passed &&
    longestRepeatedSubstring.passed;
  const { permutations } = tally;
  return { seed, permutations, permutation, permutationPassed, ...direct, verdict: passed ? "pass" : "fail" };
}
