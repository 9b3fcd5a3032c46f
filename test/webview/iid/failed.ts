import type { IidTests } from "../../../src/model/iid";

/** What was measured of 20,000 bytes that repeat earlier ones, seed 7: two statistics need every permutation to fail. */
export const FAILED: IidTests = {
  seed: 7,
  permutations: 10000,
  permutation: {
    excursion: { original: 16251.431549999863, greater: 6, equal: 0, less: 236, margin: 1, passed: true },
    numDirectionalRuns: { original: 13263, greater: 37, equal: 0, less: 6, margin: 1, passed: true },
    lenDirectionalRuns: { original: 8, greater: 1, equal: 5, less: 49, margin: 1, passed: true },
    numIncreasesDecreases: { original: 10005, greater: 55, equal: 1, less: 5, margin: 1, passed: true },
    numRunsMedian: { original: 9879, greater: 90, equal: 0, less: 6, margin: 1, passed: true },
    lenRunsMedian: { original: 15, greater: 2, equal: 4, less: 7, margin: 1, passed: true },
    avgCollision: { original: 20.491803278688526, greater: 6, equal: 0, less: 6, margin: 1, passed: true },
    maxCollision: { original: 41, greater: 10000, equal: 0, less: 0, margin: 6, passed: false },
    "periodicity(1)": { original: 81, greater: 6, equal: 0, less: 6, margin: 1, passed: true },
    "periodicity(2)": { original: 81, greater: 6, equal: 0, less: 8, margin: 1, passed: true },
    "periodicity(8)": { original: 77, greater: 14, equal: 1, less: 5, margin: 1, passed: true },
    "periodicity(16)": { original: 87, greater: 6, equal: 0, less: 6, margin: 1, passed: true },
    "periodicity(32)": { original: 91, greater: 6, equal: 0, less: 31, margin: 1, passed: true },
    "covariance(1)": { original: 325418209, greater: 6, equal: 0, less: 15, margin: 1, passed: true },
    "covariance(2)": { original: 323217632, greater: 79, equal: 0, less: 6, margin: 1, passed: true },
    "covariance(8)": { original: 325140906, greater: 6, equal: 0, less: 43, margin: 1, passed: true },
    "covariance(16)": { original: 325105425, greater: 6, equal: 0, less: 14, margin: 1, passed: true },
    "covariance(32)": { original: 322964889, greater: 59, equal: 0, less: 6, margin: 1, passed: true },
    compression: { original: 20785, greater: 10000, equal: 0, less: 0, margin: 6, passed: false },
  },
  permutationPassed: false,
  chiSquareIndependence: {
    score: 2039.197075703162,
    df: 1710,
    pValue: 5.333597986590121e-8,
    passed: false,
    notComputed: null,
  },
  chiSquareGoodnessOfFit: { score: 6835.340054290105, df: 2268, pValue: 0, passed: false, notComputed: null },
  longestRepeatedSubstring: { pCol: 0.00407313, length: 11, pValue: 1.022786183197038e-18, passed: false },
  verdict: "fail",
};
