import { packSymbols } from "../numeric/packed-bits";
import { findRepeats, type Repeats } from "../numeric/repeats";
import type { Progress } from "./progress";
import type { Sequence } from "./sequence";

/** 6.3.5 step 1 and 6.3.6 step 1: t-tuple takes the lengths whose most common tuple occurs this often, LRS the longer ones. */
export const CUTOFF = 35;

/** The repeated tuples of a sequence, which the t-tuple and the LRS estimate share. */
export function repeatsOf(sequence: Sequence, progress: Progress): Repeats {
  if (sequence.kind === "bits") return findRepeats(sequence.bits, 1, progress);
  const width = 32 - Math.clz32(sequence.k - 1);
  return findRepeats(packSymbols(sequence.symbols, width), width, progress);
}

/** The longest length at which some tuple occurs at least 35 times; 0 if none does. */
export function longestFrequent({ mostFrequent, longest }: Repeats): number {
  let length = 0;
  while (length < longest && mostFrequent[length + 1] >= CUTOFF) length++;
  return length;
}
