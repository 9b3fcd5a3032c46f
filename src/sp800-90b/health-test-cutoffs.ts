import type { AdaptiveProportionRule } from "../model/health-tests";
import { binomialUpperQuantile } from "../numeric/binomial";

/** 4.4.2: the window W of the adaptive proportion test. */
export function adaptiveProportionWindow(binary: boolean): number {
  return binary ? 1024 : 512;
}

/**
 * 4.4.1: C = 1 + ceil(-log2(alpha) / H).
 * @param h bits per sample, positive
 * @param alpha in (0, 1)
 */
export function repetitionCountCutoff(h: number, alpha: number): number {
  return 1 + Math.ceil(-Math.log2(alpha) / h);
}

/**
 * 4.4.2: the count of a window's first sample at which the test fails. Above the window's length it never can.
 * - `sp800-90b`: C = 1 + CRITBINOM(W, 2^-H, 1 - alpha), as printed.
 * - `corrected`: C = 2 + CRITBINOM(W - 1, 2^-H, 1 - alpha). The first sample always counts itself, so that only W - 1 are
 *   left to chance, and a failure should exceed the quantile (UL's comment 10b on the standard; jitterentropy uses it).
 *
 * A cutoff is never below 2, for a window's first sample alone is no repetition.
 * @param h bits per sample, positive
 * @param alpha in (0, 1)
 */
export function adaptiveProportionCutoff(
  h: number,
  alpha: number,
  window: number,
  rule: AdaptiveProportionRule,
): number {
  const p = 2 ** -h;
  const cutoff =
    rule === "corrected"
      ? 2 + binomialUpperQuantile(window - 1, p, alpha)
      : 1 + binomialUpperQuantile(window, p, alpha);
  return Math.max(2, cutoff);
}
