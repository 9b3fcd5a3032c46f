import { createHash } from "node:crypto";
import { NumberStream, type SampleVisitor } from "./number-stream";
import { codeOf, openSampleFile, type SampleFile } from "./sample-file";
import { sampleFileChanged, sampleFileUnreadable } from "./sample-errors";
import type { SampleFormat } from "./sample-format";

/** Bytes that are read, decoded and handed on before others get their turn: a few milliseconds. */
export const CHUNK = 2 ** 19;

/** What a reading of a whole file came to. */
export interface NumbersRead {
  /** Samples in the file: numbers, or differences of timestamps. */
  readonly samples: number;
  /** Of the whole file, lower-case hex. */
  readonly sha256: string;
  /** Bytes at the end that make no whole number. */
  readonly trailingBytes: number;
  /** null when the numbers are no timestamps. */
  readonly deltas: { readonly wraps: number; readonly backwards: number } | null;
}

/**
 * Reads the samples of a file from its first byte to its last, in memory that does not depend on its size.
 * @param progress makes what is yielded of the part that was read, up to 1
 * @throws UserError when the file cannot be read, is not in that format, or changes; the signal's reason when aborted
 */
export async function* readNumbers<P>(
  path: string,
  format: SampleFormat,
  visit: SampleVisitor,
  progress: (fraction: number) => P,
  signal: AbortSignal,
): AsyncGenerator<P, NumbersRead> {
  const numbers = new NumberStream(format, path, visit);
  const hash = createHash("sha256");
  const file = await openSampleFile(path);
  try {
    const buffer = new Uint8Array(Math.min(CHUNK, file.size));
    for (let position = 0; position < file.size;) {
      signal.throwIfAborted();
      const chunk = await readAt(file, position, buffer);
      hash.update(chunk);
      numbers.feed(chunk);
      position += chunk.length;
      yield progress(position / file.size);
    }
  } finally {
    await file.handle.close();
  }
  const trailingBytes = numbers.finish();
  return { samples: numbers.samples, sha256: hash.digest("hex"), trailingBytes, deltas: numbers.clock };
}

async function readAt({ path, handle, size }: SampleFile, position: number, buffer: Uint8Array): Promise<Uint8Array> {
  const wanted = Math.min(buffer.length, size - position);
  const { bytesRead } = await handle.read(buffer, 0, wanted, position).catch((error: unknown) => {
    throw sampleFileUnreadable(path, codeOf(error));
  });
  if (bytesRead === 0) throw sampleFileChanged(path);
  return buffer.subarray(0, bytesRead);
}
