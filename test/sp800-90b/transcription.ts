/**
 * The estimators as SP 800-90B words them: plain, slow, and sharing no code with the product. Symbols are 0 to k - 1.
 * Where the NIST tool reads the standard differently and its figures are the published ones, so does this.
 */

interface Predicted {
  readonly N: number;
  readonly C: number;
  readonly longestRun: number;
}

/** Steps through 6.3.7 to 6.3.9: `predict(i)` is what each predictor says of s[i]; null is nothing. */
function race(
  s: readonly number[],
  first: number,
  predictors: number,
  predict: (i: number) => readonly (number | null)[],
  silenceEndsRun: boolean,
): Predicted {
  const scores = Array.from({ length: predictors }, () => 0);
  let winner = 0;
  let C = 0;
  let run = 0;
  let longestRun = 0;
  for (let i = first; i < s.length; i++) {
    const predictions = predict(i);
    if (predictions[winner] === s[i]) {
      C++;
      longestRun = Math.max(longestRun, ++run);
    } else if (silenceEndsRun || predictions[winner] !== null) run = 0;
    predictions.forEach((prediction, p) => {
      if (prediction !== s[i]) return;
      scores[p]++;
      if (scores[p] >= scores[winner]) winner = p;
    });
  }
  return { N: s.length - first, C, longestRun };
}

/** 6.3.7; of values as frequent as each other, the one seen last. */
export function multiMcw(s: readonly number[]): Predicted {
  const windows = [63, 255, 1023, 4095];
  const mostCommon = (i: number, window: number): number | null => {
    if (i < window) return null;
    const counts = new Map<number, number>();
    for (let j = i - window; j < i; j++) counts.set(s[j], (counts.get(s[j]) ?? 0) + 1);
    const most = Math.max(...counts.values());
    let j = i - 1;
    while (counts.get(s[j]) !== most) j--;
    return s[j];
  };
  return race(s, 63, 4, (i) => windows.map((window) => mostCommon(i, window)), true);
}

/** 6.3.8 */
export function lag(s: readonly number[]): Predicted {
  const lags = Array.from({ length: 128 }, (_, d) => d + 1);
  return race(s, 1, 128, (i) => lags.map((d) => (d <= i ? s[i - d] : null)), true);
}

/** The most frequent entry, of equals the greatest symbol. */
function favourite(counts: ReadonlyMap<number, number> | undefined): { symbol: number; count: number } | null {
  let best: { symbol: number; count: number } | null = null;
  for (const [symbol, count] of counts ?? [])
    if (best === null || count > best.count || (count === best.count && symbol > best.symbol)) best = { symbol, count };
  return best;
}

type Table = Map<string, Map<number, number>>;

const contextOf = (s: readonly number[], end: number, length: number): string => s.slice(end - length, end).join();

/** 6.3.9 */
export function multiMmc(s: readonly number[], maxEntries = 100_000): Predicted {
  const tables: Table[] = Array.from({ length: 16 }, () => new Map<string, Map<number, number>>());
  const entries = tables.map(() => 0);
  const learn = (d: number, i: number): void => {
    const x = contextOf(s, i, d);
    const known = tables[d - 1].get(x)?.get(s[i]);
    if (known === undefined && entries[d - 1] >= maxEntries) return;
    if (known === undefined) entries[d - 1]++;
    tables[d - 1].set(x, (tables[d - 1].get(x) ?? new Map<number, number>()).set(s[i], (known ?? 0) + 1));
  };
  const predict = (i: number): (number | null)[] =>
    tables.map((table, t) => {
      if (t + 1 < i) learn(t + 1, i - 1);
      return i > t ? (favourite(table.get(contextOf(s, i, t + 1)))?.symbol ?? null) : null;
    });
  return race(s, 2, 16, predict, false);
}

/** 6.3.10 */
export function lz78y(s: readonly number[], maxDictionary = 65_536): Predicted {
  const B = 16;
  const dictionary: Table = new Map();
  const learn = (i: number): void => {
    for (let j = B; j >= 1; j--) {
      const x = contextOf(s, i, j);
      if (!dictionary.has(x) && dictionary.size < maxDictionary) dictionary.set(x, new Map());
      const counts = dictionary.get(x);
      counts?.set(s[i], (counts.get(s[i]) ?? 0) + 1);
    }
  };
  const predict = (i: number): (number | null)[] => {
    learn(i - 1);
    let best: { symbol: number; count: number } | null = null;
    for (let j = B; j >= 1; j--) {
      const candidate = favourite(dictionary.get(contextOf(s, i, j)));
      if (candidate !== null && (best === null || candidate.count > best.count)) best = candidate;
    }
    return [best?.symbol ?? null];
  };
  return race(s, B + 1, 1, predict, true);
}

/** Counts of all tuples of a length. */
function tuples(s: readonly number[], length: number): number[] {
  const counts = new Map<string, number>();
  for (let i = 0; i + length <= s.length; i++) {
    const tuple = contextOf(s, i + length, length);
    counts.set(tuple, (counts.get(tuple) ?? 0) + 1);
  }
  return [...counts.values()];
}

/** 6.3.5, up to p-hat; t is 0 where it is not defined. */
export function tTuple(s: readonly number[]): { t: number; pHat: number } {
  let t = 0;
  let pHat = 0;
  for (; t < s.length && Math.max(...tuples(s, t + 1)) >= 35; t++)
    pHat = Math.max(pHat, (Math.max(...tuples(s, t + 1)) / (s.length - t)) ** (1 / (t + 1)));
  return { t, pHat };
}

/** 6.3.6, up to p-hat; v < u where it is not defined. */
export function lrs(s: readonly number[]): { u: number; v: number; pHat: number } {
  const u = tTuple(s).t + 1;
  let v = 0;
  while (v + 1 < s.length && Math.max(...tuples(s, v + 1)) > 1) v++;
  let pHat = 0;
  for (let W = u; W <= v; W++) {
    const pairs = tuples(s, W).reduce((sum, c) => sum + (c * (c - 1)) / 2, 0);
    pHat = Math.max(pHat, (pairs / (((s.length - W + 1) * (s.length - W)) / 2)) ** (1 / W));
  }
  return { u, v, pHat };
}

/** 6.3.2, the times to collision. */
export function collisionTimes(s: readonly number[]): number[] {
  const times = [];
  for (let from = 0; ;) {
    const seen = new Set<number>();
    let to = from;
    while (to < s.length && !seen.has(s[to])) seen.add(s[to++]);
    if (to === s.length) return times;
    times.push(to - from + 1);
    from = to + 1;
  }
}

/** 6.3.3: log2 of the greatest probability among the six sequences of 128 bits that its table names. */
export function markov(s: readonly number[]): number {
  const among = (bits: readonly number[], bit: number): number => bits.filter((x) => x === bit).length / bits.length;
  const probability = (bits: string): number =>
    Array.from(bits, Number).reduce((sum, bit, i, all) => {
      const pool = i === 0 ? s : s.slice(1).filter((_, j) => s[j] === all[i - 1]);
      return sum + Math.log2(pool.length === 0 ? 0 : among(pool, bit));
    }, 0);
  const sequences = [
    "0".repeat(128),
    "01".repeat(64),
    `0${"1".repeat(127)}`,
    `1${"0".repeat(127)}`,
    "10".repeat(64),
    "1".repeat(128),
  ];
  return Math.max(...sequences.map(probability));
}

/** 6.3.4: log2 of the distances, and the expectation of their mean under p, summed as the standard writes it. */
export function compressionDistances(s: readonly number[]): number[] {
  const blocks = Array.from({ length: Math.floor(s.length / 6) }, (_, i) =>
    parseInt(s.slice(6 * i, 6 * i + 6).join(""), 2),
  );
  return blocks.slice(1000).map((block, i) => Math.log2(1000 + i - blocks.lastIndexOf(block, 999 + i)));
}

export function compressionExpectation(p: number, blocks: number): number {
  const G = (z: number): number => {
    let sum = 0;
    for (let t = 1001; t <= blocks; t++)
      for (let u = 1; u <= t; u++) sum += Math.log2(u) * (u < t ? z * z * (1 - z) ** (u - 1) : z * (1 - z) ** (t - 1));
    return sum / (blocks - 1000);
  };
  return G(p) + 63 * G((1 - p) / 63);
}
