/** The words of iid_main.py, which accompanied the second draft of SP 800-90B (January 2016). */
import type { ChiSquareTest, IidTests } from "../model/iid";
import { fixed, general } from "./c-format";

/** The IID tests, and what the script tells beside them. */
export interface DraftIidRun {
  readonly tests: IidTests;
  /** The scores up to which the chi-square tests pass; null where there is no score. */
  readonly cutoffs: { readonly independence: number | null; readonly goodnessOfFit: number | null };
  /** Bits per symbol; null when nothing could be computed. */
  readonly minEntropy: number | null;
}

/** What iid_main.py prints after it has read its input: it goes no further than the first test that fails. */
export function draftIidText(run: DraftIidRun, verbose: boolean): string {
  const told = verbose ? [...verboseLines(run)] : [];
  const minEntropy = run.minEntropy === null ? null : general(run.minEntropy, 6);
  const outcome =
    run.tests.verdict === "fail" || minEntropy === null
      ? ["IID = False"]
      : [
          "",
          "IID = True",
          `min-entropy = ${minEntropy}`,
          "",
          `Don't forget to run the sanity check on a restart dataset using H_I = ${minEntropy}`,
        ];
  return [...told, ...outcome].map((line) => `${line}\n`).join("");
}

function* verboseLines({ tests, cutoffs }: DraftIidRun): Generator<string> {
  yield* permutationLines(tests);
  yield `** ${passed(tests.permutationPassed)} iid permutation tests`;
  if (!tests.permutationPassed) return;
  const { chiSquareIndependence, chiSquareGoodnessOfFit, longestRepeatedSubstring } = tests;
  yield* chiSquareLines("independence", ",", chiSquareIndependence, cutoffs.independence);
  if (chiSquareIndependence.passed)
    yield* chiSquareLines("goodness-of-fit", "", chiSquareGoodnessOfFit, cutoffs.goodnessOfFit);
  const independent = chiSquareIndependence.passed && chiSquareGoodnessOfFit.passed;
  if (independent) yield "";
  yield `** ${passed(independent)} chi square tests`;
  if (!independent) return;
  const { length, pValue } = longestRepeatedSubstring;
  yield "LRS test";
  yield `\tW: ${length}, Pr(E>=1): ${fixed(pValue)}`;
  yield `** ${passed(longestRepeatedSubstring.passed)} LRS test`;
}

const passed = (yes: boolean) => (yes ? "Passed" : "Failed");

function permutationLines({ permutation }: IidTests): string[] {
  return [
    "",
    "Calculating statistics on original sequence",
    "Calculating statistics on permuted sequences",
    "\rpermutation tests:\t100.00 percent complete",
    "                statistic  C[i][0]  C[i][1]",
    "-".repeat(43),
    ...Object.entries(permutation).map(([name, rank]) => {
      const counts = [rank.greater, rank.equal].map((c) => ` ${String(c).padStart(8)}`).join("");
      return `${rank.passed ? name.padStart(25) : `${name.padStart(24)}*`}${counts}`;
    }),
    "(* denotes failed test)",
  ];
}

/** @param comma the script leaves one out of the second test's line */
function chiSquareLines(name: string, comma: string, test: ChiSquareTest, cutoff: number | null): string[] {
  const { score, df, notComputed } = test;
  const figures =
    score === null || df === null || cutoff === null
      ? (notComputed ?? "")
      : `score = ${general(score, 6)}, degrees of freedom = ${df}${comma} cut-off = ${general(cutoff, 6)}`;
  return [
    "",
    `Chi square ${name}`,
    `\t${figures}`,
    `** ${passed(test.passed)} chi-square ${name} ${test.passed ? "test" : "tests"}`,
  ];
}
