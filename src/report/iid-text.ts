import type { ChiSquareTest, IidTests, LongestRepeatedSubstringTest, PermutationStatistic } from "../model/iid";
import { general } from "./c-format";

/** The clauses of NIST SP 800-90B that define the statistics of the permutation tests. */
const CLAUSES: Readonly<Record<PermutationStatistic, string>> = {
  excursion: "5.1.1",
  numDirectionalRuns: "5.1.2",
  lenDirectionalRuns: "5.1.3",
  numIncreasesDecreases: "5.1.4",
  numRunsMedian: "5.1.5",
  lenRunsMedian: "5.1.6",
  avgCollision: "5.1.7",
  maxCollision: "5.1.8",
  "periodicity(1)": "5.1.9",
  "periodicity(2)": "5.1.9",
  "periodicity(8)": "5.1.9",
  "periodicity(16)": "5.1.9",
  "periodicity(32)": "5.1.9",
  "covariance(1)": "5.1.10",
  "covariance(2)": "5.1.10",
  "covariance(8)": "5.1.10",
  "covariance(16)": "5.1.10",
  "covariance(32)": "5.1.10",
  compression: "5.1.11",
};

/** The IID tests as a table for people: every statistic with its counts, then the tests that need no permutations. */
export function iidLines(iid: IidTests): string[] {
  const names = Object.keys(CLAUSES) as PermutationStatistic[];
  const head = ["as sampled", "C0", "C1", "C2", "margin"];
  return [
    `IID tests, seed ${iid.seed}, ${iid.permutations} permutations`,
    row("", "", head, ""),
    ...names.map((name) => {
      const { original, greater, equal, less, margin, passed } = iid.permutation[name];
      const values = [general(original, 10), ...[greater, equal, less, margin].map(String)];
      return row(CLAUSES[name], name, values, outcome(passed));
    }),
    chiSquareLine("chi-square independence", iid.chiSquareIndependence),
    chiSquareLine("chi-square goodness of fit", iid.chiSquareGoodnessOfFit),
    repeatLine(iid.longestRepeatedSubstring),
  ];
}

function row(clause: string, name: string, [value, ...counts]: readonly string[], end: string): string {
  const cells = counts.map((count) => count.padStart(8)).join("");
  return `  ${clause.padEnd(8)}${name.padEnd(22)}${value.padStart(14)}${cells}  ${end}`.trimEnd();
}

function chiSquareLine(name: string, { score, df, pValue, passed, notComputed }: ChiSquareTest): string {
  const figures =
    score === null || df === null || pValue === null
      ? `not computed: ${notComputed ?? ""}`
      : `score ${general(score, 8)}, ${df} degrees of freedom, p = ${general(pValue, 6)}`;
  return test("5.2", name, figures, passed);
}

function repeatLine({ length, pCol, pValue, passed }: LongestRepeatedSubstringTest): string {
  const figures = `W = ${length}, p_col = ${general(pCol, 6)}, p = ${general(pValue, 6)}`;
  return test("5.2.5", "longest repeated substring", figures, passed);
}

const test = (clause: string, name: string, figures: string, passed: boolean) =>
  `  ${clause.padEnd(8)}${name.padEnd(28)}${figures}  ${outcome(passed)}`;

const outcome = (passed: boolean) => (passed ? "passed" : "FAILED");
