/**
 * xoshiro128** (Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", 2021): for permutations that can be
 * done again from their seed, not for secrets.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  /**
   * @param seed an integer from 0 to 2^53 - 1
   * @param stream an integer from 0 to 2^32 - 1; streams of a seed are independent of each other
   */
  constructor(seed: number, stream: number) {
    // Three different inputs give different states; the mixing makes neighbours unlike each other.
    let state = seed >>> 0;
    const mix = (input: number): number => {
      state = (state ^ input) + 0x9e3779b9;
      let z = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
      z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
      return (state = z ^ (z >>> 16));
    };
    this.a = mix(Math.floor(seed / 2 ** 32));
    this.b = mix(stream);
    this.c = mix(1);
    this.d = mix(2) | 1; // not all zero
  }

  /** 32 random bits, as a signed integer. */
  next(): number {
    const result = Math.imul(rotate(Math.imul(this.b, 5), 7), 9);
    const shifted = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= shifted;
    this.d = rotate(this.d, 11);
    return result;
  }

  /** Puts the items into a random order, every order as likely as any other (Fisher and Yates; no modulo, no bias). */
  shuffle(items: Uint8Array): void {
    for (let i = items.length - 1; i > 0; i--) {
      const shift = Math.clz32(i);
      let j = this.next() >>> shift;
      while (j > i) j = this.next() >>> shift;
      const item = items[i];
      items[i] = items[j];
      items[j] = item;
    }
  }
}

function rotate(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}
