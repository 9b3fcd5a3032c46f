/** What the estimators of SP 800-90B 6.3 find, and what decided each value. */

/** Named as the files of `src/sp800-90b/estimators/`, in the order of SP 800-90B 6.3. */
export type EstimatorId =
  | "most-common-value"
  | "collision"
  | "markov"
  | "compression"
  | "t-tuple"
  | "lrs"
  | "multi-mcw"
  | "lag"
  | "multi-mmc"
  | "lz78y";

/** `literal`: the symbols as they are; `bitstring`: their bits, most significant first. */
export type Scope = "literal" | "bitstring";

// --------------------------------------------------------------------------------------- what decided a value
//
// Places are 0-based indices into the sequence of the scope: samples, or bits. Symbols are the samples' own values, or
// bits. Tuples and lists of places are cut to a bounded length; the counts beside them are whole.

/** From one place to another, both included. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
}

/** The most frequent symbol. */
export interface DecisiveSymbol {
  readonly kind: "symbol";
  readonly symbol: number;
  readonly count: number;
  /** Where it occurs first. */
  readonly first: number;
}

/** A mean over all the data: how far it is from what ideal bits give, and where it is least. */
export interface DecisiveMean {
  readonly kind: "mean";
  /** What the mean of ideal data of this length is expected to be. */
  readonly ideal: number;
  /** (mean - ideal) in standard errors of the mean: below -3 chance is no likely reason. null where all values are equal. */
  readonly standardErrors: number | null;
  /** Of some stretches of equal length that the data are cut into, the one with the least mean. */
  readonly lowest: Stretch & { readonly mean: number };
}

/** The mean distance between equal blocks of six bits. */
export interface DecisiveDistances extends DecisiveMean {
  /** The block that is most frequent among all. */
  readonly block: { readonly bits: string; readonly count: number; readonly first: number };
}

/** The most probable sequence of 128 bits. */
export interface DecisivePath {
  readonly kind: "path";
  readonly start: 0 | 1;
  /** The transitions that it is made of: how often each occurs in the data, and how often in the sequence. */
  readonly transitions: readonly {
    readonly from: 0 | 1;
    readonly to: 0 | 1;
    readonly count: number;
    readonly times: number;
  }[];
  /** The longest stretch of the data that repeats the sequence's main transitions; null where they never occur. */
  readonly longest: Stretch | null;
}

/** The tuple whose frequency, per symbol, is the greatest. */
export interface DecisiveTuple {
  readonly kind: "tuple";
  readonly length: number;
  /** Its first symbols. */
  readonly symbols: readonly number[];
  /** Q_i: how often it occurs. */
  readonly count: number;
  /** Where it occurs, the first few places. */
  readonly positions: readonly number[];
}

/** The tuple length at which two tuples are likeliest to be equal, and the longest repeat. */
export interface DecisiveRepeats {
  readonly kind: "repeats";
  /** W. */
  readonly length: number;
  /** How many pairs of tuples of that length are equal: the sum of C(c, 2) over their counts. */
  readonly pairs: number;
  /** The longest substring that occurs twice: its first symbols, and two places where it starts. */
  readonly longest: {
    readonly length: number;
    readonly symbols: readonly number[];
    readonly positions: readonly [number, number];
  };
}

/** What a predictor's bound comes from. */
export interface DecisivePredictions {
  readonly kind: "predictions";
  /** `global`: the rate of right predictions; `local`: their longest run; `alphabet`: neither exceeds 1/k. */
  readonly bound: "global" | "local" | "alphabet";
  /** The first of the longest runs of right predictions; null when none was right. */
  readonly run: Stretch | null;
  /** The sub-predictor that was believed for the greatest share of the data; null when nothing was predicted. */
  readonly favourite: {
    /** Its window, lag or order, in symbols. LZ78Y: the length of the context. */
    readonly parameter: number;
    readonly share: number;
  } | null;
}

// ------------------------------------------------------------------------------------------------- estimates

interface FoundBase<E extends EstimatorId> {
  readonly estimator: E;
  readonly scope: Scope;
  /** Bits per symbol of the scope; null when the standard defines no value for these data. */
  readonly minEntropy: number | null;
  /** Why there is no value; null when there is one. */
  readonly notComputed: string | null;
}

/** 6.3.1 */
export interface MostCommonValueEstimate extends FoundBase<"most-common-value"> {
  readonly modeCount: number;
  readonly pHat: number;
  readonly pU: number;
  readonly decisive: DecisiveSymbol;
}

/** 6.3.2 */
export interface CollisionEstimate extends FoundBase<"collision"> {
  readonly v: number;
  readonly sumT: number;
  readonly xBar: number | null;
  readonly sigmaHat: number | null;
  readonly xBarPrime: number | null;
  readonly p: number | null;
  /** Whether the equation had a root; without one p is the lower bound, 0.5. */
  readonly foundP: boolean;
  readonly decisive: DecisiveMean | null;
}

/** 6.3.3; a transition probability is null when its starting state never occurs. */
export interface MarkovEstimate extends FoundBase<"markov"> {
  readonly p0: number | null;
  readonly p1: number | null;
  readonly p00: number | null;
  readonly p01: number | null;
  readonly p10: number | null;
  readonly p11: number | null;
  readonly pHatMax: number | null;
  readonly decisive: DecisivePath | null;
}

/** 6.3.4 */
export interface CompressionEstimate extends FoundBase<"compression"> {
  readonly xBar: number | null;
  readonly sigmaHat: number | null;
  readonly xBarPrime: number | null;
  readonly p: number | null;
  readonly foundP: boolean;
  readonly decisive: DecisiveDistances | null;
}

/** 6.3.5 */
export interface TTupleEstimate extends FoundBase<"t-tuple"> {
  readonly t: number | null;
  readonly pHatMax: number | null;
  readonly pU: number | null;
  readonly decisive: DecisiveTuple | null;
}

/** 6.3.6 */
export interface LrsEstimate extends FoundBase<"lrs"> {
  readonly u: number | null;
  readonly v: number | null;
  readonly pHat: number | null;
  readonly pU: number | null;
  readonly decisive: DecisiveRepeats | null;
}

/** 6.3.7 to 6.3.10 */
export interface PredictionEstimate extends FoundBase<"multi-mcw" | "lag" | "multi-mmc" | "lz78y"> {
  /** Predictions made, and how many were correct. */
  readonly N: number;
  readonly C: number;
  /** Longest run of correct predictions plus one. */
  readonly r: number;
  readonly pGlobal: number | null;
  readonly pGlobalPrime: number | null;
  /** null when it was not searched, because it cannot exceed max(pGlobalPrime, 1/k). */
  readonly pLocal: number | null;
  readonly decisive: DecisivePredictions | null;
}

/** What an estimator finds in a sequence. */
export type FoundEstimate =
  | MostCommonValueEstimate
  | CollisionEstimate
  | MarkovEstimate
  | CompressionEstimate
  | TTupleEstimate
  | LrsEstimate
  | PredictionEstimate;

/** What ideal data would be estimated at. */
export interface Ceiling {
  /**
   * What ideal, uniform random data of as many samples typically score with this estimator: the median, bits per symbol
   * of the scope. A value near it is no weakness. null when the estimator gives no value for them.
   */
  readonly ceiling: number | null;
}

/** An estimate as it is reported. */
export type Estimate = FoundEstimate & Ceiling;
