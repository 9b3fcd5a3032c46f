/**
 * Strings of symbols as nodes of a trie, in one flat hash table. A node's children prolong its string by one symbol at
 * the end, so the strings that end at one sample are a step away from the strings that ended at the sample before.
 *
 * Both dictionary predictors walk it over wide alphabets: a sample costs one look-up for each length of context that is
 * known, where hashing every context anew, as the standard words it, costs 16 of up to 16 symbols.
 */
export class StringTrie {
  /** Open addressing; a slot is a key and a node, side by side for the cache's sake. Key 0 is an empty slot. */
  private readonly slots: Int32Array;
  private readonly shift: number;
  private nodes: number;

  /**
   * @param k the alphabet's size; the strings of one symbol are nodes 1 to k, the empty string is node 0
   * @param capacity how many longer strings will be added at most
   */
  constructor(k: number, capacity: number) {
    const log2 = Math.max(4, Math.ceil(Math.log2(2 * capacity)));
    this.slots = new Int32Array(2 << log2);
    this.shift = 32 - log2;
    this.nodes = k + 1;
  }

  /** @returns the node of the parent's string and the symbol, or 0 */
  find(parent: number, symbol: number): number {
    const { slots } = this;
    const key = (parent << 8) | symbol;
    const mask = slots.length - 1;
    let slot = this.home(key);
    for (;;) {
      const there = slots[slot];
      if (there === key) return slots[slot + 1];
      if (there === 0) return 0;
      slot = (slot + 2) & mask;
    }
  }

  /** Adds a child that `find` did not find. */
  add(parent: number, symbol: number): number {
    const { slots } = this;
    const key = (parent << 8) | symbol;
    const mask = slots.length - 1;
    let slot = this.home(key);
    while (slots[slot] !== 0) slot = (slot + 2) & mask;
    slots[slot] = key;
    return (slots[slot + 1] = this.nodes++);
  }

  /** Fibonacci hashing: the upper bits of a product with 2^32 over the golden ratio. */
  private home(key: number): number {
    return (Math.imul(key, 0x9e3779b1) >>> this.shift) << 1;
  }
}
