import type { PermutationRank, PermutationStatistic } from "../../model/iid";
import { Random } from "../../numeric/random";
import {
  computeStatistics,
  mapStatistics,
  prepareSamples,
  type SampleTraits,
  STATISTICS,
  type StatisticGroup,
  type StatisticValues,
} from "./statistics";

/** 5.1: how many permutations there are. */
export const PERMUTATIONS = 10_000;
/** 5.1 step 4: a statistic fails if no more permutations than this are at least, or at most, as great. */
const TAIL = 5;

const GROUPS: readonly StatisticGroup[] = [
  "excursion",
  "directional-runs",
  "runs-based-on-median",
  "collisions",
  "periodicity-and-covariance",
  "compression",
];

/** All statistics of the samples as they are. */
export function originalStatistics(samples: Uint8Array): StatisticValues {
  const { symbols, traits } = prepareSamples(samples);
  return statisticsOf(GROUPS, symbols, traits);
}

/** Some permutations, by their numbers. */
export interface PermutationBatch {
  readonly seed: number;
  readonly first: number;
  readonly count: number;
  /** The statistics to compare. */
  readonly groups: readonly StatisticGroup[];
}

/**
 * Permutes the samples and says how each statistic compares. Every permutation is one of the samples as they are, by a
 * random stream of its own: so it does not matter which thread does which.
 * @returns for each permutation, by statistic: 1, 0 or -1 for greater than the original, the same, less
 */
export function comparePermutations(
  samples: Uint8Array,
  original: StatisticValues,
  { seed, first, count, groups }: PermutationBatch,
): readonly StatisticValues[] {
  const { symbols, traits } = prepareSamples(samples);
  const permuted = new Uint8Array(symbols.length);
  return Array.from({ length: count }, (_, p) => {
    permuted.set(symbols);
    new Random(seed, first + p).shuffle(permuted);
    return compare(statisticsOf(groups, permuted, traits), original);
  });
}

function statisticsOf(groups: readonly StatisticGroup[], symbols: Uint8Array, traits: SampleTraits): StatisticValues {
  return groups.reduce<StatisticValues>((all, group) => ({ ...all, ...computeStatistics(group, symbols, traits) }), {});
}

function compare(values: StatisticValues, original: StatisticValues): StatisticValues {
  const signs: Partial<Record<PermutationStatistic, number>> = {};
  mapStatistics((name) => {
    const [value, than] = [values[name], original[name]];
    if (value !== undefined && than !== undefined) signs[name] = Math.sign(value - than);
  });
  return signs;
}

/** C_0, C_1, C_2 of 5.1 */
interface Count {
  greater: number;
  equal: number;
  less: number;
}

const total = ({ greater, equal, less }: Count): number => greater + equal + less;

/** The lesser of the permutations at least, and at most, as great as the original. */
const rarerSide = ({ greater, equal, less }: Count): number => Math.min(greater + equal, equal + less);

/** Counts how the samples rank among their permutations; these come in the order of their numbers. */
export class PermutationTally {
  private readonly counts = mapStatistics<Count>(() => ({ greater: 0, equal: 0, less: 0 }));

  /**
   * @param original as `originalStatistics` gives them
   * @param all whether all permutations count; otherwise those until a statistic is decided, as in the NIST tool
   */
  constructor(
    private readonly original: StatisticValues,
    private readonly all: boolean,
  ) {}

  /** @param signs of the next permutation, for all open groups at least */
  add(signs: StatisticValues): void {
    mapStatistics((name) => {
      const sign = signs[name];
      const count = this.counts[name];
      if (sign === undefined || !this.isOpen(count)) return;
      if (sign > 0) count.greater++;
      else if (sign === 0) count.equal++;
      else count.less++;
    });
  }

  /** The groups that have a statistic still to be decided. */
  openGroups(): readonly StatisticGroup[] {
    return GROUPS.filter((group) => STATISTICS[group].some((name) => this.isOpen(this.counts[name])));
  }

  /** How many permutations have counted for any statistic. */
  get permutations(): number {
    return Math.max(...Object.values(this.counts).map(total));
  }

  /**
   * How many permutations it will probably take: a statistic whose rarer side came up m times in j has to wait for
   * TAIL + 1 of them, some (TAIL + 1) j / m permutations, or for the last one.
   */
  expectedPermutations(): number {
    const expected = Object.values(this.counts).map((count) => {
      if (!this.isOpen(count)) return total(count);
      if (this.all) return PERMUTATIONS;
      return Math.min(PERMUTATIONS, Math.ceil(((TAIL + 1) * (total(count) + 1)) / (rarerSide(count) + 1)));
    });
    return Math.max(...expected);
  }

  ranks(): Readonly<Record<PermutationStatistic, PermutationRank>> {
    return mapStatistics((name) => {
      const count = this.counts[name];
      const rarer = rarerSide(count);
      const passed = rarer > TAIL;
      const margin = passed ? rarer - TAIL : TAIL + 1 - rarer;
      return { original: this.original[name] ?? 0, ...count, margin, passed };
    });
  }

  private isOpen(count: Count): boolean {
    return total(count) < PERMUTATIONS && (this.all || rarerSide(count) <= TAIL);
  }
}
