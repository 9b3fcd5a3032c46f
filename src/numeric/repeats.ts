import { unpackSymbols, type PackedBits } from "./packed-bits";
import { sortByWindows } from "./suffix-windows";
import { longestCommonPrefixes, suffixArray } from "./suffix-array";

/** Suffixes between two words on how far it is. */
const TELL_AFTER = 1 << 18;

/** Of the substrings of each length W in 1..longest, all that occur more than once; index 0 is not used. */
export interface Repeats {
  /** The length of the longest substring that occurs twice; 0 if none does. */
  readonly longest: number;
  /** mostFrequent[W]: how often the most frequent substring of length W occurs. */
  readonly mostFrequent: Int32Array;
  /** Where, as an index into the text, one of those that are as frequent as that begins. */
  readonly mostFrequentAt: Int32Array;
  /** pairs[W]: pairs of equal substrings of length W, hence the sum of C(c, 2) over their counts c. Exact below 2^53. */
  readonly pairs: Float64Array;
  /** Two places where a longest one begins; meaningless if none is. */
  readonly longestAt: readonly [number, number];
}

/**
 * Finds all repeats of a text in about the time of sorting it, however repetitive it is.
 * @param text symbols of `width` bits, packed
 * @param progress hears how far the sorting is, 0 to 1
 */
export function findRepeats(text: PackedBits, width: number, progress: (fraction: number) => void): Repeats {
  const intervals = new LcpIntervals();
  let fraction = 0;
  const windowed = { words: text.words, end: text.length, width, count: text.length / width };
  let sorted = 0;
  let told = 0;
  const add = (places: Int32Array, shared: Int32Array, count: number): void => {
    if (width > 1) for (let r = 0; r < count; r++) shared[r] = Math.floor(shared[r] / width);
    intervals.add(places, shared, count);
    sorted += count;
    if (sorted >= told + TELL_AFTER) progress((fraction = (told = sorted) / windowed.count));
  };
  if (!sortByWindows(windowed, add)) {
    const symbols = unpackSymbols(text, width);
    // The time begins anew, but the fraction that was told shall not go back.
    const further = (share: number): void => progress(fraction + (1 - fraction) * share);
    const sa = suffixArray(symbols, 2 ** width, (share) => further(0.7 * share));
    const lcp = longestCommonPrefixes(symbols, sa);
    further(0.95);
    intervals.clear();
    intervals.add(sa, lcp, symbols.length);
    return intervals.finish(1);
  }
  return intervals.finish(width);
}

/**
 * Bytes that the repeats of a text that repeats itself at length take at most: the symbols, the suffix array and the two
 * arrays of common prefixes, and what is kept of each length, of which there can be as many as symbols.
 * @param count of symbols
 */
export function bytesOfSuffixArray(count: number): number {
  return (1 + 3 * 4 + 20) * count;
}

/**
 * Reads the common prefix lengths of a suffix array from left to right. A maximal run of them that are at least W is an
 * interval of suffixes that begin with the same W symbols; a stack holds the intervals that are still open.
 */
class LcpIntervals {
  private lengths = new Int32Array(64);
  private starts = new Int32Array(64);
  private top = 0;
  private rank = 0;
  private mostFrequent = new Int32Array(256);
  private mostFrequentAt = new Int32Array(256);
  private pairs = new Float64Array(256);
  private longest = 0;
  private longestAt: [number, number] = [0, 0];
  /** The suffix that was read last. */
  private lastPlace = 0;

  clear(): void {
    this.top = this.rank = this.longest = 0;
    this.lengths[0] = this.starts[0] = 0;
    this.mostFrequent.fill(0);
    this.pairs.fill(0);
  }

  /**
   * @param places where the suffixes start; as `lcp`, its first `count` values
   * @param lcp what each suffix shares with the one before; the very first of all is 0
   */
  add(places: Int32Array, lcp: Int32Array, count: number): void {
    for (let r = 0; r < count; r++) {
      if (lcp[r] <= this.longest) continue;
      this.longest = lcp[r];
      this.longestAt = [r === 0 ? this.lastPlace : places[r - 1], places[r]];
    }
    if (this.longest >= this.pairs.length) {
      const capacity = Math.max(this.longest + 1, 2 * this.pairs.length);
      this.mostFrequent = enlarged(this.mostFrequent, new Int32Array(capacity));
      this.mostFrequentAt = enlarged(this.mostFrequentAt, new Int32Array(capacity));
      this.pairs = enlarged(this.pairs, new Float64Array(capacity));
    }
    const { mostFrequent, mostFrequentAt, pairs } = this;
    let { lengths, starts, top, rank } = this;
    for (let r = 0; r < count; r++, rank++) {
      const length = lcp[r];
      let start = rank - 1;
      while (lengths[top] > length) {
        const closed = lengths[top];
        start = starts[top--];
        const outer = lengths[top] > length ? lengths[top] : length;
        const c = rank - start;
        // These c suffixes share `closed` symbols, and no more than `outer` with any other.
        const equal = (c * (c - 1)) / 2;
        if (c > mostFrequent[closed]) {
          mostFrequent[closed] = c;
          mostFrequentAt[closed] = r === 0 ? this.lastPlace : places[r - 1];
        }
        pairs[closed] += equal;
        pairs[outer] -= equal;
      }
      if (lengths[top] < length) {
        if (++top === lengths.length) {
          lengths = this.lengths = enlarged(lengths, new Int32Array(2 * top));
          starts = this.starts = enlarged(starts, new Int32Array(2 * top));
        }
        lengths[top] = length;
        starts[top] = start;
      }
    }
    this.top = top;
    this.rank = rank;
    this.lastPlace = places[count - 1];
  }

  /** @param unit of the places, in the unit of the text's index */
  finish(unit: number): Repeats {
    this.add(Int32Array.of(0), Int32Array.of(0), 1);
    const { longest, longestAt } = this;
    const mostFrequent = this.mostFrequent.subarray(0, longest + 1);
    const mostFrequentAt = this.mostFrequentAt.map((place) => place / unit).subarray(0, longest + 1);
    const pairs = this.pairs.subarray(0, longest + 1);
    // What is repeated at some length is repeated at every shorter one.
    for (let W = longest - 1; W >= 1; W--) {
      if (mostFrequent[W + 1] > mostFrequent[W]) {
        mostFrequent[W] = mostFrequent[W + 1];
        mostFrequentAt[W] = mostFrequentAt[W + 1];
      }
      pairs[W] += pairs[W + 1];
    }
    return { longest, mostFrequent, mostFrequentAt, pairs, longestAt: [longestAt[0] / unit, longestAt[1] / unit] };
  }
}

function enlarged<A extends Int32Array | Float64Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
