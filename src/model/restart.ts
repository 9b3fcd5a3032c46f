import type { PreparationStep } from "./preparation";

/** The most common value of a row or column: which one, which symbol, how often. */
export interface RestartMaximum {
  /** 0-based row or column. */
  readonly index: number;
  readonly symbol: number;
  readonly count: number;
}

/** A published rule for the largest count that the sanity check accepts; `src/sp800-90b/restart.ts` says whose. */
export interface RestartSanityRule {
  readonly rule: "exact-maximum" | "binomial" | "draft-2016";
  readonly alpha: number;
  /** Passed as long as X_max is not greater; the draft's is no integer. */
  readonly cutoff: number;
  readonly passed: boolean;
}

/** 3.1.4.3 */
export interface RestartSanityCheck {
  readonly hI: number;
  /** Distinct symbols seen. */
  readonly symbols: number;
  /** X_R and X_C, with where they occur. */
  readonly row: RestartMaximum;
  readonly column: RestartMaximum;
  readonly xMax: number;
  readonly rules: readonly RestartSanityRule[];
  /** The rule whose verdict `passed` is. */
  readonly decidedBy: RestartSanityRule["rule"];
  readonly passed: boolean;
}

/** 3.1.4 */
export interface RestartResult {
  readonly sanity: RestartSanityCheck;
  /** Bits per sample of the row and column datasets; null when not assessed, or when nothing could be computed. */
  readonly hR: number | null;
  readonly hC: number | null;
  readonly verdict: "pass" | "fail" | "inconclusive";
  readonly decidedBy: "sanity-check" | "iid-tests" | "validation";
  /** min(H_r, H_c, H_I); null unless passed: no entropy is awarded. */
  readonly minEntropy: number | null;
  /** One sentence that stands alone. */
  readonly reason: string;
}

/** What was read of restart data. */
export interface RestartInput {
  /** The file with a matrix, or the folder with a file per restart. */
  readonly path: string;
  /** The file, or those of the folder in the order of the restarts; hashes in lower-case hex. */
  readonly files: readonly { readonly file: string; readonly sha256: string }[];
  /** Bits per sample that the assessment used. */
  readonly bits: number;
  /** True when the width was not stated and is that of the highest bit in use. */
  readonly bitsInferred: boolean;
  /** What was done to the files' content on its way to the symbols. */
  readonly preparation: readonly PreparationStep[];
}
