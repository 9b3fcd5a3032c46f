import type { FoundEstimate } from "../model";
import { NIST_NAMES, NIST_PARTS, detailLines, resultLine, type NistVerbosity } from "./ea-estimates";
import { inputLines, totalLines, totals, type EaAssessment } from "./ea-input";
import { nistJson, type NistRun, type NistTestCase } from "./nist-json";

/** How this tool speaks of bits, and of symbols that are not all those of their width. */
const NOUNS = { binary: "Binary Symbols", translated: "Symbols have been translated." };

/** What ea_non_iid prints for data that it can assess. */
export function eaNonIidText(run: EaAssessment, verbosity: NistVerbosity): string {
  const lines = [...inputLines(run, verbosity, NOUNS), ...estimateLines(run, verbosity)];
  if (verbosity === 1 || verbosity === 2) lines.push("");
  lines.push(...totalLines(run, verbosity));
  return lines.map((line) => `${line}\n`).join("");
}

/** What ea_non_iid writes with -o for data that it can assess. */
export function eaNonIidJson(
  run: EaAssessment,
  { commandline, dateTimeStamp }: Pick<NistRun, "commandline" | "dateTimeStamp">,
): string {
  const testCases = NIST_PARTS.flatMap((part) => part.estimators).map((estimator): NistTestCase => {
    const of = (scope: FoundEstimate["scope"]) =>
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

function mode(estimate: FoundEstimate | null): NistTestCase {
  if (estimate?.estimator !== "most-common-value") return {};
  return { mcvEstimateMode: estimate.modeCount, mcvEstimatePHat: estimate.pHat, mcvEstimatePU: estimate.pU };
}

/** The estimates that this mode of the tool makes: -c leaves out the literal ones. */
function shown({ assessment, conditioned }: EaAssessment): readonly FoundEstimate[] {
  return conditioned ? assessment.estimates.filter((e) => e.scope === "bitstring") : assessment.estimates;
}

function estimateLines(run: EaAssessment, verbosity: NistVerbosity): string[] {
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
function tupleLines(estimates: readonly FoundEstimate[], bits: number, verbosity: NistVerbosity): string[] {
  const ofScope = (scope: FoundEstimate["scope"]) =>
    estimates.filter((e) => e.scope === scope).flatMap((e) => detailLines(e, verbosity));
  const resultsOf = (estimator: FoundEstimate["estimator"], scope?: FoundEstimate["scope"]) =>
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

const inPrintedOrder = (estimates: readonly FoundEstimate[]) =>
  [...estimates].sort((a, b) => Number(a.scope === "literal") - Number(b.scope === "literal"));

function results(estimate: FoundEstimate, bits: number, verbosity: NistVerbosity): string[] {
  if (verbosity !== 2) return [];
  return estimate.scope === "literal" ? resultLine(estimate, "", bits) : resultLine(estimate, " (bit string)", 1);
}
