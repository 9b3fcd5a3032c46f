import { setMaxListeners } from "node:events";
import { basename } from "node:path";
import { judgeSamples } from "../compliance/samples";
import type { BytesFormat } from "../formats/sample-format";
import { symbolWidthInvalid, symbolWidthTooNarrow } from "../formats/sample-errors";
import type { Estimate, OperationEvent, SamplesInput, SamplesReport, SamplesSource } from "../model";
import { closeReport } from "../report/build";
import { concludeNonIid, estimationTasks, type EstimationTask } from "../sp800-90b/assessment";
import { constantEstimates } from "../sp800-90b/constant-source";
import type { WorkerPool } from "../workers/pool";
import { readSymbols, type ReadSymbolsRequest } from "./read-symbols";

/** Two passes over the file, beside seventeen estimates. */
const READING_SHARE = 0.02;

const ONE_PER_BYTE: BytesFormat = { kind: "bytes" };

type Event = OperationEvent<SamplesReport>;

const TITLES: Readonly<Record<EstimationTask["group"], string>> = {
  counts: "Most common value, collision, Markov, compression",
  tuples: "t-tuple and longest repeated substring",
  "multi-mcw": "MultiMCW prediction",
  lag: "Lag prediction",
  "multi-mmc": "MultiMMC prediction",
  lz78y: "LZ78Y prediction",
};

/** A file of samples, and how it is to be read. */
export interface AssessSamplesRequest extends ReadSymbolsRequest {
  /** Bits per symbol, 1 to 8; null: those of the highest bit in use. */
  readonly bits: number | null;
}

/**
 * Assesses a file of samples by the non-IID track of SP 800-90B (6.2), the estimators side by side. Whoever states the
 * width but not the format has a file of one sample per byte, as the NIST tools take it; otherwise the format is guessed,
 * and the report says so.
 * @throws UserError for a file that cannot be assessed; the signal's reason when it is aborted
 */
export async function* assessSamples(
  request: AssessSamplesRequest,
  services: { readonly pool: WorkerPool },
  signal: AbortSignal,
): AsyncGenerator<Event> {
  const startedAt = new Date().toISOString();
  const { file, bits } = request;
  if (bits !== null && !(Number.isInteger(bits) && bits >= 1 && bits <= 8)) throw symbolWidthInvalid(bits);
  const source: SamplesSource = { kind: "samples", name: basename(file), file };
  const format = request.format ?? (bits === null ? null : ONE_PER_BYTE);
  const read = yield* readSymbols({ ...request, format }, signal, READING_SHARE);
  if (bits !== null && bits < read.bits) {
    const at = read.symbols.findIndex((symbol) => symbol >= 2 ** bits);
    throw symbolWidthTooNarrow(file, bits, read.symbols[at], at, read.bits);
  }
  const input: SamplesInput = {
    file,
    sha256: read.sha256,
    samples: read.symbols.length,
    symbols: distinct(read.symbols),
    bits: bits ?? read.bits,
    bitsInferred: bits === null,
    preparation: read.steps,
  };
  const findings = judgeSamples(input, read.bits, { kind: "samples", id: file, name: source.name });
  const estimates =
    input.symbols > 1
      ? yield* estimateAll(read.symbols, input, services.pool, signal)
      : constantEstimates(input.samples);
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

function distinct(symbols: Uint8Array): number {
  const seen = new Uint8Array(256);
  for (let i = 0; i < symbols.length; i++) seen[symbols[i]] = 1;
  return seen.reduce((count, one) => count + one, 0);
}

/** Runs all tasks on the pool; an event tells the whole progress, and the task that moved last. */
async function* estimateAll(
  samples: Uint8Array<SharedArrayBuffer>,
  input: SamplesInput,
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
          { samples, bits: input.bits, task },
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
      const done = tasks.reduce((sum, { share }, t) => sum + share * fractions[t], 0);
      const fraction = READING_SHARE + (1 - READING_SHARE) * done;
      yield { type: "progress", message: `${TITLES[latest.group]} (${latest.scope})`, fraction };
    }
  } finally {
    own.abort();
  }
}
