import type { PreparationStep } from "../model/preparation";
import { formatBitMask } from "./bit-mask";
import { decimalOf, DistinctValues, type SplitValue } from "./distinct-values";
import { maskTooWide, tooManyValues, valueNotTranslated } from "./reduction-errors";
import type { BitEstimate, SymbolSurvey } from "./symbol-survey";

/** 6.4: the estimators take symbols of at most 8 bits. */
const MOST_BITS = 8;

/** How samples shall become symbols of at most 8 bits. */
export type ReductionRequest =
  /** Samples of at most 8 bits stay; up to 256 distinct values are translated; else the best 8 bits are selected. */
  | { readonly kind: "automatic" }
  /** Each value becomes its rank among the distinct ones, which loses nothing. */
  | { readonly kind: "translate" }
  /** The `bits` positions, 1 to 8, of most min-entropy by 6.3.1. */
  | { readonly kind: "ranking"; readonly bits: number }
  /** These positions, as `parseBitMask` gives them. */
  | { readonly kind: "mask"; readonly positions: readonly number[] };

/** How samples become symbols. Data, so that all data of one source (sequential, restart) can go through the same one. */
export type Reduction =
  | { readonly kind: "none"; readonly bits: number }
  | { readonly kind: "translation"; readonly bits: number; readonly values: readonly SplitValue[] }
  | { readonly kind: "selection"; readonly bits: number; readonly positions: readonly number[] };

export interface ReductionPlan {
  readonly reduction: Reduction;
  /** What the report says of it; null when the samples stay as they are. */
  readonly step: PreparationStep | null;
}

/**
 * Decides how samples become symbols of at most 8 bits (6.4).
 * @param survey of all the samples
 * @throws UserError when the request does not fit the samples
 */
export function planReduction(survey: SymbolSurvey, request: ReductionRequest): ReductionPlan {
  switch (request.kind) {
    case "translate":
      return planTranslation(survey);
    case "mask":
      return planSelection(survey, request.positions, "mask");
    case "ranking":
      return planSelection(survey, bestBits(survey.bits(), request.bits), "ranking");
    case "automatic": {
      const bits = survey.bitsInUse;
      if (bits <= MOST_BITS) return { reduction: { kind: "none", bits }, step: null };
      return planReduction(
        survey,
        survey.distinct.tooMany ? { kind: "ranking", bits: MOST_BITS } : { kind: "translate" },
      );
    }
  }
}

/** The positions of most min-entropy, ascending. Of equals the less significant wins; a constant bit never does. */
function bestBits(bits: readonly BitEstimate[], count: number): readonly number[] {
  const ranked = bits
    .filter(({ minEntropy }) => minEntropy > 0)
    .toSorted((a, b) => b.minEntropy - a.minEntropy || a.position - b.position)
    .slice(0, count)
    .map(({ position }) => position);
  return ranked.length === 0 ? [0] : ranked.sort((a, b) => a - b);
}

function planTranslation({ distinct }: SymbolSurvey): ReductionPlan {
  if (distinct.tooMany) throw tooManyValues();
  const values = distinct.sorted();
  const bits = Math.max(1, Math.ceil(Math.log2(values.length)));
  return {
    reduction: { kind: "translation", bits, values },
    step: {
      step: "translated",
      text: `Translated the ${values.length} distinct values, least first, to the symbols 0 to ${values.length - 1} of ${plural(bits, "bit")}.`,
      values: values.map(decimalOf),
    },
  };
}

function planSelection(survey: SymbolSurvey, kept: readonly number[], by: "mask" | "ranking"): ReductionPlan {
  const all = survey.bits();
  const mask = formatBitMask(kept);
  const highest = Math.max(...kept);
  if (highest >= all.length) throw maskTooWide(mask, all.length);
  const positions = all
    .slice(0, Math.max(survey.bitsInUse, highest + 1))
    .map((bit) => ({ ...bit, kept: kept.includes(bit.position) }));
  const why = by === "mask" ? "as asked" : "those of most min-entropy (SP 800-90B 6.3.1 on each bit)";
  return {
    reduction: { kind: "selection", bits: kept.length, positions: kept },
    step: {
      step: "bits-selected",
      text:
        `Kept ${plural(kept.length, "bit")} of ${positions.length}, ${why}: mask ${mask}, gathered to the low end; ` +
        describeDiscarded(positions.filter((bit) => !bit.kept)),
      by,
      mask,
      positions,
    },
  };
}

function describeDiscarded(discarded: readonly BitEstimate[]): string {
  if (discarded.length === 0) return "no bit in use was discarded.";
  const best = discarded.reduce((a, b) => (b.minEntropy > a.minEntropy ? b : a));
  return `the best of the ${discarded.length} discarded is bit ${best.position} with ${best.minEntropy.toFixed(4)} bits.`;
}

/** Writes the symbols of `length` samples (see `SymbolSurvey.add`) to `out` from `at` on. */
export type Reducer = (lo: Uint32Array, hi: Uint32Array, length: number, out: Uint8Array, at: number) => void;

/** The function that carries a reduction out; it throws UserError on a value that a translation does not know. */
export function reducerOf(reduction: Reduction): Reducer {
  switch (reduction.kind) {
    case "none":
      return (lo, _hi, length, out, at) => {
        for (let i = 0; i < length; i++) out[at + i] = lo[i];
      };
    case "translation":
      return translator(reduction.values);
    case "selection":
      return gatherer(reduction.positions);
  }
}

function translator(values: readonly SplitValue[]): Reducer {
  const ranks = DistinctValues.of(values);
  return (lo, hi, length, out, at) => {
    for (let i = 0; i < length; i++) {
      const rank = ranks.numberOf(lo[i], hi[i]);
      if (rank < 0) throw valueNotTranslated(decimalOf({ hi: hi[i], lo: lo[i] }));
      out[at + i] = rank;
    }
  };
}

/** A table per byte of the sample says what that byte's bits become; bytes of which nothing is kept are not looked at. */
function gatherer(positions: readonly number[]): Reducer {
  const tables = Array.from({ length: 8 }, (_, byte) =>
    Uint8Array.from({ length: 256 }, (_, value) =>
      positions.reduce(
        (symbol, position, bit) =>
          position >>> 3 === byte ? symbol | (((value >>> (position & 7)) & 1) << bit) : symbol,
        0,
      ),
    ),
  );
  const used = [...new Set(positions.map((position) => position >>> 3))];
  return (lo, hi, length, out, at) => {
    out.fill(0, at, at + length);
    for (const byte of used) {
      const words = byte < 4 ? lo : hi;
      const shift = 8 * (byte & 3);
      const table = tables[byte];
      for (let i = 0; i < length; i++) out[at + i] |= table[(words[i] >>> shift) & 255];
    }
  };
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
