import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { judgeRestart } from "../compliance/restart";
import { codeOf } from "../formats/sample-file";
import { sampleFileUnreadable } from "../formats/sample-errors";
import type { SampleFormat } from "../formats/sample-format";
import type { OperationEvent, RestartReport, SamplesSource, Track } from "../model";
import type { RestartInput } from "../model/restart";
import { closeReport } from "../report/build";
import type { ReductionRequest } from "../sp800-90b/reduction";
import { restartResult, restartSanityCheck, transpose } from "../sp800-90b/restart";
import type { WorkerPool } from "../workers/pool";
import type { SharedSamples } from "../workers/rpc";
import { assessDatasets } from "./assess-datasets";
import { iidTests, randomSeed, type IidEvent } from "./iid-tests";
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
  /** The initial entropy estimate, bits per sample (3.1.3), and the track that it was found by. */
  readonly hI: number;
  readonly track: Track;
}

/** Two passes over the files, beside the estimates of two datasets. */
const READING_SHARE = 0.02;
/** How far the permutations of both come; the most common value takes no time. */
const PERMUTATIONS_DONE = 0.99;

/**
 * The restart tests of 3.1.4: the sanity check and, if it passes, the validation. On the IID track both datasets have to
 * pass the IID tests as well (3.1.2), and the most common value alone estimates them.
 * @throws UserError for data that cannot be tested; the signal's reason when it is aborted
 */
export async function* restartTests(
  request: RestartTestsRequest,
  services: { readonly pool: WorkerPool },
  signal: AbortSignal,
): AsyncGenerator<OperationEvent<RestartReport>> {
  const startedAt = new Date().toISOString();
  const { matrix, input } = yield* readMatrix(request, signal);
  const { hI, track } = request;
  const asked = { matrix, bits: input.bits, hI, track, testIid: track === "iid" };
  const tested = yield* testRestartMatrix(asked, services.pool, signal, READING_SHARE);
  const source: SamplesSource = { kind: "samples", name: basename(request.path), file: request.path };
  const body = {
    kind: "restart" as const,
    source,
    startedAt,
    findings: judgeRestart(tested.restart, tested.iid, { kind: "samples", id: source.file, name: source.name }),
    input,
    track,
    ...tested,
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

/** A matrix in memory, and how it is to be tested. */
export interface RestartMatrixRequest extends Pick<RestartTestsRequest, "hI" | "track"> {
  /** Row-major, a row a restart. */
  readonly matrix: SharedSamples;
  /** Bits per sample. */
  readonly bits: number;
  /** Whether the datasets have to pass the IID tests. */
  readonly testIid: boolean;
}

/** What came of it. */
export type RestartMatrixTested = Pick<RestartReport, "restart" | "datasets" | "iid">;

/**
 * The same of a matrix in memory.
 * @param from the share of the caller's work that is done before
 * @throws UserError if the matrix has another size or H_I is not in 0..bits
 */
export async function* testRestartMatrix(
  { matrix, bits, hI, track, testIid }: RestartMatrixRequest,
  pool: WorkerPool,
  signal: AbortSignal,
  from = 0,
): AsyncGenerator<IidEvent, RestartMatrixTested> {
  const sanity = restartSanityCheck(matrix, bits, hI);
  if (!sanity.passed) return { restart: restartResult(sanity, null), datasets: null, iid: null };
  const transposed = new Uint8Array(new SharedArrayBuffer(matrix.length));
  transposed.set(transpose(matrix));
  // of a single symbol there is nothing to permute
  const iid = testIid && sanity.symbols > 1 ? yield* testBoth(matrix, transposed, pool, signal, from) : null;
  const mode = { track, purpose: "restart", mostBits: null } as const;
  const both = [
    { symbols: matrix, bits, mode, name: "rows" },
    { symbols: transposed, bits, mode, name: "columns" },
  ];
  const [rows, columns] = yield* assessDatasets(both, pool, signal, iid === null ? from : PERMUTATIONS_DONE);
  const restart = restartResult(sanity, { hR: rows.hOriginal, hC: columns.hOriginal }, iid);
  return { restart, datasets: { rows, columns }, iid };
}

async function* testBoth(
  rows: SharedSamples,
  columns: SharedSamples,
  pool: WorkerPool,
  signal: AbortSignal,
  from: number,
): AsyncGenerator<IidEvent, NonNullable<RestartReport["iid"]>> {
  const asked = { seed: randomSeed(), all: false };
  const half = (from + PERMUTATIONS_DONE) / 2;
  return {
    rows: yield* iidTests({ ...asked, samples: rows, name: "rows" }, pool, signal, [from, half]),
    columns: yield* iidTests({ ...asked, samples: columns, name: "columns" }, pool, signal, [half, PERMUTATIONS_DONE]),
  };
}
