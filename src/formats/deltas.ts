import type { NumberBlock } from "./number-block";
import type { NumberMeaning } from "./sample-format";

/**
 * Turns timestamps into the differences of neighbours, modulo the clock's width; the first timestamp has none. Takes
 * them block by block.
 */
export class Deltas {
  /** How often the clock started again from zero: a smaller timestamp less than half its range further on. */
  wraps = 0;
  /** How often a timestamp was smaller than the one before otherwise. */
  backwards = 0;
  private started = false;
  private lo = 0;
  private hi = 0;

  /** @param width of the clock in bits */
  constructor(
    private readonly meaning: Exclude<NumberMeaning, "samples">,
    private readonly width: 16 | 32 | 64,
  ) {}

  /** Replaces the timestamps by their differences. */
  apply(block: NumberBlock): void {
    if (this.meaning === "seconds-nanoseconds") toNanoseconds(block);
    const { lo, hi, length } = block;
    const skipped = this.started || length === 0 ? 0 : 1;
    if (skipped === 1) {
      this.started = true;
      this.lo = lo[0];
      this.hi = hi[0];
    }
    if (this.width === 64) this.subtract64(lo, hi, skipped, length);
    else this.subtract32(lo, skipped, length);
    block.length -= skipped;
  }

  private subtract32(lo: Uint32Array, skipped: number, length: number): void {
    const unused = 32 - this.width;
    const half = 2 ** (this.width - 1);
    let last = this.lo;
    for (let i = skipped; i < length; i++) {
      const now = lo[i];
      const delta = ((now - last) << unused) >>> unused;
      if (now < last) this.countDecrease(delta < half);
      lo[i - skipped] = delta;
      last = now;
    }
    this.lo = last;
  }

  private subtract64(lo: Uint32Array, hi: Uint32Array, skipped: number, length: number): void {
    let lastLo = this.lo;
    let lastHi = this.hi;
    for (let i = skipped; i < length; i++) {
      const nowLo = lo[i];
      const nowHi = hi[i];
      const borrow = nowLo < lastLo ? 1 : 0;
      const deltaHi = (nowHi - lastHi - borrow) >>> 0;
      if (nowHi < lastHi || (nowHi === lastHi && borrow === 1)) this.countDecrease(deltaHi < 2 ** 31);
      lo[i - skipped] = nowLo - lastLo;
      hi[i - skipped] = deltaHi;
      lastLo = nowLo;
      lastHi = nowHi;
    }
    this.lo = lastLo;
    this.hi = lastHi;
  }

  private countDecrease(wrapped: boolean): void {
    if (wrapped) this.wraps++;
    else this.backwards++;
  }
}

/** Seconds in the upper half and nanoseconds in the lower become nanoseconds, exactly. */
function toNanoseconds({ lo, hi, length }: NumberBlock): void {
  for (let i = 0; i < length; i++) {
    const low = (hi[i] & 0xffff) * 1e9 + lo[i];
    const high = (hi[i] >>> 16) * 1e9;
    const sum = (high % 2 ** 16) * 2 ** 16 + low;
    lo[i] = sum % 2 ** 32;
    hi[i] = Math.floor(high / 2 ** 16) + Math.floor(sum / 2 ** 32);
  }
}
