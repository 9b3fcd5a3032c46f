import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { FoundEstimate } from "../../src/model";
import { concludeAssessment, estimate, estimationTasks } from "../../src/sp800-90b/assessment";
import { constantEstimates } from "../../src/sp800-90b/constant-source";
import { alphabetSize } from "../../src/sp800-90b/sequence";
import { DATASETS, type DatasetName } from "../datasets";
import golden from "../golden/sp800-90b.json";
import { assertAssessment, type AssessmentFigures } from "./figures";

interface Expected {
  readonly sha256: string;
  readonly "non-iid"?: AssessmentFigures;
}
const expected: Readonly<Record<DatasetName, Expected>> = golden.datasets;

function assess(name: DatasetName): { estimates: readonly FoundEstimate[]; bits: number } {
  const { bits, make } = DATASETS[name];
  const samples = make();
  assert.equal(
    createHash("sha256").update(samples).digest("hex"),
    expected[name].sha256,
    "the data are not the reference's",
  );
  const k = alphabetSize(samples);
  if (k === 1) return { estimates: constantEstimates(samples.length, samples[0]), bits };
  const tasks = estimationTasks(k, bits);
  return { estimates: tasks.flatMap((task) => estimate(samples, bits, task, () => undefined)), bits };
}

describe("the non-IID track on the reference data", () => {
  for (const name of Object.keys(DATASETS) as DatasetName[]) {
    const figures = expected[name]["non-iid"];
    if (figures === undefined || name === "zeros-8") continue;
    it(`gives the NIST tool's figures for ${name}, all of them`, () => {
      const { estimates, bits } = assess(name);
      assertAssessment(concludeAssessment(estimates, bits), figures);
    });
  }

  it("awards no entropy to zeros-8, which the NIST tool refuses", () => {
    const { estimates, bits } = assess("zeros-8");
    assert.equal(concludeAssessment(estimates, bits).minEntropy, 0);
    assert.deepEqual(
      estimates.map((e) => e.minEntropy),
      [0, ...Array.from({ length: 9 }, () => null)],
    );
  });

  it("answers repeat-8, on which the NIST tool does not end: half of it foretells the other half", () => {
    const { estimates, bits } = assess("repeat-8");
    const { minEntropy, hOriginal } = concludeAssessment(estimates, bits);
    const lrs = estimates.find((e) => e.estimator === "lrs" && e.scope === "literal");
    assert.ok(lrs?.estimator === "lrs");
    assert.deepEqual([lrs.u, lrs.v], [3, 500_000]);
    assert.ok(hOriginal !== null && hOriginal < 1e-4 && minEntropy !== null && minEntropy < 1e-4);
  });
});
