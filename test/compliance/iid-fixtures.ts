import type { IidTests, PermutationRank, PermutationStatistic } from "../../src/model/iid";
import { mapStatistics } from "../../src/sp800-90b/iid/statistics";

/** As the permutation tests count it: six on either side pass. */
export function rank(greater: number, equal: number, less: number): PermutationRank {
  const rarer = equal + Math.min(greater, less);
  const passed = rarer > 5;
  return { original: 1, greater, equal, less, margin: passed ? rarer - 5 : 6 - rarer, passed };
}

/** Tests that pass but for what is given. */
export function iidTests(
  ranks: Partial<Record<PermutationStatistic, PermutationRank>>,
  { independent = true }: { readonly independent?: boolean } = {},
): IidTests {
  const permutation = { ...mapStatistics(() => rank(100, 0, 100)), ...ranks };
  const permutationPassed = Object.values(permutation).every(({ passed }) => passed);
  const chiSquare = { score: 1, df: 1, pValue: 0.5, passed: true, notComputed: null };
  return {
    seed: 42,
    permutations: 200,
    permutation,
    permutationPassed,
    chiSquareIndependence: { ...chiSquare, passed: independent },
    chiSquareGoodnessOfFit: chiSquare,
    longestRepeatedSubstring: { pCol: 0.1, length: 3, pValue: 0.9, passed: true },
    verdict: permutationPassed && independent ? "pass" : "fail",
  };
}
