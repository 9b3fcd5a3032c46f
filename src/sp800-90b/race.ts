import { popcount } from "../numeric/packed-bits";
import { LongestRun } from "./longest-run";
import type { Predictions } from "./prediction";
import { Tenure } from "./tenure";

/**
 * The scoreboard of the multi-predictors (6.3.7 to 6.3.9) over binary data, 32 predictions a step.
 *
 * Every predictor hands in a mask of where it was right. The best one so far, the winner, makes the prediction that
 * counts, and another takes over when it is right and its score reaches the winner's: in ascending order, so among
 * several the last. That can only happen within a word to a predictor whose score at the word's end reaches the
 * winner's at its start; the race is run bit by bit between those few, and by counting ones for all the others.
 */
export class Race {
  private readonly scores: Float64Array;
  private readonly contenders: Int32Array;
  private winner = 0;
  private correct = 0;
  private at = 0;
  private readonly longestRun = new LongestRun();
  private readonly tenure: Tenure;

  constructor(private readonly predictors: number) {
    this.tenure = new Tenure(predictors);
    this.scores = new Float64Array(predictors);
    this.contenders = new Int32Array(predictors);
  }

  /**
   * Judges 32 predictions, the first in the most significant bit. Where nobody predicts, all masks hold a zero.
   * @param right predictor p's mask is right[from + p]
   * @param silent likewise, where predictor p knew nothing; a winner's silence leaves the run of right predictions as
   *   it is (6.3.9 reads otherwise; the NIST tool does so, and so do its published figures)
   */
  advance(right: Int32Array, silent: Int32Array | null, from: number): void {
    const { scores, contenders, predictors } = this;
    let winner = this.winner;
    const target = scores[winner];
    const winnersMask = right[from + winner];
    let count = 0;
    for (let p = 0; p < predictors; p++) {
      const mask = right[from + p];
      const score = scores[p] + popcount(mask);
      // Only where the winner is wrong can another gain on it.
      if (score >= target && (p === winner || scores[p] + popcount(mask & ~winnersMask) >= target)) {
        contenders[count++] = p;
      } else {
        scores[p] = score;
      }
    }
    if (count === 1) {
      scores[winner] = target + popcount(winnersMask);
      this.record(winnersMask, silent === null ? 0 : silent[from + winner]);
      return;
    }
    let outcome = 0;
    let silence = 0;
    for (let bit = 31; bit >= 0; bit--) {
      outcome = (outcome << 1) | ((right[from + winner] >>> bit) & 1);
      if (silent !== null) silence = (silence << 1) | ((silent[from + winner] >>> bit) & 1);
      let best = scores[winner];
      for (let c = 0; c < count; c++) {
        const p = contenders[c];
        if (((right[from + p] >>> bit) & 1) === 0) continue;
        const score = ++scores[p];
        if (score >= best) {
          best = score;
          winner = p;
        }
      }
      if (winner !== this.winner) {
        this.tenure.end(this.winner, this.at + 32 - bit);
        this.winner = winner;
      }
    }
    this.record(outcome, silence);
  }

  /**
   * @param N how many predictions the race was over
   * @param parameter what a predictor's index stands for: its window, lag or order
   */
  result(N: number, parameter: (index: number) => number): Predictions {
    this.tenure.end(this.winner, this.at);
    return {
      N,
      C: this.correct,
      longestRun: this.longestRun.length,
      run: this.longestRun.stretch(),
      favourite: this.tenure.favourite(parameter),
    };
  }

  private record(outcome: number, silence: number): void {
    this.at += 32;
    this.correct += popcount(outcome);
    this.longestRun.add(outcome, silence);
  }
}
