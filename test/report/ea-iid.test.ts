import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { IidTests, PermutationRank, PermutationStatistic } from "../../src/model/iid";
import { eaIidJson, eaIidText, type IidRun } from "../../src/report/ea-iid";
import { concludeAssessment, estimate, estimationTasks } from "../../src/sp800-90b/assessment";
import { directTests } from "../../src/sp800-90b/iid/assessment";
import { originalStatistics } from "../../src/sp800-90b/iid/permutation";
import { mapStatistics, prepareSamples } from "../../src/sp800-90b/iid/statistics";
import { DATASETS, keystream } from "../datasets";
import { assertLikeNist, nistGolden } from "./nist-golden";

const VERBOSITIES = { q: 0, default: 1, v: 2, vv: 3, vvv: 4 };

type Counts = readonly [greater: number, equal: number, less: number];

const unheard = (): void => undefined;

/** @param countsOf the NIST tool's, which differ from run to run */
function run(data: Uint8Array, bits: number, countsOf: (name: PermutationStatistic) => Counts): IidRun {
  const original = originalStatistics(data);
  const permutation = mapStatistics((name): PermutationRank => {
    const [greater, equal, less] = countsOf(name);
    const rarer = equal + Math.min(greater, less);
    return { original: original[name] ?? NaN, greater, equal, less, margin: 0, passed: rarer > 5 };
  });
  const permutationPassed = Object.values(permutation).every(({ passed }) => passed);
  const tests: IidTests = {
    seed: 1,
    permutations: 10_000,
    permutation,
    permutationPassed,
    ...directTests(data, unheard),
    verdict: "fail",
  };
  const symbols = new Set(data).size;
  const mode = { track: "iid", purpose: "initial", mostBits: null } as const;
  const estimates = estimationTasks(symbols, bits, mode).flatMap((task) => estimate(data, bits, task, unheard));
  const { mean, median } = prepareSamples(data).traits;
  return {
    assessment: concludeAssessment(estimates, bits, "iid"),
    tests,
    mean,
    median,
    file: "uniform-8-short.bin",
    sha256: createHash("sha256").update(data).digest("hex"),
    samples: data.length,
    symbols,
    bits,
    bitstringLength: data.length * bits,
    narrow: false,
    conditioned: false,
    subset: null,
  };
}

const short = DATASETS["uniform-8-short"].make();

/** The counts in the tool's table; six on either side where it prints none. */
function countsIn(text: string): (name: PermutationStatistic) => Counts {
  const rows = new Map<string, Counts>();
  for (const [, name, ...counts] of text.matchAll(/^ +(\S+?)\*? +(\d+) +(\d+) +(\d+)$/gm)) {
    const [greater, equal, less] = counts.map(Number);
    rows.set(name, [greater, equal, less]);
  }
  return (name) => rows.get(name) ?? (name === "lenRunsMedian" ? [0, 0, 10_000] : [6, 0, 6]);
}

describe("the IID track in the words of ea_iid", () => {
  for (const [flag, verbosity] of Object.entries(VERBOSITIES))
    it(`is what the tool prints at verbosity ${flag}, but for its progress`, () => {
      const golden = nistGolden(`ea_iid.uniform-8-short.${flag}.txt`);
      assertLikeNist(eaIidText(run(short, 8, countsIn(golden)), verbosity), golden);
    });

  it("is what the tool writes with -o, but for the assessed entropy, where the tool writes the width", () => {
    const golden = nistGolden("ea_iid.uniform-8-short.json.txt");
    const { testCases } = JSON.parse(golden) as { testCases: [{ permutationTestResults: Record<string, number>[] }] };
    const results = testCases[0].permutationTestResults;
    const counts = (name: PermutationStatistic): Counts => {
      const [greater, equal, less] = results.map((result) => result[name.replace(/[()]/g, "")]);
      return [greater, equal, less];
    };
    const commandline = "ea_iid -o out.json uniform-8-short.bin 8";
    const json = eaIidJson(run(short, 8, counts), { commandline, dateTimeStamp: "20261121194326" });
    assertLikeNist(json, golden.replace('"hAssessed" : 8.0', '"hAssessed" : 7.0323523154563468'));
  });

  it("gives h' alone with -c", () => {
    const conditioned = { ...run(short, 8, countsIn("")), conditioned: true };
    const text = eaIidText(conditioned, 1);
    assert.match(text, /^Calculating baseline statistics\.\.\.\nh': 0\.984992\n\*\* Failed chi square tests\n/m);
    assert.doesNotMatch(eaIidText(conditioned, 2), /Literal MCV|H_original/);
  });

  it("speaks of binary samples without a bitstring, and of those that were translated", () => {
    const bits = run(
      keystream("ea", 2000).map((byte) => 2 * (byte & 1)),
      2,
      countsIn(""),
    );
    const text = eaIidText(bits, 2);
    assert.match(text, /\n\nSamples have been translated\nCalculating baseline/);
    assert.match(text, /\n\tMedian: 0\.500000\n\tBinary: true\n\nLiteral MCV/);
    assert.doesNotMatch(text, /bitstring|Number of/i);
  });

  it("says why a chi-square test has no score", () => {
    const few = run(keystream("few", 20), 8, countsIn(""));
    assert.match(eaIidText(few, 2), /^Chi square independence\n\t\*\*\* The 20 samples fill .*\*\*\*\n\n/m);
    assert.match(eaIidText(few, 3), /^Chi square independence: \*\*\* The 20 samples/m);
  });
});
