/**
 * The suffix array by induced sorting (SA-IS; Nong, Zhang and Chan, "Two Efficient Algorithms for Linear Time Suffix
 * Array Construction", 2011): linear for whatever text.
 * @param text values 0 to k - 1
 * @param progress hears how far it is, 0 to 1, a few times
 * @returns where each suffix starts, in lexicographic order; a suffix comes before those that it begins
 */
export function suffixArray(
  text: Uint8Array | Int32Array,
  k: number,
  progress: (fraction: number) => void = () => undefined,
): Int32Array {
  const sa = new Int32Array(text.length);
  if (text.length > 0) sort(text, sa, k, progress);
  return sa;
}

function sort(text: Uint8Array | Int32Array, sa: Int32Array, k: number, progress: (fraction: number) => void): void {
  const n = text.length;
  if (n === 1) {
    sa[0] = 0;
    return;
  }
  const isS = classify(text);
  const bucketSizes = new Int32Array(k);
  for (let i = 0; i < n; i++) bucketSizes[text[i]]++;
  const buckets = new Int32Array(k);

  // The leftmost S-type places (LMS), dropped into the ends of their buckets, induce the order of the LMS substrings.
  sa.fill(-1);
  bucketEnds(bucketSizes, buckets);
  for (let i = 1; i < n; i++) if (isS[i] === 1 && isS[i - 1] === 0) sa[--buckets[text[i]]] = i;
  induce(text, sa, isS, bucketSizes, buckets);

  let count = 0;
  for (let r = 0; r < n; r++) {
    const i = sa[r];
    if (i > 0 && isS[i] === 1 && isS[i - 1] === 0) sa[count++] = i;
  }
  progress(0.3);
  const names = nameSubstrings(text, sa, isS, count);
  progress(0.4);

  // Sort the LMS suffixes: as they stand if all names differ, else by the suffixes of the string of names.
  const lms = placesOf(isS, count);
  const order = new Int32Array(count);
  if (names.distinct < count) sort(names.text, order, names.distinct, (fraction) => progress(0.4 + 0.3 * fraction));
  else for (let j = 0; j < count; j++) order[names.text[j]] = j;

  sa.fill(-1);
  bucketEnds(bucketSizes, buckets);
  for (let j = count - 1; j >= 0; j--) {
    const i = lms[order[j]];
    sa[--buckets[text[i]]] = i;
  }
  induce(text, sa, isS, bucketSizes, buckets);
  progress(1);
}

/** 1 where a suffix is less than the one that follows it; the last suffix, followed by the empty one, is not. */
function classify(text: Uint8Array | Int32Array): Uint8Array {
  const isS = new Uint8Array(text.length);
  for (let i = text.length - 2; i >= 0; i--) {
    isS[i] = text[i] < text[i + 1] || (text[i] === text[i + 1] && isS[i + 1] === 1) ? 1 : 0;
  }
  return isS;
}

function bucketStarts(sizes: Int32Array, buckets: Int32Array): void {
  for (let c = 0, sum = 0; c < sizes.length; c++) {
    buckets[c] = sum;
    sum += sizes[c];
  }
}

function bucketEnds(sizes: Int32Array, buckets: Int32Array): void {
  for (let c = 0, sum = 0; c < sizes.length; c++) {
    sum += sizes[c];
    buckets[c] = sum;
  }
}

/** From the LMS suffixes in place, the L-type ones from left to right, then all S-type ones from right to left. */
function induce(
  text: Uint8Array | Int32Array,
  sa: Int32Array,
  isS: Uint8Array,
  bucketSizes: Int32Array,
  buckets: Int32Array,
): void {
  const n = text.length;
  bucketStarts(bucketSizes, buckets);
  // The last suffix comes first of all that begin with its symbol, as the empty suffix after it would have it.
  sa[buckets[text[n - 1]]++] = n - 1;
  for (let r = 0; r < n; r++) {
    const i = sa[r] - 1;
    if (i >= 0 && isS[i] === 0) sa[buckets[text[i]]++] = i;
  }
  bucketEnds(bucketSizes, buckets);
  for (let r = n - 1; r >= 0; r--) {
    const i = sa[r] - 1;
    if (i >= 0 && isS[i] === 1) sa[--buckets[text[i]]] = i;
  }
}

/**
 * Numbers the LMS substrings by rank, equal ones alike.
 * @param sa its first `count` places hold the LMS places in the order of their substrings; the rest is overwritten
 * @returns the ranks in the order of the text
 */
function nameSubstrings(
  text: Uint8Array | Int32Array,
  sa: Int32Array,
  isS: Uint8Array,
  count: number,
): { text: Int32Array; distinct: number } {
  const n = text.length;
  // No two LMS places are neighbours, so place i can leave its name at count + i / 2.
  sa.fill(-1, count);
  let distinct = 0;
  for (let j = 0; j < count; j++) {
    if (j > 0 && !sameSubstring(text, isS, sa[j - 1], sa[j])) distinct++;
    sa[count + (sa[j] >>> 1)] = distinct;
  }
  const names = new Int32Array(count);
  for (let r = count, j = 0; r < n && j < count; r++) if (sa[r] >= 0) names[j++] = sa[r];
  return { text: names, distinct: count === 0 ? 0 : distinct + 1 };
}

/** Whether the LMS substrings at a and b, up to and with the next LMS place, are equal; one that the end cuts off is unique. */
function sameSubstring(text: Uint8Array | Int32Array, isS: Uint8Array, a: number, b: number): boolean {
  const n = text.length;
  for (let d = 0; ; d++) {
    if (a + d === n || b + d === n) return false;
    if (text[a + d] !== text[b + d] || isS[a + d] !== isS[b + d]) return false;
    if (d > 0 && isS[a + d] === 1 && isS[a + d - 1] === 0) return isS[b + d - 1] === 0;
    if (d > 0 && isS[b + d] === 1 && isS[b + d - 1] === 0) return false;
  }
}

function placesOf(isS: Uint8Array, count: number): Int32Array {
  const places = new Int32Array(count);
  for (let i = 1, j = 0; j < count; i++) if (isS[i] === 1 && isS[i - 1] === 0) places[j++] = i;
  return places;
}

/**
 * How many values each suffix has in common with the one before it in the suffix array, in that order (Karkkainen,
 * Manzini and Puglisi, "Permuted Longest-Common-Prefix Array", 2009): in the text's order a value falls by one at most.
 * @returns the first is 0
 */
export function longestCommonPrefixes(text: Uint8Array, sa: Int32Array): Int32Array {
  const n = sa.length;
  const before = new Int32Array(n);
  for (let r = 1; r < n; r++) before[sa[r]] = sa[r - 1];
  if (n > 0) before[sa[0]] = -1;
  // In place: before[i] becomes the length for suffix i.
  for (let i = 0, length = 0; i < n; i++) {
    const j = before[i];
    if (j < 0) {
      length = 0;
    } else {
      const end = n - Math.max(i, j);
      while (length < end && text[i + length] === text[j + length]) length++;
    }
    before[i] = length;
    if (length > 0) length--;
  }
  const lcp = new Int32Array(n);
  for (let r = 0; r < n; r++) lcp[r] = before[sa[r]];
  return lcp;
}
