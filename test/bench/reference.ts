/** Keeps results alive, so that nothing is optimised away. */
let sink = 0;

/** CPU milliseconds of this process, all threads: unlike the clock, little disturbed by what else the machine does. */
export function cpuTime(work: () => unknown): number {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  sink ^= JSON.stringify(result ?? null).length;
  return (user + system) / 1000;
}

/** The least of some runs: what disturbs a run only ever adds to it. */
export function bestOf(runs: number, work: () => unknown): number {
  return Math.min(...Array.from({ length: runs }, () => cpuTime(work)));
}

/**
 * The unit that everything is measured in: a fixed amount of what the estimators do all day, so that a ratio says the
 * same on a slow machine as on a fast one. Shifts and additions in registers, then counts all over a table of 1 MB.
 */
export function referenceWorkload(): number {
  const table = new Int32Array(1 << 18);
  let x = 1;
  for (let i = 0; i < 20_000_000; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    table[x >>> 14]++;
  }
  return (sink ^= table[0]);
}
