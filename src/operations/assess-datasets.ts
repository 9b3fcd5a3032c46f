import { setMaxListeners } from "node:events";
import type { Assessment, FoundEstimate } from "../model";
import {
  concludeAssessment,
  estimationTasks,
  INITIAL_ASSESSMENT,
  type AssessmentMode,
  type EstimationTask,
} from "../sp800-90b/assessment";
import { withCeilings, type DataSize } from "../sp800-90b/ceilings";
import { constantEstimates } from "../sp800-90b/constant-source";
import { notEnoughMemory } from "../sp800-90b/errors";
import { assessmentMemory, type SizedTask } from "../sp800-90b/memory";
import { alphabetSize } from "../sp800-90b/sequence";
import type { WorkerPool } from "../workers/pool";
import type { ProgressEvent } from "./reduce-samples";

const TITLES: Readonly<Record<EstimationTask["group"], string>> = {
  "most-common-value": "Most common value",
  counts: "Most common value, collision, Markov, compression",
  tuples: "t-tuple and longest repeated substring",
  "multi-mcw": "MultiMCW prediction",
  lag: "Lag prediction",
  "multi-mmc": "MultiMMC prediction",
  lz78y: "LZ78Y prediction",
};

/** A sequence of symbols that is assessed as a whole. */
export interface Dataset {
  /** One symbol per byte, each below 2^bits. */
  readonly symbols: Uint8Array<SharedArrayBuffer>;
  readonly bits: number;
  readonly mode?: AssessmentMode;
  /** What the progress calls it, when there are several. */
  readonly name?: string;
}

/**
 * Assesses sequences by the estimators of their track (6.1, 6.2), all estimators of all of them side by side.
 * @param from the share of the caller's work that is done before: the progress goes from there to 1
 * @returns an assessment a dataset
 * @throws UserError when there is not the memory for it; the signal's reason when it is aborted
 */
export async function* assessDatasets(
  datasets: readonly Dataset[],
  pool: WorkerPool,
  signal: AbortSignal,
  from = 0,
): AsyncGenerator<ProgressEvent, readonly Assessment[]> {
  const jobs = datasets.flatMap((dataset) => {
    const size = sizeOf(dataset);
    return tasksOf(dataset, size).map((task) => ({ dataset, task, size }));
  });
  if (jobs.length > 0) yield { type: "progress", message: stateMemory(jobs, pool.size), fraction: from };
  const fractions = jobs.map(() => 0);
  let latest = jobs.at(0);
  let wake = (): void => undefined;
  // Whatever ends this generator early also ends the tasks that still run.
  const own = new AbortController();
  const either = AbortSignal.any([signal, own.signal]);
  setMaxListeners(jobs.length, either);
  try {
    const all = Promise.all(
      jobs.map(async (job, j) => {
        const { dataset, task } = job;
        const onProgress = (fraction: number): void => {
          fractions[j] = fraction;
          latest = job;
          wake();
        };
        const params = { samples: dataset.symbols, bits: dataset.bits, task };
        const estimates = await pool.run("estimate", params, { signal: either, onProgress });
        onProgress(1);
        return estimates;
      }),
    );
    for (;;) {
      const moved = new Promise<null>((resolve) => (wake = () => resolve(null)));
      const results = await Promise.race([all, moved]);
      if (results !== null)
        return datasets.map((dataset) =>
          conclude(
            dataset,
            results.filter((_, j) => jobs[j].dataset === dataset),
          ),
        );
      const done = jobs.reduce((sum, { task }, j) => sum + task.share * fractions[j], 0) / datasets.length;
      if (latest === undefined) continue;
      const { dataset, task } = latest;
      const message = `${TITLES[task.group]} (${dataset.name ?? task.scope})`;
      yield { type: "progress", message, fraction: from + (1 - from) * done };
    }
  } finally {
    own.abort();
  }
}

/**
 * Says before the work begins what memory it takes.
 * @throws UserError when there is less
 */
function stateMemory(jobs: readonly SizedTask[], threads: number): string {
  const { usual, repetitive } = assessmentMemory(jobs, threads);
  const free = process.availableMemory();
  if (usual > free) throw notEnoughMemory(usual, free);
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6).toLocaleString("en")} MB`;
  const scarce = repetitive > free ? `, more than the ${megabytes(free)} that are free` : "";
  return `Assessing in at most ${megabytes(usual)} of memory; if the data repeat themselves at length, ${megabytes(repetitive)}${scarce}`;
}

function sizeOf({ symbols, bits, mode }: Dataset): DataSize {
  return { samples: symbols.length, symbols: alphabetSize(symbols), bits, mostBits: mode?.mostBits ?? null };
}

function tasksOf({ bits, mode }: Dataset, { symbols }: DataSize): readonly EstimationTask[] {
  return symbols > 1 ? estimationTasks(symbols, bits, mode ?? INITIAL_ASSESSMENT) : [];
}

/** @param results of its tasks; none when it holds one symbol only */
function conclude(dataset: Dataset, results: readonly (readonly FoundEstimate[])[]): Assessment {
  const { symbols, bits, mode } = dataset;
  const estimates = results.length === 0 ? constantEstimates(symbols.length, symbols[0]) : results.flat();
  return withCeilings(concludeAssessment(estimates, bits, mode?.track), sizeOf(dataset));
}
