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
  const statistics = tally.ranks();
  const passed = Object.values(statistics).every((rank) => rank.passed);
  const permutation = { seed, permutations: tally.permutations, statistics, passed };
  const all = [
    permutation,
    direct.chiSquareIndependence,
    direct.chiSquareGoodnessOfFit,
    direct.longestRepeatedSubstring,
  ];
  return { permutation, ...direct, verdict: all.every((test) => test.passed) ? "pass" : "fail" };
}
