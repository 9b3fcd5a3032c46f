import type { Stretch } from "../model";

/** Finds the longest run of ones in bits that are handed in 32 at a time; of several the first. */
export class LongestRun {
  /** Ones of the longest run so far. */
  length = 0;
  private first = 0;
  private last = -1;
  private run = 0;
  private runFirst = 0;
  private at = 0;

  /** Where the longest run is; null if there was no one. */
  stretch(): Stretch | null {
    return this.length === 0 ? null : { first: this.first, last: this.last };
  }

  /**
   * @param outcome 32 bits, the first the most significant
   * @param silence zeros of `outcome` that neither prolong a run nor end it
   */
  add(outcome: number, silence = 0): void {
    const { at } = this;
    this.at += 32;
    if (silence !== 0) {
      this.addOneByOne(outcome, silence, at);
      return;
    }
    if (outcome === 0) {
      this.run = 0;
      return;
    }
    const leading = Math.clz32(~outcome);
    if (leading > 0) {
      if (this.run === 0) this.runFirst = at;
      this.run += leading;
      if (this.run > this.length) this.record(this.run, this.runFirst, at + leading - 1);
      if (leading === 32) return;
    }
    if (this.length < 31 && (this.length < 8 || hasEightOnes(outcome))) this.lookWithin(outcome, at);
    // The ones at the end begin the next run.
    this.run = 31 - Math.clz32(~outcome & -~outcome);
    this.runFirst = at + 32 - this.run;
  }

  private lookWithin(outcome: number, at: number): void {
    let within = 0;
    let starts = 0;
    for (let ones = outcome; ones !== 0; ones &= ones << 1) {
      within++;
      starts = ones;
    }
    if (within <= this.length) return;
    const first = at + Math.clz32(starts);
    this.record(within, first, first + within - 1);
  }

  private addOneByOne(outcome: number, silence: number, at: number): void {
    for (let b = 0; b < 32; b++, outcome <<= 1, silence <<= 1) {
      if (outcome < 0) {
        if (this.run++ === 0) this.runFirst = at + b;
        if (this.run > this.length) this.record(this.run, this.runFirst, at + b);
      } else if (silence >= 0) {
        this.run = 0;
      }
    }
  }

  private record(length: number, first: number, last: number): void {
    this.length = length;
    this.first = first;
    this.last = last;
  }
}

/** Whether eight ones are side by side. */
function hasEightOnes(bits: number): boolean {
  bits &= bits << 1;
  bits &= bits << 2;
  return (bits & (bits << 4)) !== 0;
}
