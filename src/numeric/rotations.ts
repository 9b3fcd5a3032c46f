import { packSymbols } from "./packed-bits";
import { suffixArray } from "./suffix-array";
import { DEEPEST, sortByWindows } from "./suffix-windows";

/**
 * Where the rotations of a sequence start, in lexicographic order; equal rotations in any order.
 * @param sequence at least one value, 0 to k - 1
 */
export function sortRotations(sequence: Uint8Array | Uint16Array, k: number): Int32Array {
  const n = sequence.length;
  const order = new Int32Array(n);
  let sorted = 0;
  // The sequence goes on as it began, for as long as windows are read.
  const width = Math.max(1, 32 - Math.clz32(k - 1));
  const extended = new Uint16Array(n + Math.ceil((DEEPEST + 128) / width));
  for (let i = 0; i < extended.length; i += n) extended.set(sequence.subarray(0, Math.min(n, extended.length - i)), i);
  const { words } = packSymbols(extended, width);
  const done = sortByWindows({ words, end: 2 ** 31 - 1, width, count: n }, (places, _, count) => {
    for (let r = 0; r < count; r++) order[sorted++] = places[r] / width;
  });
  if (done) return order;
  // Rotations are suffixes of the sequence written twice, if they start in the first half.
  const twice = new Int32Array(2 * n);
  twice.set(sequence, 0);
  twice.set(sequence, n);
  return suffixArray(twice, k).filter((place) => place < n);
}
