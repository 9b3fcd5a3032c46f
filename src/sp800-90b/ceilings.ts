import type { Assessment, EstimatorId, FoundAssessment, Scope } from "../model";
import {
  idealCollision,
  idealCompression,
  idealLrs,
  idealMarkov,
  idealMostCommonValue,
  idealPrediction,
  idealTTuple,
  least,
  LEVELS,
  type IdealValues,
} from "./ideal-data";
import { UNPREDICTED } from "./prediction";

/** What ideal data have in common with the data that are assessed. */
export interface DataSize {
  readonly samples: number;
  /** How many distinct ones there are. */
  readonly symbols: number;
  /** Per sample. */
  readonly bits: number;
  /** Of the bitstring, the first so many bits; null: all of it. */
  readonly mostBits: number | null;
}

/** An estimator, and what it looks at. */
export interface Scoped {
  readonly estimator: EstimatorId;
  readonly scope: Scope;
}

/** What ideal data score, in bits per symbol of the scope; null where there is no value for them. */
export interface Ceilings {
  /** The median of each estimate. */
  readonly each: readonly (number | null)[];
  /** The median of the least of them all, bits per sample. */
  readonly assessed: number | null;
}

/**
 * What ideal data of a size, uniform over all symbols of their width, are typically estimated and assessed at. Found from
 * the distributions of what the estimators count, in some milliseconds for any size.
 *
 * Several estimates make for a least one that is lower than each of them is by itself; the median of that is taken as if
 * they were independent. They are not quite, so the assessed ceiling is on the low side by some thousandths of a bit.
 */
export function ceilings(size: DataSize, estimates: readonly Scoped[]): Ceilings {
  const values = estimates.map((estimate) => idealValues(size, estimate));
  const perSample = values.map((v, i) => (estimates[i].scope === "bitstring" ? v.map((h) => h * size.bits) : v));
  const assessed = perSample.length === 0 ? null : median(least(perSample));
  return { each: values.map(median), assessed: assessed === null ? null : Math.min(size.bits, assessed) };
}

/** Puts beside every estimate of an assessment, and beside the assessment, what ideal data of its size score. */
export function withCeilings(assessment: FoundAssessment, size: DataSize): Assessment {
  const { each, assessed } = ceilings(size, assessment.estimates);
  const estimates = assessment.estimates.map((estimate, i) => ({ ...estimate, ceiling: each[i] }));
  return { ...assessment, estimates, ceiling: assessed };
}

function median(values: IdealValues): number | null {
  const middle = values[(LEVELS - 1) / 2];
  return middle === Infinity ? null : middle;
}

function idealValues({ samples, symbols, bits, mostBits }: DataSize, { estimator, scope }: Scoped): IdealValues {
  // Samples of two values are assessed as bits, however wide they are said to be.
  const k = scope === "bitstring" || symbols === 2 ? 2 : 2 ** bits;
  const n = scope === "bitstring" ? Math.min(samples * bits, mostBits ?? Infinity) : samples;
  const none = new Float64Array(LEVELS).fill(Infinity);
  switch (estimator) {
    case "most-common-value":
      return idealMostCommonValue(n, k);
    case "collision":
      return k === 2 ? idealCollision(n) : none;
    case "markov":
      return k === 2 ? idealMarkov(n) : none;
    case "compression":
      return k === 2 ? idealCompression(n) : none;
    case "t-tuple":
      return idealTTuple(n, k);
    case "lrs":
      return idealLrs(n, k);
    case "multi-mcw":
    case "lag":
    case "multi-mmc":
    case "lz78y":
      return idealPrediction(n - UNPREDICTED[estimator], k);
  }
}
