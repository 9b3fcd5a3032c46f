import type { ChiSquareTest, IidTests, LongestRepeatedSubstringTest, PermutationStatistic } from "../model/iid";
import { fixed, general } from "./c-format";
import { detailLines, type NistVerbosity } from "./ea-estimates";
import { inputLines, totalLines, totals, type EaAssessment } from "./ea-input";
import { nistJson, type NistRun, type NistTestCase } from "./nist-json";

/** An assessment on the IID track and its tests, with what ea_iid tells about its input. */
export interface IidRun extends EaAssessment {
  readonly tests: IidTests;
  readonly mean: number;
  /** Of the symbols as they were mapped. */
  readonly median: number;
}

/** How this tool speaks of bits, and of symbols that are not all those of their width. */
const NOUNS = { binary: "Binary samples", translated: "Samples have been translated" };

/**
 * What ea_iid prints for data that it can assess. The tool also prints how far the permutations are, a line for each;
 * these lines are left out.
 */
export function eaIidText(run: IidRun, verbosity: NistVerbosity): string {
  const lines = [
    ...inputLines(run, verbosity, NOUNS),
    ...(verbosity === 1 || verbosity === 2 ? ["Calculating baseline statistics..."] : []),
    ...statisticLines(run, verbosity),
    ...run.assessment.estimates
      .filter(({ scope }) => scope === "bitstring" || !run.conditioned)
      .flatMap((estimate) => detailLines(estimate, verbosity)),
    ...totalLines(run, verbosity),
    ...iidTestLines([run.tests], verbosity),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/**
 * What ea_iid writes with -o for data that it can assess. The tool itself gives the width for hAssessed unless it prints
 * much; here it is always what was assessed.
 */
export function eaIidJson(
  run: IidRun,
  { commandline, dateTimeStamp }: Pick<NistRun, "commandline" | "dateTimeStamp">,
): string {
  const { tests, mean, median, bits, file, sha256 } = run;
  const { hOriginal, hBitstring, assessed } = totals(run);
  const testCase = {
    testCaseDesc: "",
    hAssessed: assessed,
    hOriginal: hOriginal ?? bits,
    hBitstring: hBitstring ?? 1,
    mean,
    median,
    ...iidTestMembers([tests]),
  };
  return nistJson({ commandline, dateTimeStamp, filename: file, sha256 }, "", true, [testCase]);
}

function statisticLines({ mean, median, symbols }: IidRun, verbosity: NistVerbosity): string[] {
  const binary = String(symbols === 2);
  if (verbosity < 2) return [];
  return verbosity === 2
    ? [`\tRaw Mean: ${fixed(mean)}`, `\tMedian: ${fixed(median)}`, `\tBinary: ${binary}`, ""]
    : [`Raw Mean = ${general(mean)}`, `Median = ${general(median)}`, `Binary = ${binary}`];
}

/** What the tools tell of the tests of section 5. @param tests of each dataset that they are made of: a test passes for all */
export function iidTestLines(tests: readonly IidTests[], verbosity: NistVerbosity): string[] {
  if (verbosity === 0) return [];
  const { passedChiSquareTests, passedLongestRepeatedSubstringTest, passedIidPermutationTests } = outcomes(tests);
  const passed = (yes: boolean) => (yes ? "Passed" : "Failed");
  const verdict = (brief: string, full: string, yes: boolean) =>
    verbosity > 2 ? [`${full}: ${passed(yes)}`] : [`** ${passed(yes)} ${brief}`, ""];
  return [
    ...tests.flatMap(({ chiSquareIndependence, chiSquareGoodnessOfFit }) => [
      ...chiSquareLines("Chi square independence", chiSquareIndependence, verbosity),
      ...chiSquareLines("Chi square goodness of fit", chiSquareGoodnessOfFit, verbosity),
    ]),
    ...verdict("chi square tests", "Chi square tests", passedChiSquareTests),
    ...tests.flatMap(({ longestRepeatedSubstring }) => repeatLines(longestRepeatedSubstring, verbosity)),
    ...verdict(
      "length of longest repeated substring test",
      "Length of longest repeated substring test",
      passedLongestRepeatedSubstringTest,
    ),
    ...tests.flatMap((each) => permutationLines(each, verbosity)),
    ...verdict("IID permutation tests", "IID permutation tests", passedIidPermutationTests),
  ];
}

/** What the tools' files tell of the same: the outcomes, and of each dataset the counts above, equal and below. */
export function iidTestMembers(tests: readonly IidTests[]): NistTestCase {
  const counts = ({ permutation }: IidTests) =>
    (["greater", "equal", "less"] as const).map((side, iteration) => ({
      iteration: BigInt(iteration),
      ...Object.fromEntries(Object.entries(permutation).map(([name, rank]) => [name.replace(/[()]/g, ""), rank[side]])),
    }));
  return { ...outcomes(tests), permutationTestResults: tests.flatMap(counts) };
}

const outcomes = (tests: readonly IidTests[]) => ({
  passedChiSquareTests: tests.every(
    ({ chiSquareIndependence, chiSquareGoodnessOfFit }) =>
      chiSquareIndependence.passed && chiSquareGoodnessOfFit.passed,
  ),
  passedLongestRepeatedSubstringTest: tests.every(({ longestRepeatedSubstring }) => longestRepeatedSubstring.passed),
  passedIidPermutationTests: tests.every(({ permutationPassed }) => permutationPassed),
});

function chiSquareLines(
  name: string,
  { score, df, pValue, notComputed }: ChiSquareTest,
  verbosity: NistVerbosity,
): string[] {
  if (verbosity < 2) return [];
  if (score === null || df === null || pValue === null) {
    const reason = `*** ${notComputed ?? ""} ***`;
    return verbosity === 2 ? [name, `\t${reason}`, ""] : [`${name}: ${reason}`];
  }
  return verbosity === 2
    ? [name, `\tscore = ${fixed(score)}`, `\tdegrees of freedom = ${df}`, `\tp-value = ${fixed(pValue)}`, ""]
    : [`T = ${general(score)}`, `df = ${df}`, `P-value = ${general(pValue)}`].map((value) => `${name}: ${value}`);
}

function repeatLines({ pCol, length, pValue }: LongestRepeatedSubstringTest, verbosity: NistVerbosity): string[] {
  const name = "Literal Longest Repeated Substring results";
  if (verbosity < 2) return [];
  return verbosity === 2
    ? [name, `\tP_col: ${fixed(pCol)}`, `\tLength of LRS: ${length}`, `\tPr(X >= 1): ${fixed(pValue)}`]
    : [`P_col = ${general(pCol)}`, `W = ${length}`, `Pr(X >= 1) = ${general(pValue)}`].map((v) => `${name}: ${v}`);
}

/** The order that the tool prints them in. */
const STATISTICS: readonly PermutationStatistic[] = [
  "excursion",
  "numDirectionalRuns",
  "lenDirectionalRuns",
  "numIncreasesDecreases",
  "numRunsMedian",
  "lenRunsMedian",
  "avgCollision",
  "maxCollision",
  "periodicity(1)",
  "periodicity(2)",
  "periodicity(8)",
  "periodicity(16)",
  "periodicity(32)",
  "covariance(1)",
  "covariance(2)",
  "covariance(8)",
  "covariance(16)",
  "covariance(32)",
  "compression",
];

function permutationLines({ permutation }: IidTests, verbosity: NistVerbosity): string[] {
  if (verbosity < 2) return [];
  const original = STATISTICS.map((name) =>
    verbosity === 2
      ? `${name.padStart(23)}: ${general(permutation[name].original, 6)}`
      : `Permutation testing: Unpermuted result ${name} = ${general(permutation[name].original)}`,
  );
  const announced =
    verbosity === 2
      ? [
          "Beginning initial tests...",
          "",
          "Initial test results",
          ...original,
          "",
          "Beginning permutation tests... these may take some time",
        ]
      : original;
  return [
    ...announced,
    "",
    "",
    "                statistic  C[i][0]  C[i][1]  C[i][2]",
    "-".repeat(52),
    ...STATISTICS.map((name) => {
      const { greater, equal, less, passed } = permutation[name];
      const counts = [greater, equal, less].map((c) => String(c).padStart(8)).join("");
      return `${(passed ? name : `${name}*`).padStart(25)}${counts}`;
    }),
    "(* denotes failed test)",
    "",
  ];
}
