import type { DecisivePredictions } from "../../model";
import type { PackedBits } from "../../numeric/packed-bits";
import { runEndingAt, type Predictions } from "../prediction";
import type { Progress } from "../progress";

/** 6.3.10 step 1: the longest context. */
export const B = 16;
/** 6.3.10 step 1: contexts of all lengths together. */
export const MAX_DICTIONARY = 65_536;
/** Bits between two looks at whether the short contexts have settled. */
const STRIDE = 1 << 16;

/**
 * LZ78Y over binary data.
 *
 * Every time a long context occurs, so does the single bit it ends in, so no count is greater than those of the contexts
 * of one bit, and a longer context matters only by equalling them. Once each of the eight strings of three bits has been
 * counted, the contexts of one bit are ahead of all longer ones for good, and the rest of the data needs four counters.
 */
export function predictBits(bits: PackedBits, progress: Progress): Predictions {
  const predictor = new Predictor(bits);
  for (let from = 0; from < bits.length; from += STRIDE) {
    const to = Math.min(bits.length, from + STRIDE);
    if (predictor.isSettled()) predictor.advanceByOneBit(from, to);
    else predictor.advance(from, to);
    progress(to / bits.length);
  }
  const { C, longestRun, runEnd, uses } = predictor;
  return {
    N: bits.length - B - 1,
    C,
    longestRun,
    run: runEndingAt(runEnd, longestRun),
    favourite: favouriteContext(uses),
  };
}

/** @param uses by the length of the context, 0 for none: how many predictions it made */
export function favouriteContext(uses: Int32Array): DecisivePredictions["favourite"] {
  const all = uses.reduce((sum, count) => sum + count, 0);
  const most = uses.reduce((best, count, d) => (d > 0 && (best === 0 || count > uses[best]) ? d : best), 0);
  return uses[most] === 0 || most === 0 ? null : { parameter: most, share: uses[most] / all };
}

class Predictor {
  /** Of context c, which is its bits after a leading one: at 2 c and 2 c + 1, how often a zero and a one followed. */
  private readonly counts = new Int32Array(4 << B);
  private readonly inDictionary = new Uint8Array(2 << B);
  private dictionarySize = 0;
  private run = 0;
  C = 0;
  longestRun = 0;
  runEnd = -1;
  /** By the length of the context, 0 for none: how many predictions it made. */
  readonly uses = new Int32Array(B + 1);

  constructor(private readonly bits: PackedBits) {}

  /** Whether every context of two bits was followed by a zero and by a one. */
  isSettled(): boolean {
    return this.counts.subarray(8, 16).every((count) => count > 0);
  }

  /** The whole of steps 3a to 3d. */
  advance(from: number, to: number): void {
    const { counts, inDictionary } = this;
    const { words } = this.bits;
    let history = this.historyBefore(from);
    for (let i = from; i < to; i++) {
      const bit = (words[i >>> 5] >>> (~i & 31)) & 1;
      let most = 0;
      let prediction = -1;
      let used = 0;
      for (let d = i < B ? 0 : B; d >= 1; d--) {
        const context = (1 << d) | (history & ((1 << d) - 1));
        if (inDictionary[context] === 0) {
          if (this.dictionarySize === MAX_DICTIONARY) continue;
          inDictionary[context] = 1;
          this.dictionarySize++;
        }
        const zeros = counts[2 * context];
        const ones = counts[2 * context + 1];
        const count = ones >= zeros ? ones : zeros;
        if (count > most) {
          most = count;
          prediction = ones >= zeros ? 1 : 0;
          used = d;
        }
        counts[2 * context + bit]++;
      }
      this.run = prediction === bit ? this.run + 1 : 0;
      if (i > B) this.uses[used]++;
      if (i > B && prediction === bit) {
        this.C++;
        if (this.run > this.longestRun) {
          this.longestRun = this.run;
          this.runEnd = i;
        }
      }
      history = (history << 1) | bit;
    }
  }

  /** Steps 3a to 3d where only the contexts of one bit matter. */
  advanceByOneBit(from: number, to: number): void {
    const { counts } = this;
    const { words } = this.bits;
    let { C, run, longestRun, runEnd } = this;
    let previous = this.historyBefore(from) & 1;
    for (let i = from; i < to; i++) {
      const bit = (words[i >>> 5] >>> (~i & 31)) & 1;
      const context = 4 + 2 * previous;
      const prediction = counts[context + 1] >= counts[context] ? 1 : 0;
      counts[context + bit]++;
      if (prediction === bit) {
        C++;
        if (++run > longestRun) {
          longestRun = run;
          runEnd = i;
        }
      } else {
        run = 0;
      }
      previous = bit;
    }
    this.C = C;
    this.run = run;
    this.longestRun = longestRun;
    this.runEnd = runEnd;
    this.uses[1] += to - from;
  }

  /** The 32 bits before bit `from`, a multiple of 32. */
  private historyBefore(from: number): number {
    return from === 0 ? 0 : this.bits.words[(from >>> 5) - 1];
  }
}
