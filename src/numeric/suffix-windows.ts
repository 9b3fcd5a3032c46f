import { windowAt } from "./packed-bits";

/** Leading bits by which suffixes are dealt out before anything else: as many streams as the cache and the TLB can hold. */
const BUCKET_BITS = 11;
const BUCKETS = 2 ** BUCKET_BITS;
/** Places that are kept at a time, 256 MB of them: of longer texts some buckets after the others, by one more pass each. */
const CAPACITY = 2 ** 26;
/** Ranges above this size are dealt out once more, into up to this many parts. */
const LARGE = 64;
const MAX_PARTS = 1024;
/** Ranges up to this size are sorted by insertion. */
const SMALL = 12;
/** How many times over a text may be read again at a greater depth before it counts as repetitive. */
const PATIENCE = 12;
/** Bits that suffixes may share before the text counts as repetitive; also bounds the recursion. */
export const DEEPEST = 1 << 14;
/** Suffixes handed over at a time. */
const BATCH = 4096;

/** Places in a packed text, and where the text ends for them. */
export interface WindowedText {
  readonly words: Int32Array;
  /** Bits. What lies at or after it does not exist; greater than all windows that can be read for a text without an end. */
  readonly end: number;
  /** The suffixes to sort start at 0, width, 2 width, ... (count - 1) width. */
  readonly width: number;
  readonly count: number;
}

/**
 * Takes the next suffixes in their order: where each starts, and how many bits it shares with the one before (the very
 * first: 0). Only the first `count` numbers of the arrays are meant.
 */
export type SuffixConsumer = (places: Int32Array, shared: Int32Array, count: number) => void;

/**
 * Sorts suffixes by windows of 32 bits.
 *
 * The fast way for a text without long repeats: nothing is kept of a suffix but its place, all but the first pass is done
 * in the cache, and two neighbours' windows already tell their common prefix. Long repeats would make it quadratic,
 * so it gives up on them. Tried on 8,000,000 random bits: dealing out by 20 bits at once (twice the time, for misses of
 * cache and TLB), and no second dealing but quicksort at once (two and a half times).
 * @param capacity how many places to keep at a time
 * @returns false if it gave up; what was handed over is then void
 */
export function sortByWindows(text: WindowedText, consume: SuffixConsumer, capacity = CAPACITY): boolean {
  return new WindowSort(text, consume, capacity).run();
}

/**
 * Bytes that the sorting takes besides the text: for places up to the capacity, and three numbers for each of the largest
 * bucket, which skewed data fill with the half of all.
 * @param count of suffixes
 */
export function bytesOfWindowSort(count: number): number {
  return 4 * Math.min(count, CAPACITY) + 12 * (count / 2);
}

class WindowSort {
  private readonly words: Int32Array;
  private readonly end: number;
  private readonly width: number;
  private readonly n: number;
  /** How many suffixes each bucket has. */
  private readonly sizes = new Int32Array(BUCKETS);
  /** Where suffixes start, in bits. */
  private readonly places: Int32Array;
  /** Of the bucket that begins at `base`: each suffix's window, made to compare as a signed number. */
  private readonly keys: Int32Array;
  private base = 0;
  private readonly dealtPlaces: Int32Array;
  private readonly dealtKeys: Int32Array;
  private readonly parts = new Int32Array(MAX_PARTS);
  private readonly batchPlaces = new Int32Array(BATCH);
  private readonly batchShared = new Int32Array(BATCH);
  private filled = 0;
  private patience: number;

  constructor(
    text: WindowedText,
    private readonly consume: SuffixConsumer,
    capacity: number,
  ) {
    this.words = text.words;
    this.end = text.end;
    this.width = text.width;
    this.n = text.count;
    const end = this.n * this.width;
    for (let place = 0; place < end; place += this.width) this.sizes[this.bucketOf(place)]++;
    const largest = this.sizes.reduce((most, size) => Math.max(most, size));
    this.places = new Int32Array(Math.max(largest, Math.min(this.n, capacity)));
    this.keys = new Int32Array(largest);
    this.dealtKeys = new Int32Array(largest);
    this.dealtPlaces = new Int32Array(largest);
    this.patience = PATIENCE * this.n;
  }

  run(): boolean {
    const { sizes, places } = this;
    let lastBucket = -1;
    let lastPlace = 0;
    for (let from = 0, to = 0; from < BUCKETS; from = to) {
      let total = 0;
      while (to < BUCKETS && total + sizes[to] <= places.length) total += sizes[to++];
      this.deal(from, to);
      this.base = 0;
      for (let bucket = from; bucket < to; bucket++) {
        const high = this.base + sizes[bucket];
        if (high === this.base) continue;
        const shared = lastBucket < 0 ? 0 : Math.clz32((bucket ^ lastBucket) << (32 - BUCKET_BITS));
        this.walk(this.base, high, BUCKET_BITS, shared, lastPlace);
        if (this.patience < 0) return false;
        lastBucket = bucket;
        lastPlace = places[high - 1];
        this.base = high;
      }
    }
    this.consume(this.batchPlaces, this.batchShared, this.filled);
    return true;
  }

  private bucketOf(place: number): number {
    return windowAt(this.words, place) >>> (32 - BUCKET_BITS);
  }

  /** Counting sort, by their leading bits, of the places in the buckets from..to - 1. */
  private deal(from: number, to: number): void {
    const { sizes, places, width } = this;
    const ends = new Int32Array(to - from);
    for (let b = 0, sum = 0; b < ends.length; b++) ends[b] = sum += sizes[from + b];
    // From behind, so that a bucket's end comes down to its start.
    for (let place = (this.n - 1) * width; place >= 0; place -= width) {
      const bucket = this.bucketOf(place) - from;
      if (bucket >= 0 && bucket < ends.length) places[--ends[bucket]] = place;
    }
  }

  /**
   * Sorts places[low..high), which share `depth` bits, and emits their common prefixes.
   * @param shared how many bits the first has in common with the place before, as far as windows tell
   */
  private walk(low: number, high: number, depth: number, shared: number, before: number): void {
    const { keys, places, base } = this;
    let first = this.load(low, high, depth);
    if (high - first > LARGE) this.dealAgain(first, high);
    else this.quicksort(first, high);
    for (let r = low; r < first; r++) {
      this.emit(shared, before, places[r]);
      before = places[r];
      shared = depth;
    }
    while (first < high) {
      const key = keys[first - base];
      let next = first + 1;
      while (next < high && keys[next - base] === key) next++;
      const following = next < high ? Math.clz32(key ^ keys[next - base]) : 0;
      if (next === first + 1) {
        this.emit(shared, before, places[first]);
      } else {
        this.patience -= next - first;
        if (depth > DEEPEST) this.patience = -1;
        if (this.patience < 0) return;
        this.walk(first, next, depth + 32, shared, before);
      }
      before = places[next - 1];
      shared = depth + following;
      first = next;
    }
  }

  /** Reads the windows of places[low..high) at a depth. Suffixes that end before it come first; returns where the others start. */
  private load(low: number, high: number, depth: number): number {
    const { words, places, keys, end, base } = this;
    let first = low;
    for (let r = low; r < high; r++) {
      const place = places[r];
      if (place + depth < end) {
        keys[r - base] = windowAt(words, place + depth) ^ 0x80000000;
        continue;
      }
      // It begins all the others; of several the shortest comes first.
      let to = r;
      for (; to > low && (to > first || places[to - 1] < place); to--) {
        places[to] = places[to - 1];
        keys[to - base] = keys[to - 1 - base];
      }
      places[to] = place;
      first++;
    }
    return first;
  }

  /** Counting sort of a range by the leading bits of its keys, about two to a part; then each part by the rest. */
  private dealAgain(low: number, high: number): void {
    const { keys, places, dealtKeys, dealtPlaces, base } = this;
    const count = high - low;
    const shift = 32 - Math.min(31 - Math.clz32(MAX_PARTS), 30 - Math.clz32(count));
    const parts = this.parts.subarray(0, 1 << (32 - shift));
    parts.fill(0);
    for (let r = 0; r < count; r++) {
      const key = keys[low - base + r];
      dealtKeys[r] = key;
      dealtPlaces[r] = places[low + r];
      parts[(key ^ 0x80000000) >>> shift]++;
    }
    for (let part = 0, sum = low - base; part < parts.length; part++) parts[part] = sum += parts[part];
    for (let r = count - 1; r >= 0; r--) {
      const key = dealtKeys[r];
      const to = --parts[(key ^ 0x80000000) >>> shift];
      keys[to] = key;
      places[base + to] = dealtPlaces[r];
    }
    for (let part = 0; part < parts.length; part++) {
      const end = part + 1 < parts.length ? base + parts[part + 1] : high;
      this.quicksort(base + parts[part], end);
    }
  }

  /** With three parts, for the sake of equal keys. */
  private quicksort(low: number, high: number): void {
    const { places, keys, base } = this;
    while (high - low > SMALL) {
      const pivot = median(keys[low - base], keys[((low + high) >>> 1) - base], keys[high - 1 - base]);
      let less = low;
      let greater = high;
      for (let r = low; r < greater;) {
        const key = keys[r - base];
        if (key === pivot) {
          r++;
          continue;
        }
        const to = key < pivot ? less++ : --greater;
        const place = places[r];
        keys[r - base] = keys[to - base];
        places[r] = places[to];
        keys[to - base] = key;
        places[to] = place;
        if (key < pivot) r++;
      }
      this.quicksort(low, less);
      low = greater;
    }
    for (let r = low + 1; r < high; r++) {
      const key = keys[r - base];
      const place = places[r];
      let to = r;
      for (; to > low && keys[to - 1 - base] > key; to--) {
        keys[to - base] = keys[to - 1 - base];
        places[to] = places[to - 1];
      }
      keys[to - base] = key;
      places[to] = place;
    }
  }

  /** @param shared bits, as windows tell; past the text's end they hold zeros that do not count */
  private emit(shared: number, before: number, place: number): void {
    this.batchPlaces[this.filled] = place;
    this.batchShared[this.filled++] = Math.min(shared, this.end - Math.max(before, place));
    if (this.filled === BATCH) {
      this.consume(this.batchPlaces, this.batchShared, BATCH);
      this.filled = 0;
    }
  }
}

function median(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
