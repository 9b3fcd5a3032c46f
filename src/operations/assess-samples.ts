import { basename } from "node:path";
import { judgeIid } from "../compliance/iid";
import { judgeSamples } from "../compliance/samples";
import { judgeOrigin } from "../compliance/samples-origin";
import type { AssessmentPurpose, OperationEvent, SamplesInput, SamplesReport, SamplesSource, Track } from "../model";
import type { IidTests } from "../model/iid";
import { closeReport } from "../report/build";
import { alphabetSize } from "../sp800-90b/sequence";
import { unpackedBits } from "../sp800-90b/unpacked-bits";
import type { WorkerPool } from "../workers/pool";
import type { SharedSamples } from "../workers/rpc";
import { assessDatasets } from "./assess-datasets";
import { iidTests, randomSeed, type IidEvent } from "./iid-tests";
import { readSymbols, type ReadSymbolsRequest } from "./read-symbols";
import { formatToRead, symbolWidth } from "./symbol-width";

/** Two passes over the file, beside seventeen estimates. */
const READING_SHARE = 0.02;
/** How far the reading and the permutations come; estimates follow that take no time, or some. */
const PERMUTATIONS_DONE = { iid: 0.98, both: 0.7 } as const;

type Event = OperationEvent<SamplesReport>;

/** A file of samples, how it is to be read, and by which track it is to be assessed. */
export interface AssessSamplesRequest extends ReadSymbolsRequest {
  /** Bits per symbol, 1 to 8; null: those of the highest bit in use. */
  readonly bits: number | null;
  /** `both`: the IID track, and the non-IID track if the IID tests fail. */
  readonly track: Track | "both";
  /** Of the permutations, an integer from 0 to 2^53 - 1; null: a random one, which the report tells. */
  readonly seed: number | null;
  /** Whether all 10,000 permutations count, even where a statistic is decided before. */
  readonly allPermutations: boolean;
  readonly purpose: AssessmentPurpose;
  /** Of the bitstring, the first so many bits; null: all of them. */
  readonly mostBits: number | null;
}

/** What the editor asks for, and the command line by default. */
export const INITIAL_NON_IID = {
  track: "non-iid",
  seed: null,
  allPermutations: false,
  purpose: "initial",
  mostBits: null,
} as const satisfies Partial<AssessSamplesRequest>;

/**
 * Assesses a file of samples by the tracks of SP 800-90B (3.1.2). A format that had to be guessed is told in the report.
 * @throws UserError for a file that cannot be assessed; the signal's reason when it is aborted
 */
export async function* assessSamples(
  request: AssessSamplesRequest,
  services: { readonly pool: WorkerPool },
  signal: AbortSignal,
): AsyncGenerator<Event> {
  const startedAt = new Date().toISOString();
  const { file, bits, track: requestedTrack, purpose, mostBits } = request;
  const { pool } = services;
  const source: SamplesSource = { kind: "samples", name: basename(file), file };
  const format = formatToRead(request.format, bits);
  const read = yield* readSymbols({ ...request, format }, signal, READING_SHARE);
  const { symbols } = read;
  const width = symbolWidth(file, bits, read);
  const input: SamplesInput = {
    file,
    sha256: read.sha256,
    samples: symbols.length,
    symbols: alphabetSize(symbols),
    bits: width,
    bitsInferred: bits === null,
    preparation: read.steps,
    ...(read.origin === null ? {} : { origin: read.origin }),
  };
  const iid = requestedTrack === "non-iid" ? null : yield* testSamples(request, symbols, width, pool, signal);
  const track = iid === null || (requestedTrack === "both" && iid.verdict === "fail") ? "non-iid" : "iid";
  const from = iid === null || requestedTrack === "non-iid" ? READING_SHARE : PERMUTATIONS_DONE[requestedTrack];
  const dataset = { symbols, bits: width, mode: { track, purpose, mostBits } } as const;
  const [assessment] = yield* assessDatasets([dataset], pool, signal, from);
  // no figure from a track whose assumption failed
  const unfounded = track === "iid" && iid?.verdict === "fail";
  const subject = { kind: "samples", id: file, name: source.name } as const;
  const body = {
    kind: "samples" as const,
    source,
    startedAt,
    findings: [
      ...judgeSamples(input, read.bits, subject),
      ...judgeOrigin(read.origin, read.sha256, subject),
      ...judgeIid(iid, requestedTrack, subject),
    ],
    input,
    purpose,
    mostBits,
    requestedTrack,
    ...assessment,
    minEntropy: unfounded ? null : assessment.minEntropy,
    iid,
  };
  yield { type: "report", report: closeReport<SamplesReport>(body, new Date().toISOString()) };
}

/** @returns null when there is one symbol only, and nothing to permute */
async function* testSamples(
  { track, seed, allPermutations, purpose, mostBits }: AssessSamplesRequest,
  symbols: SharedSamples,
  bits: number,
  pool: WorkerPool,
  signal: AbortSignal,
): AsyncGenerator<IidEvent, IidTests | null> {
  const samples = purpose === "conditioned" ? unpackedBits(symbols, bits, mostBits) : symbols;
  if (alphabetSize(samples) < 2) return null;
  const request = { samples, seed: seed ?? randomSeed(), all: allPermutations, name: null };
  const end = PERMUTATIONS_DONE[track === "both" ? "both" : "iid"];
  return yield* iidTests(request, pool, signal, [READING_SHARE, end]);
}
