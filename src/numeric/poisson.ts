import { logGamma } from "./log-gamma";
import { normalUpperQuantile } from "./normal";

/** From this mean on the normal quantile, corrected for the skewness, is within a few hundredths of a count. */
const NORMAL_FROM = 2000;

/**
 * The least m with P(X > m) <= alpha for X Poisson; for large means a number between two counts.
 * @param alpha in (0, 1)
 */
export function poissonUpperQuantile(mean: number, alpha: number): number {
  if (mean >= NORMAL_FROM) {
    const z = normalUpperQuantile(alpha);
    return mean + z * Math.sqrt(mean) + (z * z - 1) / 6;
  }
  // The tail is summed from its far end, so that no digits of a small alpha are lost.
  let m = Math.ceil(mean + 12 * Math.sqrt(mean) + 60);
  let mass = Math.exp(m * Math.log(mean) - mean - logGamma(m + 1));
  for (let tail = 0; m > 0; m--) {
    tail += mass;
    if (tail > alpha) return m;
    mass *= m / mean;
  }
  return 0;
}
