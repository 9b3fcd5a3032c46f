import type { PackedBits } from "../../numeric/packed-bits";
import type { Predictions } from "../prediction";
import type { Progress } from "../progress";
import { Race } from "../race";

/** 6.3.9 step 1. */
export const DEPTHS = 16;
/** 6.3.9 step 1: a table takes no more (context, symbol) entries than this. */
export const MAX_ENTRIES = 100_000;
/** Words of predictions that one model makes before the next has its turn. */
const BLOCK = 2048;

/**
 * MultiMMC over binary data. The models do not depend on each other, so each predicts a block of samples by itself, its
 * table in the cache, and the race between them is run over the masks of right predictions.
 */
export function predictBits({ words, length }: PackedBits, progress: Progress): Predictions {
  const race = new Race(DEPTHS);
  const models = Array.from({ length: DEPTHS }, (_, i) => (i + 1 < DEPTHS ? new Model(i + 1) : new LimitedModel()));
  const right = new Int32Array(DEPTHS * BLOCK);
  const silent = new Int32Array(DEPTHS * BLOCK);
  const count = (length + 31) >>> 5;
  for (let from = 0; from < count; from += BLOCK) {
    const to = Math.min(count, from + BLOCK);
    models.forEach((model, m) => {
      for (let i = from; i < to; i++) {
        const first = i === 0 ? model.depth : 0;
        const end = Math.min(32, length - 32 * i);
        const context = i === 0 ? words[0] >>> (32 - model.depth) : words[i - 1];
        model.predict(words[i] << first, end - first, context);
        right[(i - from) * DEPTHS + m] = model.right << (32 - end);
        silent[(i - from) * DEPTHS + m] = model.silent << (32 - end);
      }
    });
    // The first sample that is predicted is the third (step 3).
    if (from === 0) right[0] &= -1 >>> 2;
    for (let i = 0; i < to - from; i++) race.advance(right, silent, i * DEPTHS);
    progress(to / count);
  }
  return race.result(length - 2, (index) => index + 1);
}

/**
 * Counts of what followed each context of `depth` bits. Only the difference of its two counts matters, and whether there
 * are any: a cell holds 2 (ones - zeros) + 1, and 0 for a context never seen. Its sign is the prediction; a tie is a one.
 */
class Model {
  private readonly cells: Int32Array;
  private unseen: number;
  /** Of the last word: where the prediction was right, and where there was none; its last bit is the least significant. */
  right = 0;
  silent = 0;

  constructor(readonly depth: number) {
    this.cells = new Int32Array(2 ** depth);
    this.unseen = this.cells.length;
  }

  /**
   * Predicts bits and learns them, one after the other.
   * @param word the bits, from the most significant on
   * @param context ends in the bits before
   */
  predict(word: number, bits: number, context: number): void {
    if (this.unseen > 0) {
      this.predictAndDiscover(word, bits, context);
      return;
    }
    const { cells } = this;
    const mask = cells.length - 1;
    let right = 0;
    context &= mask;
    for (let b = 0; b < bits; b++) {
      const bit = word >>> 31;
      const cell = cells[context];
      right = (right << 1) | ((cell >>> 31) ^ bit);
      cells[context] = cell + (bit << 2) - 2;
      context = ((context << 1) | bit) & mask;
      word <<= 1;
    }
    this.right = right;
    this.silent = 0;
  }

  /** The same as long as there are contexts that were never seen. */
  private predictAndDiscover(word: number, bits: number, context: number): void {
    const { cells } = this;
    const mask = cells.length - 1;
    let right = 0;
    let silent = 0;
    context &= mask;
    for (let b = 0; b < bits; b++) {
      const bit = word >>> 31;
      const cell = cells[context];
      right <<= 1;
      silent <<= 1;
      if (cell === 0) {
        silent |= 1;
        this.unseen--;
      } else {
        right |= (cell >>> 31) ^ bit;
      }
      cells[context] = (cell | 1) + (bit << 2) - 2;
      context = ((context << 1) | bit) & mask;
      word <<= 1;
    }
    this.right = right;
    this.silent = silent;
  }
}

/** The model of depth 16: of its 2^17 entries, only the first 100,000 that occur are counted. */
class LimitedModel {
  readonly depth = DEPTHS;
  private readonly cells = new Int32Array(2 ** DEPTHS);
  private readonly counted = new Uint8Array(2 ** (DEPTHS + 1));
  private entries = 0;
  right = 0;
  silent = 0;

  predict(word: number, bits: number, context: number): void {
    const { cells, counted } = this;
    const mask = cells.length - 1;
    let right = 0;
    let silent = 0;
    context &= mask;
    for (let b = 0; b < bits; b++) {
      const bit = word >>> 31;
      const cell = cells[context];
      // The sign of -cell if the bit is a one, else of cell.
      right = (right << 1) | (((cell ^ -bit) + bit) >>> 31);
      silent = (silent << 1) | (~cell & 1);
      const entry = (context << 1) | bit;
      if (counted[entry] === 0 && this.entries < MAX_ENTRIES) {
        counted[entry] = 1;
        this.entries++;
      }
      if (counted[entry] === 1) cells[context] = (cell | 1) + (bit << 2) - 2;
      context = entry & mask;
      word <<= 1;
    }
    this.right = right;
    this.silent = silent;
  }
}
