import type { DecisiveMean } from "../model";

/** The figures of 6.3.2 and 6.3.4 where there are too few values for a mean and its spread. */
export const NO_MEAN = {
  xBar: null,
  sigmaHat: null,
  xBarPrime: null,
  p: null,
  foundP: false,
  decisive: null,
} as const;

/** Into so many stretches of equal length are the data cut, to say where a mean is least. */
export const STRETCHES = 16;

/** A stretch of the data, and what was summed over it. */
export interface PartialSum {
  readonly first: number;
  readonly last: number;
  readonly sum: number;
  readonly count: number;
}

/**
 * What decided a mean over all the data.
 * @param ideal its expectation over ideal data
 * @param sigmaHat the estimated deviation of a single value, as the clause has it
 * @param parts the whole data, in pieces; one at least has values
 */
export function decisiveMean(ideal: number, sigmaHat: number, parts: readonly PartialSum[]): DecisiveMean {
  const sum = parts.reduce((total, part) => total + part.sum, 0);
  const count = parts.reduce((total, part) => total + part.count, 0);
  const [lowest] = parts
    .filter((part) => part.count > 0)
    .map((part) => ({ first: part.first, last: part.last, mean: part.sum / part.count }))
    .sort((a, b) => a.mean - b.mean);
  const standardErrors = sigmaHat === 0 ? null : ((sum / count - ideal) * Math.sqrt(count)) / sigmaHat;
  return { kind: "mean", ideal, standardErrors, lowest };
}
