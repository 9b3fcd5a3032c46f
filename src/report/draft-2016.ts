/** The words of the Python scripts that accompanied the second draft of SP 800-90B (January 2016). */
import type { EstimatorId, FoundAssessment, FoundEstimate } from "../model";
import type { RestartResult } from "../model/restart";
import { fixed, general } from "./c-format";

/** A file as the scripts read it. */
export interface DraftInput {
  /** As on the command line. */
  readonly file: string;
  readonly samples: number;
  readonly bits: number;
  readonly dataset: DraftDataset;
  /** With -u: how many low bits were kept, and what they are. */
  readonly reduced: (DraftDataset & { readonly bits: number }) | null;
}

export interface DraftDataset {
  /** Distinct symbols. */
  readonly symbols: number;
  readonly least: number;
  readonly greatest: number;
}

/** What the scripts tell of their input with -v. */
export function draftInputText({ file, samples, bits, dataset, reduced }: DraftInput): string {
  return text([
    `Read in file ${file}, ${samples} bytes long.`,
    `Dataset: ${samples} ${bits}-bit symbols, ${dataset.symbols} symbols in alphabet.`,
    `Output symbol values: min = ${dataset.least}, max = ${dataset.greatest}`,
    ...(reduced === null
      ? []
      : [
          `* Using only low ${reduced.bits} bits out of ${bits}. ${reduced.symbols} symbols in reduced alphabet.`,
          `* Using output symbol values: min = ${reduced.least}, max = ${reduced.greatest}`,
        ]),
  ]);
}

/**
 * What noniid_main.py prints of its estimates.
 * @param bits per sample
 */
export function draftNonIidText(assessment: FoundAssessment, bits: number, verbose: boolean): string {
  const minEntropy = g(assessment.minEntropy ?? bits);
  return text([
    ...(verbose ? estimateLines(assessment.estimates, bits) : []),
    "-----------------------",
    `min-entropy = ${minEntropy}`,
    "",
    `Don't forget to run the sanity check on a restart dataset using H_I = ${minEntropy}`,
  ]);
}

/** What restart.py prints after it has read its input. */
export function draftRestartText({ sanity, verdict, minEntropy }: RestartResult, verbose: boolean): string {
  const cutoff = sanity.rules.find(({ rule }) => rule === sanity.decidedBy)?.cutoff;
  const details = [
    "",
    "Running sanity check on row dataset:",
    `- F_R: ${sanity.row.count}`,
    "Running sanity check on column dataset:",
    `- F_C: ${sanity.column.count}`,
    ...(cutoff === undefined ? [] : [`U: ${fixed(cutoff)}`]),
  ];
  const outcome =
    verdict === "pass" && minEntropy !== null
      ? ["Passed the restart tests", `*** Final entropy estimate: ${fixed(minEntropy)}`]
      : ["Failed the restart tests", "*** Validation failed. No entropy estimate awarded."];
  return text([...(verbose ? details : []), ...outcome]);
}

const STATISTICS: readonly (readonly [EstimatorId, string])[] = [
  ["most-common-value", "Most Common Value"],
  ["collision", "Collision"],
  ["markov", "Markov"],
  ["compression", "Compression"],
  ["t-tuple", "t-Tuple"],
  ["lrs", "LRS"],
];

const PREDICTORS: readonly (readonly [EstimatorId, string])[] = [
  ["multi-mcw", "MultiMCW"],
  ["lag", "Lag"],
  ["multi-mmc", "MultiMMC"],
  ["lz78y", "LZ78Y"],
];

function estimateLines(estimates: readonly FoundEstimate[], bits: number): string[] {
  const deciding = ([id, name]: readonly [EstimatorId, string]) => {
    const least = estimates
      .filter(({ estimator }) => estimator === id)
      .flatMap((estimate) => perSymbol(estimate, bits))
      .toSorted((a, b) => a.h - b.h)
      .at(0);
    return { name: `${name} Estimate`, least };
  };
  const result = ({ name, least }: ReturnType<typeof deciding>) =>
    `${name}: ${least === undefined ? "not computed" : `p(max) = ${g(2 ** -least.h)}, min-entropy = ${g(least.h)}`}`;
  return [
    "",
    "Running entropic statistic estimates:",
    ...STATISTICS.map((statistic) => `- ${result(deciding(statistic))}`),
    "",
    "Running predictor estimates:",
    ...PREDICTORS.flatMap(([id, name], i) => {
      const predictor = deciding([id, `${name} Prediction`]);
      const lines = [
        `\rComputing ${predictor.name}: 100 percent complete`,
        ...predictionLines(predictor.least?.estimate),
        result(predictor),
      ];
      return i < PREDICTORS.length - 1 ? [...lines, ""] : lines;
    }),
  ];
}

/** An estimate in bits per symbol; none where there is no value. */
function perSymbol(estimate: FoundEstimate, bits: number): { readonly estimate: FoundEstimate; readonly h: number }[] {
  const { scope, minEntropy } = estimate;
  return minEntropy === null ? [] : [{ estimate, h: scope === "literal" ? minEntropy : bits * minEntropy }];
}

function predictionLines(estimate: FoundEstimate | undefined): string[] {
  if (estimate === undefined || !("pGlobalPrime" in estimate)) return [];
  const line = (name: string, p: number | null) => (p === null ? [] : [`\t${name}: ${fixed(p)}`]);
  return [...line("Pglobal", estimate.pGlobalPrime), ...line("Plocal", estimate.pLocal)];
}

/** Python's `%g`. */
const g = (value: number) => general(value, 6);
const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");
