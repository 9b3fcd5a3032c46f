import type { FoundEstimate, PredictionEstimate } from "../model";
import { NO_MEAN } from "./mean-statistic";
import { NO_PREDICTION } from "./prediction";

const notComputed = "All samples are the same symbol: there is nothing to collide, repeat or predict.";
const none = { scope: "literal", minEntropy: null, notComputed } as const;

/**
 * The estimates of a source that gave one symbol only. The most common value settles it: no entropy. The NIST tool
 * refuses such data.
 * @param samples how many there are
 * @param symbol which one
 */
export function constantEstimates(samples: number, symbol: number): readonly FoundEstimate[] {
  const predictors: readonly PredictionEstimate["estimator"][] = ["multi-mcw", "lag", "multi-mmc", "lz78y"];
  const noTransitions = { p0: null, p1: null, p00: null, p01: null, p10: null, p11: null, pHatMax: null };
  return [
    {
      estimator: "most-common-value",
      scope: "literal",
      minEntropy: 0,
      notComputed: null,
      modeCount: samples,
      pHat: 1,
      pU: 1,
      decisive: { kind: "symbol", symbol, count: samples, first: 0 },
    },
    { estimator: "collision", ...none, v: 0, sumT: 0, ...NO_MEAN },
    { estimator: "markov", ...none, ...noTransitions, decisive: null },
    { estimator: "compression", ...none, ...NO_MEAN },
    { estimator: "t-tuple", ...none, t: null, pHatMax: null, pU: null, decisive: null },
    { estimator: "lrs", ...none, u: null, v: null, pHat: null, pU: null, decisive: null },
    ...predictors.map((estimator) => ({ estimator, ...none, ...NO_PREDICTION })),
  ];
}
