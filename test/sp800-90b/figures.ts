import assert from "node:assert/strict";
import type { FoundEstimate, EstimatorId, FoundAssessment, Scope } from "../../src/model";

/** An estimator's figures by the NIST tool's names; `search` is a text. */
export type Figures = Readonly<Record<string, number | string>>;

/** An assessment's figures: totals, and the estimators' by scope. */
export type AssessmentFigures = Readonly<Record<string, number | Readonly<Record<string, Figures>>>>;

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

/** What the tool does not tell. */
const OURS_ALONE = new Set(["decisive", "ceiling"]);

function assertClose(actual: unknown, wanted: number, tolerance: number, what: string): void {
  assert.ok(typeof actual === "number", `${what} is ${String(actual)}, not ${wanted}`);
  const error = actual === wanted ? 0 : Math.abs(actual - wanted) / Math.abs(wanted);
  assert.ok(error <= tolerance, `${what} is ${actual}, not ${wanted}`);
}

function assertFigures(ours: FoundEstimate, theirs: Figures): void {
  const { estimator, scope, notComputed, ...figures } = ours;
  const what = `${estimator} (${scope})`;
  assert.equal(notComputed, null, what);
  const seen = new Set(["search"]);
  for (const [key, value] of Object.entries(figures)) {
    if (OURS_ALONE.has(key)) continue;
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

/** Holds an assessment to the NIST tool's: the same estimates, all their figures, the same totals. */
export function assertAssessment(assessment: FoundAssessment, figures: AssessmentFigures): void {
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
  for (const [name, ours] of [
    ["H_original", assessment.hOriginal],
    ["H_bitstring", assessment.hBitstring],
  ] as const)
    if (name in figures) assertClose(ours, Number(figures[name]), 1e-6, name);
    else assert.equal(ours, null, name);
}
