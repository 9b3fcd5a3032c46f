import type { DecisivePredictions } from "../model";

/** For how long each of several predictors was the one believed. */
export class Tenure {
  private readonly terms: Float64Array;
  private since = 0;

  constructor(predictors: number) {
    this.terms = new Float64Array(predictors);
  }

  /** @param predictor was the winner up to and with place `at` - 1 */
  end(predictor: number, at: number): void {
    this.terms[predictor] += at - this.since;
    this.since = at;
  }

  /** @param parameter what a predictor's index stands for */
  favourite(parameter: (index: number) => number): DecisivePredictions["favourite"] {
    const all = this.terms.reduce((sum, term) => sum + term, 0);
    const most = this.terms.indexOf(Math.max(...this.terms));
    return all === 0 ? null : { parameter: parameter(most), share: this.terms[most] / all };
  }
}
