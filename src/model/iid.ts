/** Section 5.1: the distances at which periodicity and covariance look. */
export type PermutationLag = 1 | 2 | 8 | 16 | 32;

/** The statistics of 5.1.1 to 5.1.11, by the names that the NIST tool's output has. */
export type PermutationStatistic =
  | "excursion"
  | "numDirectionalRuns"
  | "lenDirectionalRuns"
  | "numIncreasesDecreases"
  | "numRunsMedian"
  | "lenRunsMedian"
  | "avgCollision"
  | "maxCollision"
  | `periodicity(${PermutationLag})`
  | `covariance(${PermutationLag})`
  | "compression";

/** How a statistic of the samples ranks among those of their permutations. */
export interface PermutationRank {
  /** Of the samples as they are. */
  readonly original: number;
  /** C_0, C_1, C_2: permutations whose statistic was greater, the same, less. */
  readonly greater: number;
  readonly equal: number;
  readonly less: number;
  /** Permutations that have to change sides for the other verdict; for one that passed, those beyond what was needed. */
  readonly margin: number;
  readonly passed: boolean;
}

/** Every statistic's rank. */
export type PermutationRanks = Readonly<Record<PermutationStatistic, PermutationRank>>;

/** 5.2.1 to 5.2.4 */
export interface ChiSquareTest {
  readonly score: number | null;
  readonly df: number | null;
  readonly pValue: number | null;
  readonly passed: boolean;
  /** Why there is no score; null when there is one. */
  readonly notComputed: string | null;
}

/** 5.2.5 */
export interface LongestRepeatedSubstringTest {
  /** The probability that two samples are equal. */
  readonly pCol: number;
  /** W, the length of the longest repeated substring. */
  readonly length: number;
  /** The probability that independent samples repeat one as long. */
  readonly pValue: number;
  readonly passed: boolean;
}

/** Section 5: whether the samples look independent and identically distributed. */
export interface IidTests {
  /** The same one gives the same permutations, and with them the same verdict. */
  readonly seed: number;
  /** Permutations looked at; fewer than 10,000 where every statistic was decided before. */
  readonly permutations: number;
  readonly permutation: PermutationRanks;
  /** Whether every statistic passed. */
  readonly permutationPassed: boolean;
  readonly chiSquareIndependence: ChiSquareTest;
  readonly chiSquareGoodnessOfFit: ChiSquareTest;
  readonly longestRepeatedSubstring: LongestRepeatedSubstringTest;
  readonly verdict: "pass" | "fail";
}

/** How far the permutation tests are. */
export interface IidProgress {
  readonly permutations: number;
  /** How many it will probably take; an estimate that changes as counts come in. */
  readonly expected: number;
  /** By the rate of late; null until enough is known. */
  readonly secondsLeft: number | null;
  readonly permutation: PermutationRanks;
}
