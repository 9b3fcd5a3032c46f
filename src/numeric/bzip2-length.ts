import { sortRotations } from "./rotations";

/** Of a whole file: "BZh" and the level; then, at the end, a magic number and a checksum. Bits. */
export const STREAM_BITS = 32 + 80;

/** Of a block: magic number, checksum, randomisation flag, and the row of the original in the transform. */
const BLOCK_HEADER_BITS = 48 + 32 + 1 + 24;
/** Symbols that choose a code table together. */
const GROUP = 50;
/** Rounds of choosing tables by cost and refitting them. */
const ROUNDS = 4;
const LONGEST_CODE = 17;
/** Code lengths that the tables start from: of symbols that a table is meant for, and of the others. */
const [LIKELY, UNLIKELY] = [0, 15] as const;

/** How many bytes of input, after run-length coding, close a block. */
export function blockSize(level: number): number {
  return 100_000 * level - 19;
}

/**
 * The length of what bzip2 1.0.x makes of some bytes, to the byte, without making it.
 * @param level 1 to 9
 */
export function bzip2Length(bytes: Uint8Array, level: number): number {
  let bits = STREAM_BITS;
  for (const block of runLengthBlocks(bytes, blockSize(level))) bits += blockBits(bzip2Transform(block));
  return Math.ceil(bits / 8);
}

/** Runs of four to 255 become four and a count. A block ends with the run that fills it. */
function* runLengthBlocks(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  const block = new Uint8Array(size + 5);
  let filled = 0;
  for (let i = 0; i < bytes.length;) {
    let run = 1;
    while (run < 255 && i + run < bytes.length && bytes[i + run] === bytes[i]) run++;
    for (let j = 0; j < Math.min(4, run); j++) block[filled++] = bytes[i];
    if (run >= 4) block[filled++] = run - 4;
    i += run;
    if (filled >= size) {
      yield block.subarray(0, filled);
      filled = 0;
    }
  }
  if (filled > 0) yield block.subarray(0, filled);
}

/** The Burrows-Wheeler transform of a block, of one byte at least: what precedes each rotation, in their order. */
export function bzip2Transform(block: Uint8Array): Uint8Array {
  const order = sortRotations(block, 256);
  return Uint8Array.from(order, (place) => block[(place + block.length - 1) % block.length]);
}

/** The bits of a block whose transform is this column. */
export function blockBits(column: Uint8Array): number {
  const inUse = new Uint8Array(256);
  for (let i = 0; i < column.length; i++) inUse[column[i]] = 1;
  const values = [...inUse.keys()].filter((value) => inUse[value] === 1);
  // 16 bits tell which sixteenths of the 256 values are in use, 16 more for each of those which ones.
  const mapBits = 16 + 16 * new Set(values.map((value) => value >> 4)).size;
  const { symbols, count } = moveToFront(column, values);
  return BLOCK_HEADER_BITS + mapBits + codeBits(symbols, count, values.length + 2);
}

/**
 * Moves to front; a run of zeros becomes its length in the digits 1 and 2, written as symbols 0 and 1, the least first;
 * other positions are one greater. The last symbol ends the block.
 */
function moveToFront(column: Uint8Array, values: readonly number[]): { symbols: Uint16Array; count: number } {
  const symbols = new Uint16Array(column.length + 1);
  const list = Uint8Array.from(values);
  let count = 0;
  let zeros = 0;
  for (let i = 0; i <= column.length; i++) {
    const value = i < column.length ? column[i] : -1;
    if (value === list[0]) {
      zeros++;
      continue;
    }
    for (; zeros > 0; zeros = (zeros - 1) >> 1) symbols[count++] = (zeros & 1) ^ 1;
    if (value < 0) break;
    let moved = list[0];
    let position = 0;
    while (moved !== value) {
      const next = list[++position];
      list[position] = moved;
      moved = next;
    }
    list[0] = value;
    symbols[count++] = position + 1;
  }
  symbols[count++] = values.length + 1;
  return { symbols, count };
}

/** Tables, selectors and codes: two to six tables, each group of 50 symbols coded by the cheapest. */
function codeBits(symbols: Uint16Array, count: number, alphabet: number): number {
  const tables = count < 200 ? 2 : count < 600 ? 3 : count < 1200 ? 4 : count < 2400 ? 5 : 6;
  const groups = Math.ceil(count / GROUP);
  const frequencies = new Int32Array(alphabet);
  /** How often each symbol occurs in each group: all that choosing and refitting need. */
  const histograms = new Uint8Array(groups * alphabet);
  for (let i = 0, base = -alphabet; i < count; i++) {
    if (i % GROUP === 0) base += alphabet;
    frequencies[symbols[i]]++;
    histograms[base + symbols[i]]++;
  }
  const lengths = initialLengths(frequencies, count, tables);
  const selectors = new Uint8Array(groups);
  const fitted = lengths.map(() => new Int32Array(alphabet));
  for (let round = 0; round < ROUNDS; round++) {
    chooseTables(histograms, lengths, selectors, alphabet);
    for (const table of fitted) table.fill(0);
    for (let g = 0; g < groups; g++) {
      const table = fitted[selectors[g]];
      for (let s = 0, at = g * alphabet; s < alphabet; s++) table[s] += histograms[at + s];
    }
    fitted.forEach((table, t) => lengths[t].set(codeLengths(table)));
  }
  const data = fitted.reduce((sum, table, t) => table.reduce((bits, times, s) => bits + times * lengths[t][s], sum), 0);
  return 3 + 15 + selectorBits(selectors, tables) + lengths.reduce((sum, table) => sum + tableBits(table), 0) + data;
}

/** To begin with each table has a range of symbols of about the same total frequency for its own. */
function initialLengths(frequencies: Int32Array, count: number, tables: number): Uint8Array[] {
  const lengths = Array.from({ length: tables }, () => new Uint8Array(frequencies.length).fill(UNLIKELY));
  let remaining = count;
  let first = 0;
  for (let part = tables; part > 0; part--) {
    const share = Math.floor(remaining / part);
    let last = first - 1;
    let sum = 0;
    while (sum < share && last < frequencies.length - 1) sum += frequencies[++last];
    // Every other table in between gives its last symbol to the next, so that the sums come out even on average.
    if (last > first && part !== tables && part !== 1 && (tables - part) % 2 === 1) sum -= frequencies[last--];
    lengths[part - 1].fill(LIKELY, first, last + 1);
    first = last + 1;
    remaining -= sum;
  }
  return lengths;
}

/** The cheapest table for each group, the first of equals. Costs stay below 2^10, so three share a number. */
function chooseTables(
  histograms: Uint8Array,
  lengths: readonly Uint8Array[],
  selectors: Uint8Array,
  alphabet: number,
): void {
  const low = new Int32Array(alphabet);
  const high = new Int32Array(alphabet);
  lengths.forEach((table, t) => {
    const packed = t < 3 ? low : high;
    for (let s = 0; s < alphabet; s++) packed[s] |= table[s] << (10 * (t % 3));
  });
  for (let g = 0; g < selectors.length; g++) {
    let lowCost = 0;
    let highCost = 0;
    for (let s = 0, at = g * alphabet; s < alphabet; s++) {
      const times = histograms[at + s];
      lowCost += times * low[s];
      highCost += times * high[s];
    }
    let best = 0;
    let least = lowCost & 1023;
    for (let t = 1; t < lengths.length; t++) {
      const cost = ((t < 3 ? lowCost : highCost) >>> (10 * (t % 3))) & 1023;
      if (cost < least) {
        least = cost;
        best = t;
      }
    }
    selectors[g] = best;
  }
}

/** Selectors are moved to front too, and written in unary. */
function selectorBits(selectors: Uint8Array, tables: number): number {
  const list = Array.from({ length: tables }, (_, t) => t);
  let bits = 0;
  for (let g = 0; g < selectors.length; g++) {
    const position = list.indexOf(selectors[g]);
    list.splice(position, 1);
    list.unshift(selectors[g]);
    bits += position + 1;
  }
  return bits;
}

/** A table is its first length in 5 bits, then for each length 2 bits a step from the one before, and one bit more. */
function tableBits(table: Uint8Array): number {
  let bits = 5;
  for (let s = 0; s < table.length; s++) bits += 2 * Math.abs(table[s] - (s === 0 ? table[0] : table[s - 1])) + 1;
  return bits;
}

/**
 * Huffman code lengths of at most 17, as bzip2 makes them. Which of several optimal codes comes out depends on how its
 * heap breaks ties, so the heap is the same: by weight, then by the depth of the subtree, then by where a node lies.
 */
function codeLengths(frequencies: Int32Array): Uint8Array {
  const n = frequencies.length;
  const lengths = new Uint8Array(n);
  /** Frequency in the upper 24 bits, depth in the lower 8; node 0 is a sentinel at the heap's root. */
  const weights = new Int32Array(2 * n + 1);
  for (let s = 0; s < n; s++) weights[s + 1] = Math.max(1, frequencies[s]) << 8;
  for (;;) {
    const parents = joinLightest(weights, n);
    for (let s = 0; s < n; s++) {
      let depth = 0;
      for (let node = s + 1; parents[node] > 0; node = parents[node]) depth++;
      lengths[s] = depth;
    }
    if (lengths.every((length) => length <= LONGEST_CODE)) return lengths;
    for (let s = 1; s <= n; s++) weights[s] = (1 + (weights[s] >> 9)) << 8;
  }
}

/** Joins the two lightest nodes until one is left. Returns each node's parent, 0 for the last. */
function joinLightest(weights: Int32Array, leaves: number): Int32Array {
  const parents = new Int32Array(weights.length);
  const heap = new Int32Array(leaves + 2);
  let size = 0;
  const insert = (node: number): void => {
    let at = ++size;
    for (; weights[node] < weights[heap[at >> 1]]; at >>= 1) heap[at] = heap[at >> 1];
    heap[at] = node;
  };
  const removeLightest = (): number => {
    const lightest = heap[1];
    const node = heap[size--];
    let at = 1;
    for (let child = 2; child <= size; at = child, child *= 2) {
      if (child < size && weights[heap[child + 1]] < weights[heap[child]]) child++;
      if (weights[node] < weights[heap[child]]) break;
      heap[at] = heap[child];
    }
    heap[at] = node;
    return lightest;
  };
  for (let leaf = 1; leaf <= leaves; leaf++) insert(leaf);
  for (let node = leaves + 1; size > 1; node++) {
    const a = removeLightest();
    const b = removeLightest();
    parents[a] = parents[b] = node;
    const depth = 1 + Math.max(weights[a] & 0xff, weights[b] & 0xff);
    weights[node] = ((weights[a] & ~0xff) + (weights[b] & ~0xff)) | depth;
    insert(node);
  }
  return parents;
}
