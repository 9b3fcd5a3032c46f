import { createHash } from "node:crypto";
import type { SamplesInput } from "../model";
import { sampleFileChanged, sampleFileUnreadable } from "./sample-errors";
import { codeOf, openSampleFile, type SampleFile } from "./sample-file";
import { samplesTooLarge, symbolWidthInvalid, symbolWidthTooNarrow } from "./samples-errors";

/** The estimators number the bits of a file with 31 bits. */
const MAX_SAMPLES = 2 ** 28 - 1;
const CHUNK = 1 << 22;

/** A file of one sample per byte. */
export interface Samples {
  readonly input: SamplesInput;
  /** Bits per sample that the greatest value needs; at most `input.bits`. */
  readonly bitsInUse: number;
  /** Shared, so that threads can read the samples without a copy. */
  readonly values: Uint8Array<SharedArrayBuffer>;
}

/**
 * Reads a file of one sample per byte into as much memory as it has bytes.
 * @param bits per sample, 1 to 8; null: those of the highest bit in use
 * @throws UserError for a file that cannot be read, is empty or too large, or holds values wider than `bits`
 */
export async function readSamples(file: string, bits: number | null, signal: AbortSignal): Promise<Samples> {
  if (bits !== null && !(Number.isInteger(bits) && bits >= 1 && bits <= 8)) throw symbolWidthInvalid(bits);
  const opened = await openSampleFile(file);
  try {
    const { values, sha256 } = await readWhole(opened, signal);
    const { symbols, greatest } = survey(values);
    const bitsInUse = Math.max(1, 32 - Math.clz32(greatest));
    if (bits !== null && bits < bitsInUse) {
      const offset = values.findIndex((value) => value >= 2 ** bits);
      throw symbolWidthTooNarrow(file, bits, values[offset], offset, bitsInUse);
    }
    const input = {
      file,
      sha256,
      samples: values.length,
      symbols,
      bits: bits ?? bitsInUse,
      bitsInferred: bits === null,
    };
    return { input, bitsInUse, values };
  } finally {
    await opened.handle.close();
  }
}

async function readWhole(
  { path, handle, size }: SampleFile,
  signal: AbortSignal,
): Promise<{ values: Uint8Array<SharedArrayBuffer>; sha256: string }> {
  if (size > MAX_SAMPLES) throw samplesTooLarge(path, size, MAX_SAMPLES);
  const values = new Uint8Array(new SharedArrayBuffer(size));
  const hash = createHash("sha256");
  let at = 0;
  while (at < size) {
    signal.throwIfAborted();
    const chunk = values.subarray(at, at + CHUNK);
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, at).catch((error: unknown) => {
      throw sampleFileUnreadable(path, codeOf(error));
    });
    if (bytesRead === 0) throw sampleFileChanged(path);
    hash.update(chunk.subarray(0, bytesRead));
    at += bytesRead;
  }
  return { values, sha256: hash.digest("hex") };
}

function survey(values: Uint8Array): { symbols: number; greatest: number } {
  const seen = new Uint8Array(256);
  for (let i = 0; i < values.length; i++) seen[values[i]] = 1;
  return { symbols: seen.reduce((count, one) => count + one, 0), greatest: seen.lastIndexOf(1) };
}
