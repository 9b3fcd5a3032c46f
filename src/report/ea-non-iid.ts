import type { Estimate, Assessment } from "../model";
import { fixed, general } from "./c-format";
import { NIST_NAMES, NIST_PARTS, detailLines, resultLine, type NistVerbosity } from "./ea-estimates";
import { nistJson, type NistRun, type NistTestCase } from "./nist-json";

/** SP 800-90B 3.1.1 */
const MIN_SAMPLES = 1_000_000;

/** An assessment with what ea_non_iid tells about its input. */
export interface NonIidRun {
  readonly assessment: Assessment;
  /** As on the command line. */
  readonly file: string;
  /** Of the whole file, lower-case hex. */
  readonly sha256: string;
  readonly samples: number;
  /** Distinct symbols seen. */
  readonly symbols: number;
  /** Bits per symbol that the assessment used. */
  readonly bits: number;
  /** Length of the bitstring: samples * bits, or less with -t. */
  readonly bitstringLength: number;
  /** The stated width exceeds that of the data. */
  readonly narrow: boolean;
  /** -c: the bitstring alone is assessed, h' is the result. */
  readonly conditioned: boolean;
  /** -l; null when the whole file was read. */
  readonly subset: { readonly index: number; readonly samples: number } | null;
}

/** What ea_non_iid prints for data that it can assess. */
export function eaNonIidText(run: NonIidRun, verbosity: NistVerbosity): string {
  const lines = [...inputLines(run, verbosity), ...estimateLines(run, verbosity), ...totalLines(run, verbosity)];
  return lines.map((line) => `${line}\n`).join("");
}

/** What ea_non_iid writes with -o for data that it can assess. */
export function eaNonIidJson(
  run: NonIidRun,
  { commandline, dateTimeStamp }: Pick<NistRun, "commandline" | "dateTimeStamp">,
): string {
  const testCases = NIST_PARTS.flatMap((part) => part.estimators).map((estimator): NistTestCase => {
    const of = (scope: Estimate["scope"]) =>
      shown(run).find((e) => e.estimator === estimator && e.scope === scope) ?? null;
    const literal = of("literal");
    const bitstring = of("bitstring");
    const testCaseDesc = NIST_NAMES[estimator].testCase;
    if (estimator === "t-tuple")
      return { testCaseDesc, tTupleRes: literal?.minEntropy ?? null, binTTupleRes: bitstring?.minEntropy ?? null };
    if (estimator === "lrs")
      return { testCaseDesc, lrsRes: literal?.minEntropy ?? null, binLrsRes: bitstring?.minEntropy ?? null };
    return {
      testCaseDesc,
      hOriginal: literal?.minEntropy ?? null,
      hBitstring: bitstring?.minEntropy ?? null,
      ...mode(literal ?? bitstring),
    };
  });
  const { hOriginal, hBitstring, assessed } = totals(run);
  testCases.push({ testCaseDesc: "Overall", dataWordSize: run.bits, hOriginal, hBitstring, hAssessed: assessed });
  return nistJson({ commandline, dateTimeStamp, filename: run.file, sha256: run.sha256 }, "", false, testCases);
}

function mode(estimate: Estimate | null): NistTestCase {
  if (estimate?.estimator !== "most-common-value") return {};
  return { mcvEstimateMode: estimate.modeCount, mcvEstimatePHat: estimate.pHat, mcvEstimatePU: estimate.pU };
}

/** The estimates that this mode of the tool makes: -c leaves out the literal ones. */
function shown({ assessment, conditioned }: NonIidRun): readonly Estimate[] {
  return conditioned ? assessment.estimates.filter((e) => e.scope === "bitstring") : assessment.estimates;
}

function inputLines(run: NonIidRun, verbosity: NistVerbosity): string[] {
  const { file, sha256, subset, samples, symbols, bits, bitstringLength } = run;
  const block = subset === null ? "" : `, reading block ${subset.index} of size ${subset.samples}`;
  const verbose = (...lines: string[]) => (verbosity > 1 ? lines : []);
  return [
    ...verbose(`Opening file: '${file}' (SHA-256 hash ${sha256})${block}`),
    ...(run.narrow ? ["Warning: Symbols appear to be narrower than described."] : []),
    ...verbose(`Loaded ${samples} samples of ${symbols} distinct ${bits}-bit-wide symbols`),
    ...(usesBitstring(run) ? verbose(`Number of Binary Symbols: ${bitstringLength}`) : []),
    ...(samples < MIN_SAMPLES ? ["", `*** Warning: data contains less than ${MIN_SAMPLES} samples ***`, ""] : []),
    ...(symbols < 2 ** bits ? verbose("", "Symbols have been translated.") : []),
  ];
}

function estimateLines(run: NonIidRun, verbosity: NistVerbosity): string[] {
  const announced = verbosity === 1 || verbosity === 2;
  return [
    ...(announced ? ["", "Running non-IID tests...", ""] : []),
    ...NIST_PARTS.flatMap(({ heading, estimators }) => {
      const estimates = estimators.flatMap((id) => inPrintedOrder(shown(run).filter((e) => e.estimator === id)));
      const lines = estimators.includes("t-tuple")
        ? tupleLines(estimates, run.bits, verbosity)
        : estimates.flatMap((e) => [...detailLines(e, verbosity), ...results(e, run.bits, verbosity)]);
      return [...(announced ? [heading] : []), ...lines];
    }),
  ];
}

/** Both tuple estimates of a scope come from one pass, and their details before either result. */
function tupleLines(estimates: readonly Estimate[], bits: number, verbosity: NistVerbosity): string[] {
  const ofScope = (scope: Estimate["scope"]) =>
    estimates.filter((e) => e.scope === scope).flatMap((e) => detailLines(e, verbosity));
  const resultsOf = (estimator: Estimate["estimator"], scope?: Estimate["scope"]) =>
    estimates
      .filter((e) => e.estimator === estimator && (scope === undefined || e.scope === scope))
      .flatMap((e) => results(e, bits, verbosity));
  return [
    ...ofScope("bitstring"),
    ...resultsOf("t-tuple", "bitstring"),
    ...ofScope("literal"),
    ...resultsOf("t-tuple", "literal"),
    ...resultsOf("lrs"),
  ];
}

const inPrintedOrder = (estimates: readonly Estimate[]) =>
  [...estimates].sort((a, b) => Number(a.scope === "literal") - Number(b.scope === "literal"));

function results(estimate: Estimate, bits: number, verbosity: NistVerbosity): string[] {
  if (verbosity !== 2) return [];
  return estimate.scope === "literal" ? resultLine(estimate, "", bits) : resultLine(estimate, " (bit string)", 1);
}

function totalLines(run: NonIidRun, verbosity: NistVerbosity): string[] {
  const { bits } = run;
  const { hOriginal, hBitstring, assessed } = totals(run);
  if (verbosity === 0) return [];
  if (verbosity > 2)
    return [
      ...(hBitstring === null
        ? []
        : [`H_bitstring = ${general(hBitstring)}`, `H_bitstring Per Symbol = ${general(hBitstring * bits)}`]),
      ...(hOriginal === null ? [] : [`H_original = ${general(hOriginal)}`]),
      `Assessed min entropy: ${general(assessed)}`,
    ];
  if (hOriginal === null) return ["", `h': ${fixed(hBitstring ?? 1)}`];
  return [
    "",
    `H_original: ${fixed(hOriginal)}`,
    ...(hBitstring === null
      ? []
      : [
          `H_bitstring: ${fixed(hBitstring)}`,
          `min(H_original, ${bits} X H_bitstring): ${fixed(Math.min(hOriginal, bits * hBitstring))}`,
        ]),
  ];
}

const usesBitstring = ({ symbols, conditioned }: NonIidRun) => symbols > 2 || conditioned;

interface Totals {
  /** null with -c. */
  readonly hOriginal: number | null;
  /** null for binary data without -c. */
  readonly hBitstring: number | null;
  readonly assessed: number;
}

/** Where no estimator of a scope has a value, the tool is left with the most that the width allows. */
function totals(run: NonIidRun): Totals {
  const { assessment, bits, conditioned } = run;
  const hOriginal = conditioned ? null : Math.min(bits, assessment.hOriginal ?? bits);
  const hBitstring = usesBitstring(run) ? Math.min(1, assessment.hBitstring ?? 1) : null;
  return { hOriginal, hBitstring, assessed: Math.min(hOriginal ?? bits, bits * (hBitstring ?? 1)) };
}
