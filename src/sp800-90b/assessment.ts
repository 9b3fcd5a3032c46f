import type { AssessmentPurpose, EstimatorId, FoundAssessment, FoundEstimate, Scope, Track } from "../model";
import { collision } from "./estimators/collision";
import { compression } from "./estimators/compression";
import { lag } from "./estimators/lag";
import { lrs } from "./estimators/lrs";
import { lz78y } from "./estimators/lz78y";
import { markov } from "./estimators/markov";
import { mostCommonValue } from "./estimators/most-common-value";
import { multiMcw } from "./estimators/multi-mcw";
import { multiMmc } from "./estimators/multi-mmc";
import { tTuple } from "./estimators/t-tuple";
import type { Progress } from "./progress";
import { repeatsOf } from "./repeats";
import { bitstringSequence, literalSequence, type Sequence } from "./sequence";

/**
 * What one thread computes in one go: an estimator, or those that are too cheap to hand the samples over for, or the two
 * that share a suffix sort.
 */
export type EstimationGroup = "most-common-value" | "counts" | "tuples" | "multi-mcw" | "lag" | "multi-mmc" | "lz78y";

/** A part of an assessment. */
export interface EstimationTask {
  readonly scope: Scope;
  readonly group: EstimationGroup;
  /** Its part of the whole work; all of an assessment's tasks together are 1. */
  readonly share: number;
  /** Of a bitstring, the bits from the start that are looked at; null: all. */
  readonly mostBits: number | null;
}

/** What a sequence is assessed for, and by which estimators. */
export interface AssessmentMode {
  readonly track: Track;
  /**
   * - `initial` (3.1.3): the symbols and, if they are of more than two values, their bits
   * - `restart` (3.1.4): the symbols alone, as NIST's tool has it
   * - `conditioned` (3.1.5.2): the bits alone; their least estimate is h'
   */
  readonly purpose: AssessmentPurpose | "restart";
  /** Of the bitstring, the first so many bits; null: all of it. */
  readonly mostBits: number | null;
}

/** What NIST's -t leaves of a bitstring. */
export const TRUNCATED_BITS = 1_000_000;

export const INITIAL_ASSESSMENT: AssessmentMode = { track: "non-iid", purpose: "initial", mostBits: null };

/** 6.1, 6.2 */
const GROUPS: Readonly<Record<Track, readonly EstimationGroup[]>> = {
  iid: ["most-common-value"],
  "non-iid": ["counts", "tuples", "multi-mcw", "lag", "multi-mmc", "lz78y"],
};

/** Nanoseconds a symbol of more than two values, and a bit, roughly: for the order of tasks and an even progress. */
const COST: Readonly<Record<EstimationGroup, { readonly symbol: number; readonly bit: number }>> = {
  "most-common-value": { symbol: 3, bit: 3 },
  counts: { symbol: 3, bit: 12 },
  tuples: { symbol: 120, bit: 100 },
  "multi-mcw": { symbol: 100, bit: 12 },
  lag: { symbol: 25, bit: 35 },
  "multi-mmc": { symbol: 400, bit: 75 },
  lz78y: { symbol: 150, bit: 8 },
};

/**
 * The tasks that make up the assessment of samples of at least two distinct symbols, the longest first.
 * @param symbols how many distinct ones there are
 * @param bits per sample
 */
export function estimationTasks(
  symbols: number,
  bits: number,
  { track, purpose, mostBits }: AssessmentMode = INITIAL_ASSESSMENT,
): readonly EstimationTask[] {
  const groups = GROUPS[track];
  const scopes: readonly Scope[] =
    purpose === "conditioned"
      ? ["bitstring"]
      : purpose === "restart" || symbols === 2
        ? ["literal"]
        : ["literal", "bitstring"];
  const tasks = scopes.flatMap((scope) =>
    groups.map((group) => {
      const { symbol, bit } = COST[group];
      const share = scope === "bitstring" ? bits * bit : symbols === 2 ? bit : symbol;
      return { scope, group, share, mostBits: scope === "bitstring" ? mostBits : null };
    }),
  );
  const all = tasks.reduce((sum, { share }) => sum + share, 0);
  return tasks.map((task) => ({ ...task, share: task.share / all })).sort((a, b) => b.share - a.share);
}

/**
 * Computes one task.
 * @param samples one symbol a byte, at least two distinct ones
 * @param bits per sample
 */
export function estimate(
  samples: Uint8Array,
  bits: number,
  { scope, group, mostBits }: EstimationTask,
  progress: Progress,
): readonly FoundEstimate[] {
  const sequence = scope === "literal" ? literalSequence(samples) : bitstringSequence(samples, bits, mostBits);
  switch (group) {
    case "most-common-value":
      return [mostCommonValue(sequence)];
    case "counts":
      return [mostCommonValue(sequence), ...binaryEstimates(sequence)];
    case "tuples": {
      const repeats = repeatsOf(sequence, progress);
      return [tTuple(sequence, repeats), lrs(sequence, repeats)];
    }
    case "multi-mcw":
      return [multiMcw(sequence, progress)];
    case "lag":
      return [lag(sequence, progress)];
    case "multi-mmc":
      return [multiMmc(sequence, progress)];
    case "lz78y":
      return [lz78y(sequence, progress)];
  }
}

/** 6.3.2 to 6.3.4 are defined for binary data only. */
function binaryEstimates(sequence: Sequence): readonly FoundEstimate[] {
  return sequence.kind === "bits" ? [collision(sequence), markov(sequence), compression(sequence)] : [];
}

const ORDER: readonly EstimatorId[] = [
  "most-common-value",
  "collision",
  "markov",
  "compression",
  "t-tuple",
  "lrs",
  "multi-mcw",
  "lag",
  "multi-mmc",
  "lz78y",
];

/**
 * Draws the estimates together (3.1.3, without the submitter's own): the least of those that could be computed.
 * @param estimates of all tasks, in any order
 * @param bits per sample
 */
export function concludeAssessment(
  estimates: readonly FoundEstimate[],
  bits: number,
  track: Track = "non-iid",
): FoundAssessment {
  const inOrder = estimates.toSorted(
    (a, b) => b.scope.localeCompare(a.scope) || ORDER.indexOf(a.estimator) - ORDER.indexOf(b.estimator),
  );
  const hOriginal = least(inOrder, "literal");
  const hBitstring = least(inOrder, "bitstring");
  const bounds = [hOriginal, hBitstring === null ? null : bits * hBitstring].filter((h) => h !== null);
  return {
    track,
    estimates: inOrder,
    hOriginal,
    hBitstring,
    minEntropy: bounds.length === 0 ? null : Math.min(bits, ...bounds),
  };
}

function least(estimates: readonly FoundEstimate[], scope: Scope): number | null {
  const values = estimates.filter((e) => e.scope === scope).flatMap(({ minEntropy }) => minEntropy ?? []);
  return values.length === 0 ? null : Math.min(...values);
}
