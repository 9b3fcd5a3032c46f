import assert from "node:assert/strict";
import { comparePermutations, originalStatistics, PermutationTally } from "../../../src/sp800-90b/iid/permutation";
import { mapStatistics, type StatisticValues } from "../../../src/sp800-90b/iid/statistics";
import { keystream } from "../../datasets";

const original: StatisticValues = mapStatistics(() => 1);
const signs = (sign: number): StatisticValues => mapStatistics(() => sign);

describe("the permutation tests of 5.1", () => {
  it("decide a statistic when six permutations are at least, and six at most, as great", () => {
    const tally = new PermutationTally(original, false);
    for (let i = 0; i < 6; i++) tally.add(signs(1));
    for (let i = 0; i < 5; i++) tally.add(signs(-1));
    assert.equal(tally.openGroups().length, 6);
    assert.equal(tally.ranks().excursion.passed, false);
    assert.equal(tally.ranks().excursion.margin, 1);
    tally.add(signs(0));
    assert.deepEqual(tally.openGroups(), []);
    const { greater, equal, less, passed } = tally.ranks().excursion;
    assert.deepEqual([greater, equal, less, passed], [6, 1, 5, true]);
    tally.add(signs(1));
    assert.equal(tally.permutations, 12, "what comes later does not count");
  });

  it("go on to the last permutation when all are asked for, and tell the margin", () => {
    const tally = new PermutationTally(original, true);
    for (let i = 0; i < 10_000; i++) tally.add(signs(i < 9990 ? 1 : -1));
    assert.deepEqual(tally.openGroups(), []);
    const { greater, less, margin, passed } = tally.ranks().compression;
    assert.deepEqual([greater, less, margin, passed], [9990, 10, 5, true]);
  });

  it("fail a statistic that is beyond all but five of 10,000 permutations", () => {
    const tally = new PermutationTally(original, false);
    for (let i = 0; i < 10_000; i++) tally.add(signs(i % 2000 === 0 ? 0 : 1));
    assert.deepEqual(tally.openGroups(), []);
    const { passed, margin } = tally.ranks().excursion;
    assert.deepEqual([passed, margin], [false, 1]);
  });

  it("expect as many permutations as the rarest side is slow to come", () => {
    const tally = new PermutationTally(original, false);
    for (let i = 0; i < 99; i++) tally.add(signs(i % 33 === 0 ? -1 : 1));
    assert.equal(tally.expectedPermutations(), 150);
    assert.equal(new PermutationTally(original, true).expectedPermutations(), 10_000);
  });

  it("compare the same permutations, however they are divided into batches", () => {
    const samples = keystream("permutations", 2000).map((byte) => byte & 7);
    const statistics = originalStatistics(samples);
    const groups = ["excursion", "collisions", "compression"] as const;
    const batch = (first: number, count: number): readonly StatisticValues[] =>
      comparePermutations(samples, statistics, { seed: 5, first, count, groups });
    assert.deepEqual(batch(0, 7), [...batch(0, 3), ...batch(3, 4)]);
    assert.deepEqual(Object.keys(batch(0, 1)[0]), ["excursion", "avgCollision", "maxCollision", "compression"]);
  });

  it("find sorted samples beyond all permutations, and noise among them", () => {
    const noise = keystream("noise", 3000).map((byte) => byte & 15);
    const judge = (samples: Uint8Array): ReturnType<PermutationTally["ranks"]> => {
      const statistics = originalStatistics(samples);
      const tally = new PermutationTally(statistics, false);
      const groups = ["excursion", "runs-based-on-median", "periodicity-and-covariance"] as const;
      for (const each of comparePermutations(samples, statistics, { seed: 1, first: 0, count: 400, groups }))
        tally.add(each);
      return tally.ranks();
    };
    const sorted = judge(noise.toSorted());
    assert.deepEqual([sorted.excursion.greater, sorted.numRunsMedian.less, sorted.lenRunsMedian.greater], [0, 0, 0]);
    assert.ok(judge(noise).excursion.passed);
  });
});
