import type { Estimate, PredictionEstimate } from "../model";

const notComputed = "All samples are the same symbol: there is nothing to collide, repeat or predict.";
const none = { scope: "literal", minEntropy: null, notComputed } as const;

/**
 * The estimates of a source that gave one symbol only. The most common value settles it: no entropy. The NIST tool
 * refuses such data.
 * @param samples how many there are
 */
export function constantEstimates(samples: number): readonly Estimate[] {
  const predictors: readonly PredictionEstimate["estimator"][] = ["multi-mcw", "lag", "multi-mmc", "lz78y"];
  return [
    {
      estimator: "most-common-value",
      scope: "literal",
      minEntropy: 0,
      notComputed: null,
      modeCount: samples,
      pHat: 1,
      pU: 1,
    },
    {
      estimator: "collision",
      ...none,
      v: 0,
      sumT: 0,
      xBar: null,
      sigmaHat: null,
      xBarPrime: null,
      p: null,
      foundP: false,
    },
    { estimator: "markov", ...none, p0: null, p1: null, p00: null, p01: null, p10: null, p11: null, pHatMax: null },
    { estimator: "compression", ...none, xBar: null, sigmaHat: null, xBarPrime: null, p: null, foundP: false },
    { estimator: "t-tuple", ...none, t: null, pHatMax: null, pU: null },
    { estimator: "lrs", ...none, u: null, v: null, pHat: null, pU: null },
    ...predictors.map((estimator) => ({
      estimator,
      ...none,
      N: 0,
      C: 0,
      r: 1,
      pGlobal: null,
      pGlobalPrime: null,
      pLocal: null,
    })),
  ];
}
