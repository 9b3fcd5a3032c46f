import { packSymbols } from "../numeric/packed-bits";
import { findRepeats, type Repeats } from "../numeric/repeats";
import type { Progress } from "./progress";
import { lengthOf, symbolAt, type Sequence } from "./sequence";

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

/** So many symbols of a tuple are told, */
const MOST_SYMBOLS = 64;
/** and so many of the places where it occurs. */
const MOST_POSITIONS = 8;

/** The first symbols of a tuple, as the samples have them. */
export function tupleAt(sequence: Sequence, at: number, length: number): readonly number[] {
  return Array.from({ length: Math.min(length, MOST_SYMBOLS) }, (_, i) => sequence.values[symbolAt(sequence, at + i)]);
}

/**
 * The first few places where a tuple occurs.
 * @param at one of them
 */
export function positionsOf(sequence: Sequence, at: number, length: number): readonly number[] {
  const positions: number[] = [];
  const first = symbolAt(sequence, at);
  const last = lengthOf(sequence) - length;
  for (let i = 0; i <= last && positions.length < MOST_POSITIONS; i++) {
    if (symbolAt(sequence, i) !== first) continue;
    let d = 1;
    while (d < length && symbolAt(sequence, i + d) === symbolAt(sequence, at + d)) d++;
    if (d === length) positions.push(i);
  }
  return positions;
}
