import type { FoundAssessment, FoundEstimate } from "../model";
import { concludeAssessment } from "./assessment";
import { noPrediction, UNPREDICTED } from "./prediction";

/** What ea_non_iid asks of MultiMCW, more than its longest window; 6.3.7 asks only for more than the shortest. */
const MULTI_MCW_SAMPLES = 4096;

/**
 * An assessment as NIST's C++ tools come to it, where that differs from ours: few samples are not judged by MultiMCW, and
 * what has no entropy has that of -log2(1) in C, which is a negative zero.
 * @param bits per sample
 */
export function asNistTool({ estimates, track }: FoundAssessment, bits: number): FoundAssessment {
  const asTool = estimates.map(withoutFewSamples).map((e) => (e.minEntropy === 0 ? { ...e, minEntropy: -0 } : e));
  return concludeAssessment(asTool, bits, track);
}

function withoutFewSamples(estimate: FoundEstimate): FoundEstimate {
  const { estimator, scope } = estimate;
  return estimator === "multi-mcw" && estimate.N + UNPREDICTED[estimator] < MULTI_MCW_SAMPLES
    ? noPrediction(estimator, scope, MULTI_MCW_SAMPLES)
    : estimate;
}
