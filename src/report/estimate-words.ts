import type { Estimate, SamplesReport } from "../model";

/** The estimate that a word like `lag` or `lag:bitstring` means; null when the report has none. */
export function findEstimate({ estimates }: SamplesReport, word: string): Estimate | null {
  const [estimator, ...rest] = word.split(":");
  const scope = rest.at(0);
  return estimates.find((e) => e.estimator === estimator && (scope === undefined || e.scope === scope)) ?? null;
}

/** What `findEstimate` takes, for every estimate of a report. */
export function estimateWords({ estimates }: SamplesReport): readonly string[] {
  return estimates.map(({ estimator, scope }) => `${estimator}:${scope}`);
}
