import { parseSubset } from "../../src/formats/subset";
import { concludeAssessment, type AssessmentMode } from "../../src/sp800-90b/assessment";
import { DATASETS, type DatasetName } from "../datasets";
import golden from "../golden/sp800-90b-modes.json";
import { useWorkers } from "../workers/fixture";
import { assertAssessment, type AssessmentFigures } from "./figures";
import { referenceEstimates } from "./reference-estimates";

const MODES: Readonly<Record<string, AssessmentMode & { readonly subset?: string }>> = {
  "-c -a": { track: "non-iid", purpose: "conditioned", mostBits: null },
  "-c -t": { track: "non-iid", purpose: "conditioned", mostBits: 1_000_000 },
  "-i -t": { track: "non-iid", purpose: "initial", mostBits: 1_000_000 },
  "iid -c -a": { track: "iid", purpose: "conditioned", mostBits: null },
  "-i -a -l 1,250000": { track: "non-iid", purpose: "initial", mostBits: null, subset: "1,250000" },
};

const expected: Readonly<Record<string, Readonly<Record<string, AssessmentFigures>>>> = golden.datasets;

describe("the NIST tool's options", () => {
  const workers = useWorkers();
  for (const name of ["jitter-8", "markov-1", "normal-8", "uniform-4"] as const satisfies DatasetName[])
    for (const [options, { subset, ...mode }] of Object.entries(MODES))
      it(`${options} gives its figures for ${name}`, async () => {
        const { bits, make } = DATASETS[name];
        const { first, count } = parseSubset(subset ?? "0,1000000");
        const samples = make().subarray(first, first + count);
        const estimates = await referenceEstimates(workers, name, samples, mode, first);
        assertAssessment(concludeAssessment(estimates, bits, mode.track), expected[name][options]);
      });
});
