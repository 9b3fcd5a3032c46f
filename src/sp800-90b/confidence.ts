/** 6.3: Z(1 - 0.005), the normal quantile behind every 99 % bound of the estimators. */
export const Z_99 = 2.5758293035489008;

/**
 * The upper end of the 99 % confidence interval of a proportion (6.3.1 step 2, and alike in 6.3.5 to 6.3.10).
 * @param p the observed proportion, 0 to 1
 * @param n the number of observations it is of
 */
export function upperBound(p: number, n: number): number {
  const variance = p * (1 - p);
  return variance === 0 ? p : Math.min(1, p + Z_99 * Math.sqrt(variance / (n - 1)));
}

/** -log2(p) without the negative zero of p = 1. */
export function minEntropyOf(p: number): number {
  return p >= 1 ? 0 : -Math.log2(p);
}
