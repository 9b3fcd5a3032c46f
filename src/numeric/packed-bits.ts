/** Bits in the order of time: bit i is bit 31 - i % 32 of word floor(i / 32). At least two zero words follow the last bit. */
export interface PackedBits {
  readonly words: Int32Array;
  /** Bits. */
  readonly length: number;
}

/**
 * Lays symbols end to end, each most significant bit first.
 * @param symbols each below 2^width
 * @param width bits per symbol, 1 to 16
 */
export function packSymbols(symbols: Uint8Array | Uint16Array, width: number): PackedBits {
  const length = symbols.length * width;
  const words = new Int32Array((length >>> 5) + 3);
  let word = 0;
  let free = 32;
  let at = 0;
  for (let i = 0; i < symbols.length; i++) {
    const symbol = symbols[i];
    free -= width;
    if (free > 0) {
      word |= symbol << free;
    } else {
      words[at++] = word | (symbol >>> -free);
      free += 32;
      word = free === 32 ? 0 : symbol << free;
    }
  }
  words[at] = word;
  return { words, length };
}

/** The first `most` bits, or all if there are not so many. */
export function firstBits(bits: PackedBits, most: number): PackedBits {
  if (bits.length <= most) return bits;
  const last = most >>> 5;
  const words = new Int32Array(last + 3);
  words.set(bits.words.subarray(0, last + 1));
  words[last] &= ~(-1 >>> (most & 31));
  return { words, length: most };
}

/** Undoes `packSymbols`. */
export function unpackSymbols(bits: PackedBits, width: number): Uint8Array {
  const symbols = new Uint8Array(bits.length / width);
  for (let i = 0; i < symbols.length; i++) symbols[i] = windowAt(bits.words, i * width) >>> (32 - width);
  return symbols;
}

/** The 32 bits that start at bit `at`, as a signed integer. */
export function windowAt(words: Int32Array, at: number): number {
  const word = at >>> 5;
  const shift = at & 31;
  return (words[word] << shift) | ((words[word + 1] >>> 1) >>> (31 - shift));
}

/** How many of the 32 bits are ones. */
export function popcount(x: number): number {
  x -= (x >>> 1) & 0x55555555;
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** How many of a sequence's bits are ones. */
export function countOnes({ words }: PackedBits): number {
  let ones = 0;
  for (let i = 0; i < words.length; i++) ones += popcount(words[i]);
  return ones;
}
