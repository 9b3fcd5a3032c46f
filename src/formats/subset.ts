import type { SampleVisitor } from "./number-stream";
import { subsetBeyondEnd, subsetInvalid } from "./sample-errors";

/** Samples `first` to `first + count - 1` of a file. */
export interface Subset {
  readonly first: number;
  readonly count: number;
}

/**
 * Reads `INDEX,COUNT` as the NIST tools' -l has it: COUNT samples from sample INDEX * COUNT on, which in a file of bytes
 * is the byte of that offset.
 * @throws UserError
 */
export function parseSubset(text: string): Subset {
  const match = /^\s*(\d+)\s*,\s*(\d+)\s*$/.exec(text);
  const index = Number(match?.[1]);
  const count = Number(match?.[2]);
  const first = index * count;
  if (match === null || count < 1 || !Number.isSafeInteger(first + count)) throw subsetInvalid(text);
  return { first, count };
}

/** @throws UserError when the file has too few samples */
export function requireSubset(subset: Subset, file: string, samples: number): void {
  if (subset.first + subset.count > samples) throw subsetBeyondEnd(file, subset.first, subset.count, samples);
}

/** Hands on the samples of the subset alone. */
export function withinSubset({ first, count }: Subset, visit: SampleVisitor): SampleVisitor {
  let seen = 0;
  return (lo, hi, length) => {
    const from = Math.max(first - seen, 0);
    const to = Math.min(first + count - seen, length);
    seen += length;
    if (from < to) visit(lo.subarray(from, to), hi.subarray(from, to), to - from);
  };
}
