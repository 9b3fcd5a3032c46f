import { basename } from "node:path";
import { judgeSamples } from "../compliance/samples";
import type { OperationEvent, SamplesInput, SamplesReport, SamplesSource } from "../model";
import { closeReport } from "../report/build";
import { alphabetSize } from "../sp800-90b/sequence";
import type { WorkerPool } from "../workers/pool";
import { assessDatasets } from "./assess-datasets";
import { readSymbols, type ReadSymbolsRequest } from "./read-symbols";
import { formatToRead, symbolWidth } from "./symbol-width";

/** Two passes over the file, beside seventeen estimates. */
const READING_SHARE = 0.02;

type Event = OperationEvent<SamplesReport>;

/** A file of samples, and how it is to be read. */
export interface AssessSamplesRequest extends ReadSymbolsRequest {
  /** Bits per symbol, 1 to 8; null: those of the highest bit in use. */
  readonly bits: number | null;
}

/**
 * Assesses a file of samples by the non-IID track of SP 800-90B (6.2), the estimators side by side. A format that
 * had to be guessed is told in the report.
 * @throws UserError for a file that cannot be assessed; the signal's reason when it is aborted
 */
export async function* assessSamples(
  request: AssessSamplesRequest,
  services: { readonly pool: WorkerPool },
  signal: AbortSignal,
): AsyncGenerator<Event> {
  const startedAt = new Date().toISOString();
  const { file, bits } = request;
  const source: SamplesSource = { kind: "samples", name: basename(file), file };
  const format = formatToRead(request.format, bits);
  const read = yield* readSymbols({ ...request, format }, signal, READING_SHARE);
  const width = symbolWidth(file, bits, read);
  const input: SamplesInput = {
    file,
    sha256: read.sha256,
    samples: read.symbols.length,
    symbols: alphabetSize(read.symbols),
    bits: width,
    bitsInferred: bits === null,
    preparation: read.steps,
  };
  const findings = judgeSamples(input, read.bits, { kind: "samples", id: file, name: source.name });
  const dataset = { symbols: read.symbols, bits: width };
  const [assessment] = yield* assessDatasets([dataset], services.pool, signal, READING_SHARE);
  const body = {
    kind: "samples" as const,
    source,
    startedAt,
    findings,
    input,
    purpose: "initial" as const,
    mostBits: null,
    requestedTrack: "non-iid" as const,
    ...assessment,
    iid: null,
  };
  yield { type: "report", report: closeReport<SamplesReport>(body, new Date().toISOString()) };
}
