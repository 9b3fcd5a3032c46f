/** A boot-test file, and the folder of its runs. */
export interface BootTestSource {
  readonly kind: "boot-test";
  /** The file's name without its suffix. */
  readonly name: string;
  readonly file: string;
  readonly folder: string;
}

/** What is worth knowing of a boot-test file although it can be run. */
export interface BootTestWarning {
  /** 0-based, as VS Code counts. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly remedy: string;
}

/** The least, the middle and the greatest of some numbers. */
export interface Spread {
  readonly least: number;
  readonly median: number;
  readonly greatest: number;
}

/** A run whose data were assessed; `S` is the assessment's report. */
export interface BootRun<S> {
  /** That of its files, `entropy.%09d.bin`. */
  readonly number: number;
  /** What its `.meta` file says, in the order of its lines. */
  readonly meta: readonly (readonly [key: string, value: string])[];
  /** How long the kernel took to draw the samples, as its console told; null when it did not. */
  readonly drawNanoseconds: number | null;
  /** Entropy per unit of time, which a tuning is to make as great as can be; null where either is unknown. */
  readonly bitsPerSecond: number | null;
  readonly samples: S;
}

/** All runs with one set of parameters. */
export interface BootTestSet<S> {
  /** The options of the kernel's command line that the matrix gives it, in order; none without a matrix. */
  readonly options: readonly (readonly [name: string, value: string])[];
  /** As kernel.jitterentropy.raw says; null where nothing says it. */
  readonly data: "raw" | "processed" | null;
  readonly runs: readonly BootRun<S>[];
  /** Bits per sample over the runs; null without runs, or if one of them could not be assessed. */
  readonly minEntropy: Spread | null;
  readonly bitsPerSecond: Spread | null;
}

/** Two sets that differ in kernel.jitterentropy.raw alone: indices into the sets. */
export interface RawAndProcessed {
  readonly raw: number;
  readonly processed: number;
}

/** A boot that was tried in this test and left no data. */
export interface FailedBoot {
  /** Index into the sets. */
  readonly set: number;
  readonly number: number;
  readonly message: string;
  readonly remedy: string;
  /** The last lines of the console, as they came; empty: nothing came. Data, never trusted. */
  readonly consoleEnd: string;
}

/** A boot test, but for its runs: every finished run of a definition is assessed, over its matrix of parameters. */
export interface BootTestFacts {
  readonly arch: string;
  readonly method: "qemu" | "netboot" | "command" | "checkout";
  readonly entropySource: string;
  /** Bytes asked for; null when the kernel decided. */
  readonly length: number | null;
  readonly bits: number;
  /** Boots of each set that the definition asks for. */
  readonly iterations: number;
  /** Whether runs that the folder held already were left out. */
  readonly onlyMissing: boolean;
  /** Boots made in this test; the others were there before. */
  readonly booted: number;
  readonly warnings: readonly BootTestWarning[];
  readonly pairs: readonly RawAndProcessed[];
  /** The set with the most entropy per unit of time in the median, of those not known to be processed; null if none tells. */
  readonly best: number | null;
  readonly failed: readonly FailedBoot[];
  /** Data in the folder without a `.meta` file. */
  readonly unfinished: readonly string[];
  /** Finished runs in the folder that were booted otherwise. */
  readonly others: number;
}
