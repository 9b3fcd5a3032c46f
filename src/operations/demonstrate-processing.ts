import type { SamplesReport } from "../model";
import type { RawAgainstProcessed } from "../model/raw-against-processed";
import { rawAgainstProcessed } from "../report/raw-against-processed";
import type { WorkerPool } from "../workers/pool";
import { assessSamples, INITIAL_NON_IID } from "./assess-samples";
import { ENCRYPTION, writeDemonstration } from "./demonstration-files";
import type { ProgressEvent } from "./reduce-samples";

/** Where the two files go. */
export interface DemonstrationRequest {
  readonly folder: string;
  /** Whether files of their names may be overwritten. */
  readonly overwrite: boolean;
}

/**
 * Shows why processed data must not be assessed in place of raw ones: zeros, and zeros encrypted under a known password,
 * assessed alike.
 * @throws UserError if the files are in the way or cannot be written; the signal's reason when it is aborted
 */
export async function* demonstrateProcessing(
  { folder, overwrite }: DemonstrationRequest,
  services: { readonly pool: WorkerPool },
  signal: AbortSignal,
): AsyncGenerator<ProgressEvent, RawAgainstProcessed> {
  const files = await writeDemonstration(folder, overwrite);
  const raw = yield* assess(files.raw, services, signal);
  const processed = yield* assess(files.processed, services, signal);
  return rawAgainstProcessed(raw, processed, ENCRYPTION);
}

async function* assess(
  file: string,
  services: { readonly pool: WorkerPool },
  signal: AbortSignal,
): AsyncGenerator<ProgressEvent, SamplesReport> {
  const request = {
    ...INITIAL_NON_IID,
    file,
    bits: 8,
    format: null,
    reduction: { kind: "automatic" },
    subset: null,
  } as const;
  for await (const event of assessSamples(request, services, signal)) {
    if (event.type === "report") return event.report;
    if (event.type === "progress") yield event;
  }
  throw new Error("the assessment ended without a report");
}
