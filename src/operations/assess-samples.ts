import { setMaxListeners } from "node:events";
import { basename } from "node:path";
import { judgeSamples } from "../compliance/samples";
import { readSamples, type Samples } from "../formats/samples";
import type { Estimate, OperationEvent, SamplesReport, SamplesSource } from "../model";
import { closeReport } from "../report/build";
import { concludeNonIid, estimationTasks, type EstimationTask } from "../sp800-90b/assessment";
import { constantEstimates } from "../sp800-90b/constant-source";
import type { WorkerPool } from "../workers/pool";

type Event = OperationEvent<SamplesReport>;

const TITLES: Readonly<Record<EstimationTask["group"], string>> = {
  counts: "Most common value, collision, Markov, compression",
  tuples: "t-tuple and longest repeated substring",
  "multi-mcw": "MultiMCW prediction",
  lag: "Lag prediction",
  "multi-mmc": "MultiMMC prediction",
  lz78y: "LZ78Y prediction",
};

/**
 * Assesses a file of one sample per byte by the non-IID track of SP 800-90B (6.2), the estimators side by side.
 * @param request.bits per sample, 1 to 8; null: those of the highest bit in use
 * @throws UserError for a file that cannot be assessed; the signal's reason when it is aborted
 */
export async function* assessSamples(
  request: { readonly file: string; readonly bits: number | null },
  services: { readonly pool: WorkerPool },
  signal: AbortSignal,
): AsyncGenerator<Event> {
  const startedAt = new Date().toISOString();
  const source: SamplesSource = { kind: "samples", name: basename(request.file), file: request.file };
  yield { type: "progress", message: `Reading ${source.name}`, fraction: null };
  const samples = await readSamples(request.file, request.bits, signal);
  const { input, bitsInUse } = samples;
  const findings = judgeSamples(input, bitsInUse, { kind: "samples", id: request.file, name: source.name });
  const estimates =
    input.symbols > 1 ? yield* estimateAll(samples, services.pool, signal) : constantEstimates(input.samples);
  const body = {
    kind: "samples" as const,
    source,
    startedAt,
    findings,
    input,
    ...concludeNonIid(estimates, input.bits),
  };
  yield { type: "report", report: closeReport<SamplesReport>(body, new Date().toISOString()) };
}

/** Runs all tasks on the pool; an event tells the whole progress, and the task that moved last. */
async function* estimateAll(
  { input, values }: Samples,
  pool: WorkerPool,
  signal: AbortSignal,
): AsyncGenerator<Event, readonly Estimate[]> {
  const tasks = estimationTasks(input.symbols, input.bits);
  const fractions = tasks.map(() => 0);
  let latest = tasks[0];
  let wake = (): void => undefined;
  // Whatever ends this generator early also ends the tasks that still run.
  const own = new AbortController();
  const either = AbortSignal.any([signal, own.signal]);
  setMaxListeners(tasks.length, either);
  try {
    const all = Promise.all(
      tasks.map(async (task, t) => {
        const onProgress = (fraction: number): void => {
          fractions[t] = fraction;
          latest = task;
          wake();
        };
        const estimates = await pool.run(
          "estimate",
          { samples: values, bits: input.bits, task },
          { signal: either, onProgress },
        );
        onProgress(1);
        return estimates;
      }),
    );
    for (;;) {
      const moved = new Promise<null>((resolve) => (wake = () => resolve(null)));
      const estimates = await Promise.race([all, moved]);
      if (estimates !== null) return estimates.flat();
      const fraction = tasks.reduce((sum, { share }, t) => sum + share * fractions[t], 0);
      yield { type: "progress", message: `${TITLES[latest.group]} (${latest.scope})`, fraction };
    }
  } finally {
    own.abort();
  }
}
