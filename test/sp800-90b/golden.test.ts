import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Estimate, EstimatorId, Scope } from "../../src/model";
import { concludeNonIid, estimate, estimationTasks } from "../../src/sp800-90b/assessment";
import { constantEstimates } from "../../src/sp800-90b/constant-source";
import { alphabetSize } from "../../src/sp800-90b/sequence";
import { DATASETS, type DatasetName } from "../datasets";
import golden from "../golden/sp800-90b.json";

/** An estimator's figures by the tool's names; `search` is a text. */
type Figures = Readonly<Record<string, number | string>>;
interface Expected {
  readonly sha256: string;
  readonly "non-iid"?: Readonly<Record<string, number | Readonly<Record<string, Figures>>>>;
}
const expected: Readonly<Record<DatasetName, Expected>> = golden.datasets;

const TITLES: Readonly<Record<EstimatorId, string>> = {
  "most-common-value": "Most Common Value Estimate",
  collision: "Collision Estimate",
  markov: "Markov Estimate",
  compression: "Compression Estimate",
  "t-tuple": "t-Tuple Estimate",
  lrs: "LRS Estimate",
  "multi-mcw": "MultiMCW Prediction Estimate",
  lag: "Lag Prediction Estimate",
  "multi-mmc": "MultiMMC Prediction Estimate",
  lz78y: "LZ78Y Prediction Estimate",
};

/** The tool's name of each of our figures. */
const NAMES: Readonly<Record<string, string>> = {
  minEntropy: "min entropy",
  modeCount: "Mode count",
  pHat: "p-hat",
  pU: "p_u",
  v: "v",
  sumT: "Sum t_i",
  xBar: "X-bar",
  xBarPrime: "X-bar'",
  sigmaHat: "sigma-hat",
  p: "p",
  p0: "P_0",
  p1: "P_1",
  p00: "P_{0,0}",
  p01: "P_{0,1}",
  p10: "P_{1,0}",
  p11: "P_{1,1}",
  pHatMax: "p-hat_max",
  t: "t",
  u: "u",
  N: "N",
  C: "C",
  r: "r",
  pGlobal: "P_global",
  pGlobalPrime: "P_global'",
  pLocal: "P_local",
};

/** Figures that a binary search of the standard's ends in. */
const SEARCHED = new Set(["min entropy", "p", "P_local"]);

function assertClose(actual: unknown, wanted: number, tolerance: number, what: string): void {
  assert.ok(typeof actual === "number", `${what} is ${String(actual)}, not ${wanted}`);
  const error = actual === wanted ? 0 : Math.abs(actual - wanted) / Math.abs(wanted);
  assert.ok(error <= tolerance, `${what} is ${actual}, not ${wanted}`);
}

function assertFigures(ours: Estimate, theirs: Figures): void {
  const { estimator, scope, notComputed, ...figures } = ours;
  const what = `${estimator} (${scope})`;
  assert.equal(notComputed, null, what);
  const seen = new Set(["search"]);
  for (const [key, value] of Object.entries(figures)) {
    if (key === "foundP") {
      assert.equal(value, theirs["search"] === "Found p.", `${what}: root found`);
      continue;
    }
    const name = NAMES[key];
    const wanted = theirs[name];
    seen.add(name);
    if (!(name in theirs)) assert.equal(value, null, `${what}: ${name}`);
    else assertClose(value, Number(wanted), SEARCHED.has(name) ? 1e-6 : 1e-9, `${what}: ${name}`);
  }
  assert.deepEqual(
    Object.keys(theirs).filter((name) => !seen.has(name)),
    [],
    `${what}: figures we do not give`,
  );
}

function assess(name: DatasetName): { estimates: readonly Estimate[]; bits: number } {
  const { bits, make } = DATASETS[name];
  const samples = make();
  assert.equal(
    createHash("sha256").update(samples).digest("hex"),
    expected[name].sha256,
    "the data are not the reference's",
  );
  const k = alphabetSize(samples);
  if (k === 1) return { estimates: constantEstimates(samples.length), bits };
  const tasks = estimationTasks(k, bits);
  return { estimates: tasks.flatMap((task) => estimate(samples, bits, task, () => undefined)), bits };
}

describe("the non-IID track on the reference data", () => {
  for (const name of Object.keys(DATASETS) as DatasetName[]) {
    const figures = expected[name]["non-iid"];
    if (figures === undefined || name === "zeros-8") continue;
    it(`gives the NIST tool's figures for ${name}, all of them`, () => {
      const { estimates, bits } = assess(name);
      const assessment = concludeNonIid(estimates, bits);
      const of = (scope: Scope): Readonly<Record<string, Figures>> => {
        const section = figures[scope];
        return typeof section === "object" ? section : {};
      };
      for (const scope of ["literal", "bitstring"] as const) {
        const titles = assessment.estimates.filter((e) => e.scope === scope).map((e) => TITLES[e.estimator]);
        assert.deepEqual(titles.toSorted(), Object.keys(of(scope)).toSorted());
      }
      for (const ours of assessment.estimates) assertFigures(ours, of(ours.scope)[TITLES[ours.estimator]]);
      assertClose(assessment.minEntropy, Number(figures["Assessed min entropy"]), 1e-6, "the assessed minimum");
      assertClose(assessment.hOriginal, Number(figures["H_original"]), 1e-6, "H_original");
      if (!("H_bitstring" in figures)) assert.equal(assessment.hBitstring, null);
      else assertClose(assessment.hBitstring, Number(figures["H_bitstring"]), 1e-6, "H_bitstring");
    });
  }

  it("awards no entropy to zeros-8, which the NIST tool refuses", () => {
    const { estimates, bits } = assess("zeros-8");
    assert.equal(concludeNonIid(estimates, bits).minEntropy, 0);
    assert.deepEqual(
      estimates.map((e) => e.minEntropy),
      [0, ...Array.from({ length: 9 }, () => null)],
    );
  });

  it("answers repeat-8, on which the NIST tool does not end: half of it foretells the other half", () => {
    const { estimates, bits } = assess("repeat-8");
    const { minEntropy, hOriginal } = concludeNonIid(estimates, bits);
    const lrs = estimates.find((e) => e.estimator === "lrs" && e.scope === "literal");
    assert.ok(lrs?.estimator === "lrs");
    assert.deepEqual([lrs.u, lrs.v], [3, 500_000]);
    assert.ok(hOriginal !== null && hOriginal < 1e-4 && minEntropy !== null && minEntropy < 1e-4);
  });
});
