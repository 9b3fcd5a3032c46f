import type { Estimate } from "../model";
import type { Header } from "./header";

/** What 3.1.5.1.2 asks of a conditioning component. */
export interface ConditioningParameters {
  /** Bits in and out. */
  readonly nIn: number;
  readonly nOut: number;
  /** The narrowest internal width, bits. */
  readonly nw: number;
  /** Bits of entropy of the input, in (0, nIn]. */
  readonly hIn: number;
  /** null: the component is vetted; else h', bits of entropy per bit of its output as assessed (3.1.5.2). */
  readonly hPrime: number | null;
}

/** 3.1.5, with every intermediate value; probabilities as base-2 logarithms, for they leave the range of doubles. */
export interface ConditioningResult extends ConditioningParameters {
  /** min(nOut, nw, nIn), bits (step 2). */
  readonly n: number;
  readonly log2PHigh: number;
  readonly log2PLow: number;
  readonly log2Psi: number;
  readonly log2U: number;
  readonly log2Omega: number;
  /** Output_Entropy(n_in, n_out, nw, h_in), bits. */
  readonly outputEntropy: number;
  /** nOut - outputEntropy, with digits of its own: the difference of the two has none left near full entropy. */
  readonly deficit: number;
  /** 0.999 n_out and h' n_out, bits; null for a vetted component. */
  readonly designBound: number | null;
  readonly measuredBound: number | null;
  /** Bits of entropy of the output: the least of the above. */
  readonly hOut: number;
  readonly decidedBy: "output-entropy" | "design-bound" | "measured-bound";
  /**
   * Whether the output may be claimed to have full entropy (FIPS 140-3 IG D.K, resolution 19): vetted, h_in >= n_out + 64,
   * if the component's security strength is at least n_out.
   */
  readonly fullEntropy: boolean;
}

/**
 * The same figures in decimal, with the 22 digits that NIST's ea_conditioning prints, for who compares the two.
 * Epsilons are given as the exponent x of 2^-x.
 */
export interface ConditioningDigits {
  readonly hIn: string;
  /** null for a vetted component, as are the two bounds. */
  readonly hPrime: string | null;
  readonly outputEntropy: string;
  readonly designBound: string | null;
  readonly measuredBound: string | null;
  readonly hOut: string;
  /** By which share outputEntropy misses n_out. */
  readonly epsilon: string;
  /** The same of n_out, h_in and nw, where outputEntropy rounds to them; null where it does not. */
  readonly closeTo: { readonly nOut: string | null; readonly hIn: string | null; readonly nw: string | null };
}

/** A conditioned sequential dataset, assessed on the non-IID track (3.1.5.2). */
export interface ConditionedDataset {
  readonly file: string;
  /** Of the whole file, lower-case hex. */
  readonly sha256: string;
  /** Bits per symbol of the file. */
  readonly bits: number;
  /** Bits of entropy per bit: the least estimate. */
  readonly hPrime: number;
  readonly estimates: readonly Estimate[];
}

/** What the calculator of 3.1.5 writes as JSON. */
export interface ConditioningReport extends Header<"conditioning"> {
  /** Where h' is from; null when it was given, or the component is vetted. */
  readonly conditioned: ConditionedDataset | null;
  readonly conditioning: ConditioningResult;
  /** By which share outputEntropy misses nOut: the exponent x of 2^-x, in decimal, for it may leave the range of doubles. */
  readonly epsilon: string;
}
