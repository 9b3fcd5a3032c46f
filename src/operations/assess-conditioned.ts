import type { ConditionedDataset } from "../model/conditioning";
import type { WorkerPool } from "../workers/pool";
import { assessDatasets } from "./assess-datasets";
import { readSymbols } from "./read-symbols";
import type { ProgressEvent } from "./reduce-samples";
import { symbolWidth } from "./symbol-width";

/** Two passes over the file, beside ten estimates. */
const READING_SHARE = 0.02;

/**
 * Assesses the bits of a file of conditioned output, one symbol per byte, for h' (3.1.5.2).
 * @param bits per symbol, 1 to 8; null: those of the highest bit in use
 * @throws UserError for a file that cannot be assessed; the signal's reason when it is aborted
 */
export async function* assessConditioned(
  file: string,
  bits: number | null,
  pool: WorkerPool,
  signal: AbortSignal,
): AsyncGenerator<ProgressEvent, ConditionedDataset> {
  const request = { file, format: { kind: "bytes" }, reduction: { kind: "automatic" }, subset: null } as const;
  const read = yield* readSymbols(request, signal, READING_SHARE);
  const width = symbolWidth(file, bits, read);
  const dataset = {
    symbols: read.symbols,
    bits: width,
    mode: { track: "non-iid", purpose: "conditioned", mostBits: null },
  } as const;
  const [assessment] = yield* assessDatasets([dataset], pool, signal, READING_SHARE);
  const { hBitstring, estimates } = assessment;
  // of a single symbol there is no bitstring estimate, and no entropy
  return { file, sha256: read.sha256, bits: width, hPrime: hBitstring ?? 0, estimates };
}
