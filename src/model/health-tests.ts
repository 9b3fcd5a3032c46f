import type { SamplesOrigin } from "./origin";
import type { PreparationStep } from "./preparation";

/** How the adaptive proportion test's cutoff is found; `src/sp800-90b/health-test-cutoffs.ts` has both formulas. */
export type AdaptiveProportionRule = "sp800-90b" | "corrected";

/** What the continuous health tests of 4.4 are set to. */
export interface HealthTestParameters {
  /** H, bits per sample: what the source is claimed to give. */
  readonly minEntropy: number;
  /** How often a source that gives H may fail a test, per sample (4.4.1) or window (4.4.2). */
  readonly alpha: number;
  /** Whether the source produces two distinct values only; this sets the window of 4.4.2. */
  readonly binary: boolean;
  readonly rule: AdaptiveProportionRule;
  /** How many samples the start-up test runs over, 1024 at least. */
  readonly startUpSamples: number;
}

/** The place where a test failed; positions count samples from 0. */
export interface HealthTestFailure {
  /** The sample that reached the cutoff. */
  readonly position: number;
  /** The first sample of the run or window. */
  readonly start: number;
  /** The value that came too often. */
  readonly symbol: number;
}

/** One of the two tests, so far. */
export interface HealthTestOutcome {
  /** Occurrences at which the test fails: in a row, or in a window. */
  readonly cutoff: number;
  /** The most occurrences seen: the longest run, the highest count of a window's first sample. */
  readonly most: number;
  /** Runs or windows that failed: the exact number, whatever is listed. */
  readonly failures: number;
  /** The first of them, a bounded number. */
  readonly listed: readonly HealthTestFailure[];
  /** Inconclusive when no data of this length could have failed. */
  readonly verdict: "pass" | "fail" | "inconclusive";
}

/** 4.4: both continuous tests and the start-up test over a stream of samples, as far as it has come. */
export interface HealthTestsResult {
  readonly parameters: HealthTestParameters;
  readonly samples: number;
  /** 4.4.1 */
  readonly repetitionCount: HealthTestOutcome;
  /** 4.4.2 */
  readonly adaptiveProportion: HealthTestOutcome & { readonly window: number };
  /** 4.3: failures of either test in the first samples; inconclusive until they have come. */
  readonly startUp: { readonly failures: number; readonly verdict: "pass" | "fail" | "inconclusive" };
  /** `fail` if any of the three fails, else `inconclusive` if any is, else `pass`. */
  readonly verdict: "pass" | "fail" | "inconclusive";
}

/** What was read of a file whose samples the health tests ran over. */
export interface HealthTestsInput {
  readonly file: string;
  /** Of the whole file, lower-case hex. */
  readonly sha256: string;
  /** Bits per sample, as stated; 1 is a binary source. */
  readonly bits: number;
  /** What was done to the file's content on its way to the samples. */
  readonly preparation: readonly PreparationStep[];
  /** There when a `.meta` file stands beside the samples. */
  readonly origin?: SamplesOrigin;
}

/** Consecutive samples of a file. */
export interface SampleExcerpt {
  /** Position of the first. */
  readonly start: number;
  /** @maxItems 1024 */
  readonly samples: readonly number[];
}

/** The samples as a plot shows them, in a size that does not depend on their number. */
export interface SampleTrace {
  /** How many consecutive samples a bin stands for; the last bin may stand for fewer. */
  readonly samplesPerBin: number;
  /**
   * The least sample of each bin.
   * @maxItems 1024
   */
  readonly least: readonly number[];
  /**
   * The greatest sample of each bin.
   * @maxItems 1024
   */
  readonly greatest: readonly number[];
  /** The samples around the first failure of each test; null where there is none. */
  readonly firstFailure: {
    readonly repetitionCount: SampleExcerpt | null;
    readonly adaptiveProportion: SampleExcerpt | null;
  };
}
