import type { Scope } from "../model";
import { firstBits, packSymbols, type PackedBits } from "../numeric/packed-bits";

/** Samples of more than two distinct symbols, as the estimators see them. */
export interface SymbolSequence {
  readonly kind: "symbols";
  readonly scope: Scope;
  /** Mapped, order kept, onto 0 to k - 1. */
  readonly symbols: Uint8Array;
  readonly k: number;
  /** The samples' own values, in the place of what they were mapped onto. */
  readonly values: readonly number[];
}

/** Samples of two distinct symbols, or the bits of wider ones. */
export interface BitSequence {
  readonly kind: "bits";
  readonly scope: Scope;
  readonly bits: PackedBits;
  /** What a zero and a one stand for. */
  readonly values: readonly number[];
}

export type Sequence = SymbolSequence | BitSequence;

/** How many samples a sequence has. */
export function lengthOf(sequence: Sequence): number {
  return sequence.kind === "bits" ? sequence.bits.length : sequence.symbols.length;
}

/** The symbol, 0 to k - 1, at a place. */
export function symbolAt(sequence: Sequence, place: number): number {
  return sequence.kind === "bits" ? (sequence.bits.words[place >>> 5] >>> (~place & 31)) & 1 : sequence.symbols[place];
}

/** How many samples have each value; the index is the value. */
export function countSymbols(samples: Uint8Array): Float64Array {
  const counts = new Float64Array(256);
  for (let i = 0; i < samples.length; i++) counts[samples[i]]++;
  return counts;
}

/** How many distinct values occur. */
export function alphabetSize(samples: Uint8Array): number {
  return countSymbols(samples).reduce((k, count) => (count > 0 ? k + 1 : k), 0);
}

/**
 * The symbols as they are, mapped onto 0 to k - 1 with their order kept.
 * @param samples one symbol a byte, of two or more distinct values
 */
export function literalSequence(samples: Uint8Array): Sequence {
  const rank = new Uint8Array(256);
  const values: number[] = [];
  countSymbols(samples).forEach((count, value) => {
    if (count > 0) rank[value] = values.push(value) - 1;
  });
  const symbols = samples.map((value) => rank[value]);
  return values.length > 2
    ? { kind: "symbols", scope: "literal", symbols, k: values.length, values }
    : { kind: "bits", scope: "literal", bits: packSymbols(symbols, 1), values };
}

/**
 * The samples' bits end to end, most significant first, taken from the samples as they were read (3.1.3).
 * @param width bits per sample
 * @param most how many bits from the start; null: all
 */
export function bitstringSequence(samples: Uint8Array, width: number, most: number | null = null): BitSequence {
  const enough = most === null ? samples : samples.subarray(0, Math.ceil(most / width));
  const bits = packSymbols(enough, width);
  return { kind: "bits", scope: "bitstring", bits: most === null ? bits : firstBits(bits, most), values: [0, 1] };
}
