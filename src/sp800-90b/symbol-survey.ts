import { DistinctValues } from "./distinct-values";
import { minEntropyOf, upperBound } from "./confidence";

/** Widths that samples come in. */
export type SampleWidth = 8 | 16 | 32 | 64;

/** One bit position over all samples. */
export interface BitEstimate {
  /** 0 is the least significant bit. */
  readonly position: number;
  readonly ones: number;
  /** 6.3.1 on this bit alone. */
  readonly minEntropy: number;
}

/**
 * What must be known of samples before they can be reduced to symbols of at most 8 bits (6.4): how many there are, how
 * often each bit is one, and which values occur if these are few. Takes them block by block, in memory that does not grow.
 */
export class SymbolSurvey {
  /** Samples seen. */
  samples = 0;
  readonly distinct = new DistinctValues();
  private readonly histograms: readonly Float64Array[];

  constructor(width: SampleWidth) {
    this.histograms = Array.from({ length: width / 8 }, () => new Float64Array(256));
  }

  /**
   * @param lo the low 32 bits of each sample
   * @param hi the high 32 bits; zeros for samples of at most 32
   * @param length how many samples the block holds
   */
  add(lo: Uint32Array, hi: Uint32Array, length: number): void {
    this.samples += length;
    this.distinct.add(lo, hi, length);
    this.countBytes(lo, length, 0);
    if (this.histograms.length > 4) this.countBytes(hi, length, 4);
  }

  /** The highest bit that is one in any sample, plus one; 1 if all are zero. */
  get bitsInUse(): number {
    const highest = this.bits().findLastIndex(({ ones }) => ones > 0);
    return Math.max(highest, 0) + 1;
  }

  /** Every bit position of the width, from 0. */
  bits(): readonly BitEstimate[] {
    return this.histograms.flatMap((histogram, byte) =>
      Array.from({ length: 8 }, (_, bit) => {
        const ones = histogram.reduce((sum, count, value) => sum + ((value >>> bit) & 1) * count, 0);
        return { position: 8 * byte + bit, ones, minEntropy: this.bitMinEntropy(ones) };
      }),
    );
  }

  private bitMinEntropy(ones: number): number {
    const n = this.samples;
    return n === 0 ? 0 : minEntropyOf(upperBound(Math.max(ones, n - ones) / n, n));
  }

  private countBytes(words: Uint32Array, length: number, firstByte: number): void {
    let used = 0;
    for (let i = 0; i < length; i++) used |= words[i];
    const bytes = Math.min(4, this.histograms.length - firstByte);
    for (let byte = 0; byte < bytes; byte++) {
      const histogram = this.histograms[firstByte + byte];
      const shift = 8 * byte;
      if (((used >>> shift) & 255) === 0) histogram[0] += length;
      else for (let i = 0; i < length; i++) histogram[(words[i] >>> shift) & 255]++;
    }
  }
}
