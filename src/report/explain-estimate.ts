import type { Estimate, EstimatorId, SamplesReport, Scope } from "../model";
import { decisiveParagraphs } from "./explain-decisive";
import { ESTIMATOR_TEXTS } from "./explain-texts";
import { escapeMarkdown } from "./markdown";
import { count, ESTIMATOR_CLAUSES } from "./text";

/** This near to what ideal data score, in bits per bit of the symbol, a value is nothing to look into. */
const NEAR = 0.02;

/**
 * A page, in Markdown, on what one estimator says of a file: what it looks for, what it found, what decided it and where,
 * and what ideal data would score. What came from outside is escaped.
 * @param estimate one of the report's
 */
export function explainEstimate(report: SamplesReport, estimate: Estimate): string {
  const { name, looksFor, next } = ESTIMATOR_TEXTS[estimate.estimator];
  const decisive = decisiveParagraphs(report, estimate);
  const sections = [
    `# ${name}: ${SCOPES[estimate.scope]}`,
    `SP 800-90B ${ESTIMATOR_CLAUSES[estimate.estimator]} · ${escapeMarkdown(report.source.name)} · ${count(report.input.samples)} samples of ${report.input.bits} bits`,
    `**${result(report, estimate)}**`,
    "## What it looks for",
    looksFor,
    ...(decisive.length === 0 ? [] : ["## What decided it", ...decisive]),
    "## Against ideal data",
    ...ceilingParagraphs(report, estimate),
    "## The figures",
    figures(estimate),
    ...(isNearCeiling(report, estimate) ? [] : ["## What to look at next", next]),
  ];
  return `${sections.join("\n\n")}\n`;
}

const SCOPES: Readonly<Record<Scope, string>> = {
  literal: "the symbols as they are",
  bitstring: "their bits, end to end",
};

function result({ input }: SamplesReport, { minEntropy, notComputed, scope }: Estimate): string {
  if (minEntropy === null) return `Not computed. ${escapeMarkdown(notComputed ?? "")}`;
  return scope === "bitstring"
    ? `${bits(minEntropy)} bits of min-entropy per bit: ${bits(minEntropy * input.bits)} per symbol of ${input.bits} bits`
    : `${bits(minEntropy)} bits of min-entropy per symbol`;
}

function ceilingParagraphs(report: SamplesReport, estimate: Estimate): readonly string[] {
  const { ceiling, minEntropy, scope, estimator } = estimate;
  const unit = scope === "bitstring" ? "bit" : "symbol";
  if (ceiling === null) return ["The estimator has no value for ideal data of this size and width."];
  const what = `Ideal, uniform random data of this size and width typically score **${bits(ceiling)}** bits per ${unit} with this estimator: half of such files more, half less. That is its ceiling. It lies below the width of the ${unit} because the estimators are built never to promise too much: they take the pessimistic end of a confidence interval${CAUTIOUS.has(estimator) ? ", and this one uses little of what the data hold" : ""}.`;
  if (minEntropy === null) return [what];
  return [
    what,
    isNearCeiling(report, estimate)
      ? `The ${bits(minEntropy)} of these data is what ideal data score: **no weakness**. The estimator could not tell them from ideal data.`
      : `The ${bits(minEntropy)} of these data is ${bits(ceiling - minEntropy)} below that: the estimator did find something. How much it matters is told by the assessed minimum, ${report.minEntropy === null ? "which is missing" : `${bits(report.minEntropy)} bits per symbol`}${report.ceiling === null ? "" : `, beside the ${bits(report.ceiling)} that ideal data are assessed at`}.`,
  ];
}

const CAUTIOUS: ReadonlySet<EstimatorId> = new Set(["collision", "compression"]);

function isNearCeiling({ input }: SamplesReport, { minEntropy, ceiling, scope }: Estimate): boolean {
  const width = scope === "bitstring" ? 1 : input.bits;
  return minEntropy !== null && ceiling !== null && minEntropy >= ceiling - NEAR * width;
}

const bits = (value: number): string => (value > 0 && value < 1e-4 ? value.toExponential(2) : value.toFixed(4));

/** Every number that the estimate consists of, by its name in the standard. */
function figures(estimate: Estimate): string {
  const rows = Object.entries(estimate).flatMap(([key, value]: [string, unknown]) =>
    typeof value === "number" && key !== "ceiling" ? [`| ${FIGURES[key] ?? key} | ${String(value)} |`] : [],
  );
  return ["| figure | value |", "|---|---|", ...rows].join("\n");
}

const FIGURES: Readonly<Record<string, string>> = {
  minEntropy: "min-entropy",
  modeCount: "times that the most common value occurs",
  pHat: "p-hat",
  pU: "p_u, its upper bound",
  v: "v",
  sumT: "sum of t_i",
  xBar: "X-bar, the mean",
  sigmaHat: "sigma-hat, the deviation",
  xBarPrime: "X-bar', the lower bound of the mean",
  p: "p",
  p0: "P_0",
  p1: "P_1",
  p00: "P_0,0",
  p01: "P_0,1",
  p10: "P_1,0",
  p11: "P_1,1",
  pHatMax: "p-hat_max",
  t: "t, the longest tuple that occurs 35 times",
  u: "u, the shortest tuple that does not",
  N: "N, predictions",
  C: "C, right ones",
  r: "r, the longest run of right ones plus one",
  pGlobal: "P_global",
  pGlobalPrime: "P'_global, its upper bound",
  pLocal: "P_local, from the longest run",
};
