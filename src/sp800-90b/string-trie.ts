/**
 * Strings of symbols as nodes of a trie, in one flat hash table. A node's children prolong its string by one symbol at
 * the end, so the strings that end at one sample are a step away from the strings that ended at the sample before.
 *
 * Both dictionary predictors walk it over wide alphabets: a sample costs one look-up for each length of context that is
 * known, where hashing every context anew, as the standard words it, costs 16 of up to 16 symbols. The table grows with
 * the strings: one that is large from the start misses the cache at every look-up (MultiMMC over uniform bytes: a third slower).
 */
export class StringTrie {
  /** Open addressing; a slot is a key and a node, side by side for the cache's sake. Key 0 is an empty slot. */
  private slots = new Int32Array(2 << 12);
  private shift = 32 - 12;
  private edges = 0;
  private nodes: number;

  /** @param k the alphabet's size; the strings of one symbol are nodes 1 to k, the empty string is node 0 */
  constructor(k: number) {
    this.nodes = k + 1;
  }

  /** @returns a new node; nothing leads to it yet */
  create(): number {
    return this.nodes++;
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

  /** Makes `child` the node of the parent's string and the symbol, for which there is none. */
  link(parent: number, symbol: number, child: number): void {
    if (4 * ++this.edges > this.slots.length) this.grow();
    this.insert((parent << 8) | symbol, child);
  }

  private insert(key: number, child: number): void {
    const { slots } = this;
    const mask = slots.length - 1;
    let slot = this.home(key);
    while (slots[slot] !== 0) slot = (slot + 2) & mask;
    slots[slot] = key;
    slots[slot + 1] = child;
  }

  /** Fibonacci hashing: the upper bits of a product with 2^32 over the golden ratio. */
  private home(key: number): number {
    return (Math.imul(key, 0x9e3779b1) >>> this.shift) << 1;
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Int32Array(2 * old.length);
    this.shift--;
    for (let slot = 0; slot < old.length; slot += 2) if (old[slot] !== 0) this.insert(old[slot], old[slot + 1]);
  }
}
