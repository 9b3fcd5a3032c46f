import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { FoundAssessment } from "../../src/model";
import { concludeAssessment } from "../../src/sp800-90b/assessment";
import { constantEstimates } from "../../src/sp800-90b/constant-source";
import { alphabetSize } from "../../src/sp800-90b/sequence";
import { DATASETS, type DatasetName } from "../datasets";
import golden from "../golden/sp800-90b.json";
import { useWorkers } from "../workers/fixture";
import { assertAssessment, type AssessmentFigures } from "./figures";
import { referenceEstimates } from "./reference-estimates";

interface Expected {
  readonly sha256: string;
  readonly "non-iid"?: AssessmentFigures;
}
const expected: Readonly<Record<DatasetName, Expected>> = golden.datasets;

describe("the non-IID track on the reference data", () => {
  const workers = useWorkers();

  async function assess(name: DatasetName): Promise<FoundAssessment> {
    const { bits, make } = DATASETS[name];
    const samples = make();
    assert.equal(
      createHash("sha256").update(samples).digest("hex"),
      expected[name].sha256,
      "the data are not the reference's",
    );
    const constant = alphabetSize(samples) === 1;
    return concludeAssessment(
      constant ? constantEstimates(samples.length, samples[0]) : await referenceEstimates(workers, name, samples),
      bits,
    );
  }

  for (const name of Object.keys(DATASETS) as DatasetName[]) {
    const figures = expected[name]["non-iid"];
    if (figures === undefined || name === "zeros-8") continue;
    it(`gives the NIST tool's figures for ${name}, all of them`, async () =>
      assertAssessment(await assess(name), figures));
  }

  it("awards no entropy to zeros-8, which the NIST tool refuses", async () => {
    const { estimates, minEntropy } = await assess("zeros-8");
    assert.equal(minEntropy, 0);
    assert.deepEqual(
      estimates.map((e) => e.minEntropy),
      [0, ...Array.from({ length: 9 }, () => null)],
    );
  });

  it("answers repeat-8, on which the NIST tool does not end: half of it foretells the other half", async () => {
    const { estimates, minEntropy, hOriginal } = await assess("repeat-8");
    const lrs = estimates.find((e) => e.estimator === "lrs" && e.scope === "literal");
    assert.ok(lrs?.estimator === "lrs");
    assert.deepEqual([lrs.u, lrs.v], [3, 500_000]);
    assert.ok(hOriginal !== null && hOriginal < 1e-4 && minEntropy !== null && minEntropy < 1e-4);
  });
});
