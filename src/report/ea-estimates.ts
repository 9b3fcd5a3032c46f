import type { EstimatorId, FoundEstimate, PredictionEstimate, Scope } from "../model";
import { fixed, general } from "./c-format";

/**
 * How much NIST's tools print: 0 with -q, 1 by default, one more for each -v. At 2 they tell what each estimator found,
 * at 3 every intermediate value, beyond that the totals alone.
 */
export type NistVerbosity = number;

/** The parts of the non-IID track in the tools' order, with the estimators that each one announces. */
export const NIST_PARTS: readonly { readonly heading: string; readonly estimators: readonly EstimatorId[] }[] = [
  { heading: "Running Most Common Value Estimate...", estimators: ["most-common-value"] },
  {
    heading: "\nRunning Entropic Statistic Estimates (bit strings only)...",
    estimators: ["collision", "markov", "compression"],
  },
  { heading: "\nRunning Tuple Estimates...", estimators: ["t-tuple", "lrs"] },
  { heading: "\nRunning Predictor Estimates...", estimators: ["multi-mcw", "lag", "multi-mmc", "lz78y"] },
];

/** What the tools call each estimator: in the line of its result, and in the file. */
export const NIST_NAMES: Readonly<Record<EstimatorId, { readonly line: string; readonly testCase: string }>> = {
  "most-common-value": { line: "Most Common Value Estimate", testCase: "Most Common Value" },
  collision: { line: "Collision Test Estimate", testCase: "Collision Test (for bit strings only)" },
  markov: { line: "Markov Test Estimate", testCase: "Markov Test (for bit strings only)" },
  compression: { line: "Compression Test Estimate", testCase: "Compression Test (for bit strings only)" },
  "t-tuple": { line: "T-Tuple Test Estimate", testCase: "T-Tuple Test" },
  lrs: { line: "LRS Test Estimate", testCase: "LRS Test" },
  "multi-mcw": {
    line: "Multi Most Common in Window (MultiMCW) Prediction Test Estimate",
    testCase: "Multi Most Common in Window Test",
  },
  lag: { line: "Lag Prediction Test Estimate", testCase: "Lag Prediction Test" },
  "multi-mmc": {
    line: "Multi Markov Model with Counting (MultiMMC) Prediction Test Estimate",
    testCase: "Multi Markov Model with Counting Test (MultiMMC)",
  },
  lz78y: { line: "LZ78Y Prediction Test Estimate", testCase: "LZ78Y Test" },
};

/** The line of a result, ` / 8 bit(s)` included; none when there is no value. */
export function resultLine({ estimator, minEntropy }: FoundEstimate, which: string, bits: number): string[] {
  if (minEntropy === null) return [];
  return [`\t${NIST_NAMES[estimator].line}${which} = ${fixed(minEntropy)} / ${nistWidth(estimator, bits)} bit(s)`];
}

/** Where samples of two values were stated to be wider, the tools still call those of the binary estimators bits. */
export function nistWidth(estimator: EstimatorId, bits: number): number {
  return estimator === "collision" || estimator === "markov" || estimator === "compression" ? 1 : bits;
}

/** The lines before it: what the estimator found on the way, or why it did not run. */
export function detailLines(estimate: FoundEstimate, verbosity: NistVerbosity): string[] {
  if (estimate.minEntropy === null) return notRunLines(estimate.estimator, verbosity);
  const label = LABELS[estimate.scope];
  if (verbosity === 2) return [`${label} ${shortDetails(estimate)}`];
  if (verbosity !== 3) return [];
  const { name, values } = longDetails(estimate);
  return [...values, `min entropy = ${general(estimate.minEntropy)}`].map((v) => `${label} ${name} Estimate: ${v}`);
}

const LABELS: Readonly<Record<Scope, string>> = { literal: "Literal", bitstring: "Bitstring" };
const PREDICTORS = { "multi-mcw": "MultiMCW", lag: "Lag", "multi-mmc": "MultiMMC", lz78y: "LZ78Y" } as const;

function notRunLines(estimator: EstimatorId, verbosity: NistVerbosity): string[] {
  const short = (test: string, samples: number) => [
    `\t*** Warning: not enough samples to run ${test} test (need more than ${samples}) ***`,
  ];
  switch (estimator) {
    case "compression":
      return short("compression", 1000);
    case "t-tuple":
      return verbosity > 1 ? ["t-Tuple Estimate: No strings are repeated 35 times. t-Tuple estimate failed."] : [];
    case "lrs":
      return ["LRS Estimate: v<u. Can't Run LRS Test."];
    case "multi-mcw":
      return short("multiMCW", 4096);
    case "multi-mmc":
      return short("multiMMC", 3);
    case "lz78y":
      return short("LZ78Y", 18);
    case "most-common-value":
    case "collision":
    case "markov":
    case "lag":
      return [];
  }
}

/** A transition that never starts has no probability; the tools print 0. */
const g = (value: number | null) => general(value ?? 0);

function shortDetails(e: FoundEstimate): string {
  switch (e.estimator) {
    case "most-common-value":
      return `MCV Estimate: mode = ${e.modeCount}, p-hat = ${g(e.pHat)}, p_u = ${g(e.pU)}`;
    case "collision":
      return `Collision Estimate: X-bar = ${g(e.xBar)}, sigma-hat = ${g(e.sigmaHat)}, p = ${g(e.p)}`;
    case "markov":
      return (
        `Markov Estimate: P_0 = ${g(e.p0)}, P_1 = ${g(e.p1)}, P_0,0 = ${g(e.p00)}, P_0,1 = ${g(e.p01)}, ` +
        `P_1,0 = ${g(e.p10)}, P_1,1 = ${g(e.p11)}, p_max = ${g(e.pHatMax)}`
      );
    case "compression":
      return `Compression Estimate: X-bar = ${g(e.xBar)}, sigma-hat = ${g(e.sigmaHat)}, p = ${g(e.p)}`;
    case "t-tuple":
      return `t-Tuple Estimate: t = ${e.t ?? 0}, p-hat_max = ${g(e.pHatMax)}, p_u = ${g(e.pU)}`;
    case "lrs":
      return `LRS Estimate: u = ${e.u ?? 0}, v = ${e.v ?? 0}, p-hat = ${g(e.pHat)}, p_u = ${g(e.pU)}`;
    case "multi-mcw":
    case "lag":
    case "multi-mmc":
    case "lz78y": {
      const local = e.pLocal === null ? "Plocal can't affect result" : `Plocal = ${g(e.pLocal)}`;
      return `${PREDICTORS[e.estimator]} Prediction Estimate: N = ${e.N}, Pglobal' = ${g(e.pGlobalPrime)} (C = ${e.C}) ${local} (r = ${e.r})`;
    }
  }
}

interface LongDetails {
  readonly name: string;
  readonly values: readonly string[];
}

function longDetails(e: FoundEstimate): LongDetails {
  switch (e.estimator) {
    case "most-common-value":
      return {
        name: "Most Common Value",
        values: [`Mode count = ${e.modeCount}`, `p-hat = ${g(e.pHat)}`, `p_u = ${g(e.pU)}`],
      };
    case "collision":
      return { name: "Collision", values: [`v = ${e.v}`, `Sum t_i = ${e.sumT}`, ...meanDetails(e)] };
    case "markov":
      return {
        name: "Markov",
        values: [
          `P_0 = ${g(e.p0)}`,
          `P_1 = ${g(e.p1)}`,
          `P_{0,0} = ${g(e.p00)}`,
          `P_{0,1} = ${g(e.p01)}`,
          `P_{1,0} = ${g(e.p10)}`,
          `P_{1,1} = ${g(e.p11)}`,
          `p-hat_max = ${g(e.pHatMax)}`,
        ],
      };
    case "compression":
      return { name: "Compression", values: meanDetails(e) };
    case "t-tuple":
      return { name: "t-Tuple", values: [`t = ${e.t ?? 0}`, `p-hat_max = ${g(e.pHatMax)}`, `p_u = ${g(e.pU)}`] };
    case "lrs":
      return {
        name: "LRS",
        values: [`u = ${e.u ?? 0}`, `v = ${e.v ?? 0}`, `p-hat = ${g(e.pHat)}`, `p_u = ${g(e.pU)}`],
      };
    case "multi-mcw":
    case "lag":
    case "multi-mmc":
    case "lz78y":
      return { name: `${PREDICTORS[e.estimator]} Prediction`, values: predictionDetails(e) };
  }
}

function meanDetails(e: Extract<FoundEstimate, { readonly foundP: boolean }>): string[] {
  return [
    `X-bar = ${g(e.xBar)}`,
    `sigma-hat = ${g(e.sigmaHat)}`,
    `X-bar' = ${g(e.xBarPrime)}`,
    e.foundP ? "Found p." : "Could Not Find p. Proceeding with the lower bound for p.",
    `p = ${g(e.p)}`,
  ];
}

function predictionDetails(e: PredictionEstimate): string[] {
  return [
    `C = ${e.C}`,
    `r = ${e.r}`,
    `N = ${e.N}`,
    `P_global = ${g(e.pGlobal)}`,
    `P_global' = ${g(e.pGlobalPrime)}`,
    e.pLocal === null ? "P_local can't change the result." : `P_local = ${g(e.pLocal)}`,
  ];
}
