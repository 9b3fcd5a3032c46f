import { BLOCK_LENGTH } from "./number-block";
import { CHUNK } from "./read-numbers";
import { meaningOfNumbers, type SampleFormat } from "./sample-format";
import type { Subset } from "./subset";

/** What reading a file will take. */
export interface ReadingMemory {
  /** Samples that there can be at most: exact for binary formats, the shortest lines and digits for text. */
  readonly samples: number;
  /** Bytes at most: one per sample that is kept, and the buffers. */
  readonly bytes: number;
}

/**
 * Says before a file is read how much memory its symbols can take.
 * @param size of the file in bytes
 */
export function estimateReadingMemory(format: SampleFormat, size: number, subset: Subset | null): ReadingMemory {
  const numbers = Math.floor(size * numbersPerByte(format)) + (format.kind === "lines" ? 1 : 0);
  const samples = meaningOfNumbers(format) === "samples" ? numbers : Math.max(0, numbers - 1);
  const kept = subset === null ? samples : Math.min(subset.count, samples);
  return { samples, bytes: kept + CHUNK + 8 * BLOCK_LENGTH };
}

function numbersPerByte(format: SampleFormat): number {
  switch (format.kind) {
    case "bytes":
      return 1;
    case "packed-bits":
      return 8;
    case "words":
      return 8 / format.width;
    case "lines":
      return 1 / (2 * format.columns);
    case "digits":
      return format.radix === 2 ? 1 : 1 / 2;
  }
}
