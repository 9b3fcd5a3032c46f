import type { EstimatorId, FoundAssessment, FoundEstimate, RestartReport, Track } from "../model";
import type { RestartResult } from "../model/restart";
import { fixed, general } from "./c-format";
import { NIST_NAMES, NIST_PARTS, detailLines, nistWidth, resultLine, type NistVerbosity } from "./ea-estimates";
import { iidTestLines, iidTestMembers } from "./ea-iid";
import { nistJson, type NistRun, type NistTestCase } from "./nist-json";

/** Restart tests, with what ea_restart tells about their input. */
export interface RestartRun {
  readonly track: Track;
  readonly result: RestartResult;
  /** The row and column datasets, assessed; null when the sanity check failed. */
  readonly datasets: { readonly rows: FoundAssessment; readonly columns: FoundAssessment } | null;
  /** Of the IID track: what the tests of section 5 say of both, which does not count for the result. */
  readonly iid: RestartReport["iid"];
  /** As on the command line. */
  readonly file: string;
  /** Of the file, lower-case hex. */
  readonly sha256: string;
  readonly samples: number;
  /** Bits per sample. */
  readonly bits: number;
  /** The stated width exceeds that of the data. */
  readonly narrow: boolean;
}

const SANITY_FAILED = "Restart Sanity Check Failed";
const VALIDATION_FAILED = "min(H_r, H_c) < H_I/2, Validation Testing Failed";

/**
 * What ea_restart prints. The tool assesses the symbols only, not their bits; with -i it permutes the rows twice, where
 * these are the permutations of the rows and of the columns.
 */
export function eaRestartText(run: RestartRun, verbosity: NistVerbosity): string {
  const { sanity } = run.result;
  const lines = [...inputLines(run, verbosity), `H_I: ${fixed(sanity.hI)}`];
  if (verbosity > 0) lines.push(...sanityLines(run.result, verbosity));
  if (verbosity > 0 && sanity.passed) lines.push(...estimateLines(run, verbosity), ...validationLines(run.result));
  return lines.map((line) => `${line}\n`).join("");
}

/** What ea_restart writes with -o. */
export function eaRestartJson(
  run: RestartRun,
  { commandline, dateTimeStamp }: Pick<NistRun, "commandline" | "dateTimeStamp">,
): string {
  const { result, file, sha256 } = run;
  const { sanity, verdict } = result;
  const error = !sanity.passed ? `${SANITY_FAILED}.` : verdict === "pass" ? null : `${VALIDATION_FAILED}.`;
  return nistJson(
    { commandline, dateTimeStamp, filename: file, sha256 },
    "Restart",
    run.track === "iid",
    run.track === "iid" ? overall(run) : [...estimateCases(run), ...overall(run)],
    error,
  );
}

function estimateCases(run: RestartRun): NistTestCase[] {
  return partsFor(run).flatMap(({ estimators }) => estimators.map((id) => testCase(run, id)));
}

/** Only if both tests passed. */
function overall({ result, iid }: RestartRun): NistTestCase[] {
  const { hR, hC, sanity, verdict } = result;
  if (verdict !== "pass") return [];
  const least = { testCaseDesc: "Overall", h_r: hR, h_c: hC, h_i: sanity.hI };
  // the tool leaves mean and median as they were before it found them
  return [iid === null ? least : { ...least, mean: 0, median: 0, ...iidTestMembers([iid.rows, iid.columns]) }];
}

function testCase(run: RestartRun, estimator: EstimatorId): NistTestCase {
  const [row, column] = pair(run, estimator);
  return {
    testCaseDesc: NIST_NAMES[estimator].testCase,
    dataWordSize: nistWidth(estimator, run.bits),
    h_r: row?.minEntropy ?? null,
    h_c: column?.minEntropy ?? null,
  };
}

function inputLines(run: RestartRun, verbosity: NistVerbosity): string[] {
  const { file, sha256, samples, bits, result } = run;
  const { symbols } = result.sanity;
  const verbose = (...lines: string[]) => (verbosity > 1 ? lines : []);
  return [
    ...verbose(`Opening file: '${file}' (SHA-256 hash ${sha256})`),
    ...(run.narrow ? ["Warning: Symbols appear to be narrower than described."] : []),
    ...verbose(`Loaded ${samples} samples made up of ${symbols} distinct ${bits}-bit-wide symbols.`),
    ...(symbols < 2 ** bits ? verbose("", "Symbols have been translated.", "") : []),
  ];
}

function sanityLines({ sanity }: RestartResult, verbosity: NistVerbosity): string[] {
  const lines = sanity.rules
    .filter(({ rule }) => rule === sanity.decidedBy)
    .map(({ alpha, cutoff }) => `ALPHA: ${general(alpha)}, X_cutoff: ${cutoff}`);
  lines.push(`X_max: ${sanity.xMax}`);
  if (!sanity.passed) return [...lines, "", `*** ${SANITY_FAILED} ***`];
  return verbosity > 1 ? [...lines, "", "Restart Sanity Check Passed..."] : lines;
}

function estimateLines(run: RestartRun, verbosity: NistVerbosity): string[] {
  return [
    ...(verbosity < 3 ? ["Calculating baseline statistics..."] : []),
    "",
    run.track === "iid" ? "Running IID tests..." : "Running non-IID tests...",
    "",
    ...partsFor(run).flatMap(({ heading, estimators }) => {
      const pairs = estimators.map((id) => pair(run, id));
      // both tuple estimates of a dataset come from one pass
      const lines = estimators.includes("t-tuple")
        ? [
            ...[0, 1].flatMap((dataset) => pairs.flatMap((p) => details(p[dataset], verbosity))),
            ...pairs.flatMap((p) => [0, 1].flatMap((dataset) => results(p, dataset, run.bits, verbosity))),
          ]
        : pairs.flatMap((p) =>
            [0, 1].flatMap((dataset) => [
              ...details(p[dataset], verbosity),
              ...results(p, dataset, run.bits, verbosity),
            ]),
          );
      return [heading, ...lines];
    }),
    ...(run.iid === null ? [] : iidTestLines([run.iid.rows, run.iid.columns], verbosity)),
  ];
}

function validationLines({ hR, hC, sanity, verdict, minEntropy }: RestartResult): string[] {
  const lines = ["", `H_r: ${fixed(hR ?? 0)}`, `H_c: ${fixed(hC ?? 0)}`, `H_I: ${fixed(sanity.hI)}`, ""];
  if (verdict !== "pass" || minEntropy === null) return [...lines, `*** ${VALIDATION_FAILED} ***`];
  return [...lines, "Validation Test Passed...", "", `min(H_r, H_c, H_I): ${fixed(minEntropy)}`, ""];
}

/** The row's and the column's estimate. */
type Pair = readonly (FoundEstimate | undefined)[];

function pair({ datasets }: RestartRun, estimator: EstimatorId): Pair {
  if (datasets === null) return [];
  return [datasets.rows, datasets.columns].map(({ estimates }) =>
    estimates.find((e) => e.estimator === estimator && e.scope === "literal"),
  );
}

/** Collision, Markov and compression estimates are for binary samples only; nothing is run after a failed sanity check. */
function partsFor({ track, datasets, result }: RestartRun): typeof NIST_PARTS {
  if (datasets === null) return [];
  if (track === "iid") return NIST_PARTS.slice(0, 1);
  return result.sanity.symbols === 2 ? NIST_PARTS : NIST_PARTS.filter((p) => !p.estimators.includes("collision"));
}

function details(estimate: FoundEstimate | undefined, verbosity: NistVerbosity): string[] {
  return estimate === undefined ? [] : detailLines(estimate, verbosity);
}

function results(estimates: Pair, dataset: number, bits: number, verbosity: NistVerbosity): string[] {
  const estimate = estimates[dataset];
  if (estimate === undefined || verbosity < 2) return [];
  return resultLine(estimate, [" (Rows)", " (Cols)"][dataset], bits);
}
