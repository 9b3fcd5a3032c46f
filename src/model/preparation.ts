interface PreparationStepBase<S extends string> {
  readonly step: S;
  /** The same in one sentence, for people. */
  readonly text: string;
}

/** One bit of the samples, 0 the least significant, and what 6.3.1 says of it alone. */
export interface BitPosition {
  readonly position: number;
  readonly ones: number;
  /** Bits per bit. */
  readonly minEntropy: number;
  readonly kept: boolean;
}

/** What was done to the content of a sample file on its way to the symbols that are assessed; all of it, in order. */
export type PreparationStep =
  | (PreparationStepBase<"decoded"> & {
      /** As `parseSampleFormat` reads it: `u64le`. */
      readonly format: string;
      /** Why the format was taken for that; null when the user named it. */
      readonly guessedBecause: string | null;
    })
  /** What the data have to do with a boot-time test or a collection. */
  | PreparationStepBase<"boot-test-run">
  | (PreparationStepBase<"trailing-bytes-ignored"> & { readonly bytes: number })
  | (PreparationStepBase<"timestamps-to-deltas"> & {
      /** How often the counter wrapped around, and how often it stepped backwards. */
      readonly wraps: number;
      readonly backwards: number;
    })
  /** What was taken of a folder with a file per restart. */
  | (PreparationStepBase<"restarts"> & {
      /** Names of the first and the last file. */
      readonly first: string;
      readonly last: string;
      /** Names of files that are no finished recording, or come after the last that is needed. */
      readonly leftOut: readonly string[];
    })
  | (PreparationStepBase<"subset"> & { readonly first: number; readonly count: number })
  /** The distinct values in the order of their new symbols 0, 1, ...; decimal, for they may exceed 2^53. */
  | (PreparationStepBase<"translated"> & { readonly values: readonly string[] })
  | (PreparationStepBase<"bits-selected"> & {
      readonly by: "mask" | "ranking";
      /** Hexadecimal. */
      readonly mask: string;
      /** Every bit up to the highest in use, from position 0. */
      readonly positions: readonly BitPosition[];
    });
