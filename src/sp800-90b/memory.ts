import type { EstimationTask } from "./assessment";
import type { DataSize } from "./ceilings";
import { bytesOfSuffixArray } from "../numeric/repeats";
import { bytesOfWindowSort } from "../numeric/suffix-windows";

/** What the dictionary of MultiMMC or LZ78Y takes over wide alphabets, whatever the number of samples: its strings. */
const DICTIONARY = 60_000_000;
/** LZ78Y besides counts every continuation of so many contexts. */
const CONTEXTS = 65_792;
/** What an estimator takes besides: tables, the thread itself. */
const THREAD = 16_000_000;

/** Bytes that an assessment takes at most, besides the samples themselves. */
export interface AssessmentMemory {
  /** Of data like most. */
  readonly usual: number;
  /** Of data that repeat themselves at length: their repeats are found by another way, which needs more. */
  readonly repetitive: number;
}

/** A task, and the data that it is part of the assessment of. */
export interface SizedTask {
  readonly size: DataSize;
  readonly task: EstimationTask;
}

/**
 * What assessments will take, before they are begun: what the most demanding tasks do that can run side by side.
 * @param threads how many tasks run at once
 */
export function assessmentMemory(tasks: readonly SizedTask[], threads: number): AssessmentMemory {
  const of = (repetitive: boolean): number =>
    tasks
      .map((task) => bytesOfTask(task, repetitive))
      .sort((a, b) => b - a)
      .slice(0, threads)
      .reduce((sum, bytes) => sum + bytes, 0);
  return { usual: of(false), repetitive: of(true) };
}

function bytesOfTask({ size, task }: SizedTask, repetitive: boolean): number {
  const { samples, symbols, bits } = size;
  const { scope, group, mostBits } = task;
  const binary = scope === "bitstring" || symbols <= 2;
  const n = scope === "bitstring" ? Math.min(samples * bits, mostBits ?? Infinity) : samples;
  const width = binary ? 1 : 32 - Math.clz32(symbols - 1);
  // Symbols take a byte each, and what is made of bits is packed.
  const sequence = (scope === "literal" ? n : 0) + (binary ? n / 8 : 0);
  switch (group) {
    case "tuples": {
      const packed = binary ? 0 : (n * width) / 8;
      return THREAD + sequence + packed + (repetitive ? bytesOfSuffixArray(n) : bytesOfWindowSort(n));
    }
    case "multi-mmc":
      return THREAD + sequence + (binary ? 0 : DICTIONARY);
    case "lz78y":
      return THREAD + sequence + (binary ? 0 : DICTIONARY + 4 * CONTEXTS * symbols);
    case "most-common-value":
    case "counts":
    case "multi-mcw":
    case "lag":
      return THREAD + sequence;
  }
}
