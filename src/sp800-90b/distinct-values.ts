/** 6.4: symbols are at most 8 bits wide. */
const LIMIT = 256;
const SLOTS = 1024;

/** A 64-bit value as two halves of 32 bits. */
export interface SplitValue {
  readonly hi: number;
  readonly lo: number;
}

/** The distinct 64-bit values of a stream of samples as long as there are at most 256, in a hash table of fixed size. */
export class DistinctValues {
  private readonly lo = new Uint32Array(SLOTS);
  private readonly hi = new Uint32Array(SLOTS);
  /** What a slot holds: -1 nothing, else the number given to its value. */
  private readonly numbers = new Int16Array(SLOTS).fill(-1);
  private count = 0;

  /** A set of known values, each numbered by its place in the list, for `numberOf`. */
  static of(values: readonly SplitValue[]): DistinctValues {
    const table = new DistinctValues();
    for (const { lo, hi } of values) table.insert(lo, hi);
    return table;
  }

  /** Whether more than 256 distinct values have come. */
  get tooMany(): boolean {
    return this.count > LIMIT;
  }

  /** Takes in `length` samples; see `SymbolSurvey.add`. */
  add(lo: Uint32Array, hi: Uint32Array, length: number): void {
    for (let i = 0; i < length && this.count <= LIMIT; i++) {
      if (this.numberOf(lo[i], hi[i]) < 0) this.insert(lo[i], hi[i]);
    }
  }

  /** The values, least first; at most 256 of them unless `tooMany`. */
  sorted(): readonly SplitValue[] {
    const values: SplitValue[] = [];
    for (let slot = 0; slot < SLOTS; slot++) {
      if (this.numbers[slot] >= 0) values.push({ hi: this.hi[slot], lo: this.lo[slot] });
    }
    return values.sort((a, b) => a.hi - b.hi || a.lo - b.lo);
  }

  /** The number of a value: how many others were inserted before it; -1 if it was not. */
  numberOf(lo: number, hi: number): number {
    return this.numbers[this.slotOf(lo, hi)];
  }

  private insert(lo: number, hi: number): void {
    const slot = this.slotOf(lo, hi);
    this.lo[slot] = lo;
    this.hi[slot] = hi;
    this.numbers[slot] = this.count++;
  }

  /** Where the value stands, or the free slot where it would. */
  private slotOf(lo: number, hi: number): number {
    const mixed = Math.imul(lo ^ Math.imul(hi, 0x9e3779b1), 0x85ebca6b);
    let slot = (mixed ^ (mixed >>> 15)) & (SLOTS - 1);
    while (this.numbers[slot] >= 0 && (this.lo[slot] !== lo || this.hi[slot] !== hi)) slot = (slot + 1) & (SLOTS - 1);
    return slot;
  }
}

/** Decimal digits of a 64-bit value. */
export function decimalOf({ hi, lo }: SplitValue): string {
  return ((BigInt(hi) << 32n) | BigInt(lo)).toString();
}
