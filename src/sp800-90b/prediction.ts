import type { DecisivePredictions, PredictionEstimate, Scope } from "../model";
import { bisect } from "../numeric/bisection";
import { minEntropyOf, upperBound } from "./confidence";

/** What a predictor achieved. */
export interface Predictions {
  /** Predictions made. */
  readonly N: number;
  /** Predictions that were right. */
  readonly C: number;
  /** The longest run of right predictions. */
  readonly longestRun: number;
  /** Where it is. */
  readonly run: DecisivePredictions["run"];
  readonly favourite: DecisivePredictions["favourite"];
}

/**
 * The steps that all four predictors end with (6.3.7 steps 4 to 8, and alike in 6.3.8 to 6.3.10).
 * @param k the alphabet's size
 */
export function predictionEstimate(
  estimator: PredictionEstimate["estimator"],
  scope: Scope,
  k: number,
  { N, C, longestRun, run, favourite }: Predictions,
): PredictionEstimate {
  const r = longestRun + 1;
  const pGlobal = C / N;
  const pGlobalPrime = C === 0 ? 1 - 0.01 ** (1 / N) : upperBound(pGlobal, N);
  const floor = Math.max(pGlobalPrime, 1 / k);
  const pLocal = localProbability(floor, r, N);
  const minEntropy = minEntropyOf(Math.max(floor, pLocal ?? 0));
  const bound = pLocal !== null ? "local" : pGlobalPrime >= 1 / k ? "global" : "alphabet";
  const decisive = { kind: "predictions", bound, run, favourite } as const;
  return { estimator, scope, minEntropy, notComputed: null, N, C, r, pGlobal, pGlobalPrime, pLocal, decisive };
}

/** A run of right predictions one after the other, from where it ends. */
export function runEndingAt(last: number, length: number): DecisivePredictions["run"] {
  return length === 0 ? null : { first: last - length + 1, last };
}

/** 6.3.7 to 6.3.10: the samples before the first that is predicted. */
export const UNPREDICTED = { "multi-mcw": 63, lag: 1, "multi-mmc": 2, lz78y: 17 } as const;

/** The figures of a predictor that had nothing to predict. */
export const NO_PREDICTION = {
  N: 0,
  C: 0,
  r: 1,
  pGlobal: null,
  pGlobalPrime: null,
  pLocal: null,
  decisive: null,
} as const;

/** For data too short to make one prediction. */
export function noPrediction(
  estimator: PredictionEstimate["estimator"],
  scope: Scope,
  required: number,
): PredictionEstimate {
  const notComputed = `The first prediction needs ${required} samples.`;
  return { estimator, scope, minEntropy: null, notComputed, ...NO_PREDICTION };
}

/**
 * The success probability under which a run as long as the longest one seen has a chance of 1 %.
 * @returns null when it cannot exceed `floor`
 */
export function localProbability(floor: number, r: number, N: number): number | null {
  const excess = (p: number): number => logProbabilityOfNoRun(p, r, N) - Math.log(0.99);
  return floor < 1 && excess(floor) > 0 ? bisect(excess, floor, 1) : null;
}

/**
 * log of the probability that N trials of success probability p hold no run of r successes:
 * (1 - px) / ((r + 1 - rx) q) * x^-(N + 1), x the root near 1 of 1 - x + q p^r x^(r + 1) = 0.
 *
 * Written in d = x - 1 and log1p: for long data d is below 1e-10, and 1 + d alone would keep five digits of it. Agrees
 * with a search in 80-bit floating point to 1e-11.
 */
export function logProbabilityOfNoRun(p: number, r: number, N: number): number {
  const q = 1 - p;
  const qpr = q * p ** r;
  let d = 0;
  for (let i = 0; i < 100; i++) {
    const next = qpr * Math.exp((r + 1) * Math.log1p(d));
    if (next === d) break;
    d = next;
  }
  if (p * d >= q) return -Infinity;
  return Math.log1p((-p * d) / q) - Math.log1p(-r * d) - (N + 1) * Math.log1p(d);
}
