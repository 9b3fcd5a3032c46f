import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { judgeRestart } from "../compliance/restart";
import { codeOf } from "../formats/sample-file";
import { sampleFileUnreadable } from "../formats/sample-errors";
import type { SampleFormat } from "../formats/sample-format";
import type { OperationEvent, RestartReport, SamplesSource } from "../model";
import type { RestartInput } from "../model/restart";
import { closeReport } from "../report/build";
import type { ReductionRequest } from "../sp800-90b/reduction";
import { restartResult, restartSanityCheck, transpose } from "../sp800-90b/restart";
import type { AssessmentMode } from "../sp800-90b/assessment";
import type { WorkerPool } from "../workers/pool";
import { assessDatasets } from "./assess-datasets";
import { readRestarts } from "./read-restarts";
import { readSymbols } from "./read-symbols";
import type { ProgressEvent } from "./reduce-samples";
import { formatToRead, symbolWidth } from "./symbol-width";

/** Restart data, how they are to be read, and what the source is claimed to give. */
export interface RestartTestsRequest {
  /** A file of 1000 x 1000 samples, restart after restart, or a folder with a file per restart. */
  readonly path: string;
  /** null: guess. */
  readonly format: SampleFormat | null;
  readonly reduction: ReductionRequest;
  /** Bits per symbol, 1 to 8; null: those of the highest bit in use. */
  readonly bits: number | null;
  /** The initial entropy estimate, bits per sample (3.1.3). */
  readonly hI: number;
}

/** Two passes over the files, beside the estimates of two datasets. */
const READING_SHARE = 0.02;

const RESTART: AssessmentMode = { track: "non-iid", purpose: "restart", mostBits: null };

/**
 * The restart tests of 3.1.4 on the non-IID track: the sanity check and, if it passes, the validation.
 * @throws UserError for data that cannot be tested; the signal's reason when it is aborted
 */
export async function* restartTests(
  request: RestartTestsRequest,
  services: { readonly pool: WorkerPool },
  signal: AbortSignal,
): AsyncGenerator<OperationEvent<RestartReport>> {
  const startedAt = new Date().toISOString();
  const { matrix, input } = yield* readMatrix(request, signal);
  const tested = yield* testRestartMatrix(matrix, input.bits, request.hI, services.pool, signal, READING_SHARE);
  const source: SamplesSource = { kind: "samples", name: basename(request.path), file: request.path };
  const body = {
    kind: "restart" as const,
    source,
    startedAt,
    findings: judgeRestart(tested.restart, { kind: "samples", id: source.file, name: source.name }),
    input,
    track: "non-iid" as const,
    ...tested,
    iid: null,
  };
  yield { type: "report", report: closeReport<RestartReport>(body, new Date().toISOString()) };
}

interface Matrix {
  readonly matrix: Uint8Array<SharedArrayBuffer>;
  readonly input: RestartInput;
}

async function* readMatrix(request: RestartTestsRequest, signal: AbortSignal): AsyncGenerator<ProgressEvent, Matrix> {
  const { path, reduction, bits } = request;
  const format = formatToRead(request.format, bits);
  const inFolder = (
    await stat(path).catch((error: unknown) => {
      throw sampleFileUnreadable(path, codeOf(error));
    })
  ).isDirectory();
  if (inFolder) {
    const read = yield* readRestarts({ folder: path, format, reduction }, signal, READING_SHARE);
    const width = symbolWidth(path, bits, { symbols: read.matrix, bits: read.bits });
    const { matrix, files, steps } = read;
    return { matrix, input: { path, files, bits: width, bitsInferred: bits === null, preparation: steps } };
  }
  const read = yield* readSymbols({ file: path, format, reduction, subset: null }, signal, READING_SHARE);
  const { symbols: matrix, sha256, steps } = read;
  const files = [{ file: path, sha256 }];
  const width = symbolWidth(path, bits, read);
  return { matrix, input: { path, files, bits: width, bitsInferred: bits === null, preparation: steps } };
}

/**
 * The same of a matrix in memory.
 * @param matrix row-major, a row a restart
 * @param from the share of the caller's work that is done before
 * @throws UserError if the matrix has another size or H_I is not in 0..bits
 */
export async function* testRestartMatrix(
  matrix: Uint8Array<SharedArrayBuffer>,
  bits: number,
  hI: number,
  pool: WorkerPool,
  signal: AbortSignal,
  from = 0,
): AsyncGenerator<ProgressEvent, Pick<RestartReport, "restart" | "datasets">> {
  const sanity = restartSanityCheck(matrix, bits, hI);
  if (!sanity.passed) return { restart: restartResult(sanity, null), datasets: null };
  const transposed = new Uint8Array(new SharedArrayBuffer(matrix.length));
  transposed.set(transpose(matrix));
  const both = [
    { symbols: matrix, bits, mode: RESTART, name: "rows" },
    { symbols: transposed, bits, mode: RESTART, name: "columns" },
  ];
  const [rows, columns] = yield* assessDatasets(both, pool, signal, from);
  return { restart: restartResult(sanity, { hR: rows.hOriginal, hC: columns.hOriginal }), datasets: { rows, columns } };
}
