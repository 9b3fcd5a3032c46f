import { randomInt } from "node:crypto";
import { setMaxListeners } from "node:events";
import type { OperationEvent } from "../model";
import type { IidProgress, IidTests } from "../model/iid";
import { concludeIid } from "../sp800-90b/iid/assessment";
import { PERMUTATIONS, PermutationTally } from "../sp800-90b/iid/permutation";
import type { WorkerPool } from "../workers/pool";
import type { SharedSamples } from "../workers/rpc";
import { TimeLeft, type Clock } from "./time-left";

/** Permutations that a thread does at a time: few while they are compressed, which takes longest by far. */
const BATCH = { withCompression: 2, without: 16 } as const;

export interface IidRequest {
  /** One symbol a byte, two distinct ones at least. */
  readonly samples: SharedSamples;
  /** An integer from 0 to 2^53 - 1: the same one gives the same verdict, however many threads there are. */
  readonly seed: number;
  /** Whether all 10,000 permutations are to count; otherwise each statistic's until it is decided. */
  readonly all: boolean;
  /** What the progress calls the samples, when there are several; null otherwise. */
  readonly name: string | null;
}

/** A seed that people can note down. */
export const randomSeed = (): number => randomInt(2 ** 32);

/** What is told while they run: how far they are, and the counts. */
export type IidEvent = Exclude<OperationEvent, { type: "report" }>;

/**
 * The tests of section 5, on all threads of the pool.
 * @param share of the caller's work that this is: its progress goes from the first to the second
 * @param clock by which the time left is told
 * @returns (as the generator's return value) what the tests say
 * @throws the signal's reason when it is aborted
 */
export async function* iidTests(
  { samples, seed, all, name }: IidRequest,
  pool: WorkerPool,
  signal: AbortSignal,
  [from, to]: readonly [number, number] = [0, 1],
  clock: Clock = () => performance.now(),
): AsyncGenerator<IidEvent, IidTests> {
  // Whatever ends this generator early also ends the batches that still run.
  const own = new AbortController();
  const either = AbortSignal.any([signal, own.signal]);
  setMaxListeners(pool.size + 3, either);
  const options = { signal: either, onProgress: () => undefined };
  const subject = name === null ? "" : ` (${name})`;
  try {
    yield { type: "progress", message: `Chi-square tests, longest repeated substring${subject}`, fraction: from };
    const [direct, original] = await Promise.all([
      pool.run("directTests", { samples }, options),
      pool.run("originalStatistics", { samples }, options),
    ]);
    const tally = new PermutationTally(original, all);
    const timeLeft = new TimeLeft(clock);
    let furthest = 0;
    let first = 0;
    const start = (): ReturnType<typeof pool.run<"comparePermutations">> => {
      const groups = tally.openGroups();
      const size = groups.includes("compression") ? BATCH.withCompression : BATCH.without;
      const batch = { seed, first, count: Math.min(size, PERMUTATIONS - first), groups };
      first += batch.count;
      const result = pool.run("comparePermutations", { samples, original, batch }, options);
      // Those that are never awaited, because all is decided or something failed, fail in silence.
      result.catch(() => undefined);
      return result;
    };
    // One batch more than there are threads, so that none waits; taken in their order, whichever is done first.
    const running: ReturnType<typeof start>[] = [];
    while (tally.openGroups().length > 0) {
      while (running.length <= pool.size && first < PERMUTATIONS) running.push(start());
      const batch = await running.shift();
      for (const signs of batch ?? []) tally.add(signs);
      const { permutations } = tally;
      const expected = tally.expectedPermutations();
      const secondsLeft = timeLeft.after(permutations, expected);
      const progress: IidProgress = { permutations, expected, secondsLeft, permutation: tally.ranks() };
      // what is expected may grow, and no bar should go back
      furthest = Math.max(furthest, permutations / expected);
      yield { type: "permutations", progress };
      yield {
        type: "progress",
        message: `${describePermutations(progress)}${subject}`,
        fraction: from + (to - from) * furthest,
      };
    }
    return concludeIid(direct, tally, seed);
  } finally {
    own.abort();
  }
}

/** One line: how many, the counts of the statistic that will take longest, and the time left. */
function describePermutations({ permutations, expected, secondsLeft, permutation }: IidProgress): string {
  const ranks = Object.entries(permutation);
  const open = ranks.filter(([, { passed }]) => !passed).toSorted(([, a], [, b]) => b.margin - a.margin);
  const slowest = open
    .slice(0, 1)
    .map(([statistic, { greater, equal, less }]) => `, ${statistic} ${greater}/${equal}/${less}`);
  const decided = `${ranks.length - open.length} of ${ranks.length} statistics passed${slowest.join("")}`;
  const left = secondsLeft === null ? "" : `, ${describeSeconds(secondsLeft)} left`;
  return `Permutation ${permutations} of about ${expected}${left}: ${decided}`;
}

function describeSeconds(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  if (seconds < 6000) return `${Math.ceil(seconds / 60)} min`;
  return `${Math.ceil(seconds / 3600)} h`;
}
