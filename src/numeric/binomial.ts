import { logGamma } from "./log-gamma";

/**
 * P(X = k) for X binomial.
 * @param n trials, a non-negative integer
 * @param p the probability of a success, in (0, 1]
 * @param k an integer in 0..n
 */
export function binomialPmf(n: number, p: number, k: number): number {
  if (p === 1) return k === n ? 1 : 0;
  const logChoose = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  return Math.exp(logChoose + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

/**
 * P(X >= k) for X binomial, summed from its far end.
 * @param n trials, a non-negative integer
 * @param p the probability of a success, in (0, 1]
 * @param k an integer; 1 for k <= 0
 */
export function binomialUpperTail(n: number, p: number, k: number): number {
  if (k <= 0) return 1;
  let tail = 0;
  for (let i = n; i >= k; i--) tail += binomialPmf(n, p, i);
  return tail;
}

/**
 * The least k with P(X > k) <= alpha, that is the (1 - alpha) quantile: what spreadsheets call CRITBINOM(n, p, 1 - alpha)
 * and R qbinom(1 - alpha, n, p). The tail is summed from its far end, so that no digits of a small alpha are lost.
 * @param n trials, a non-negative integer
 * @param p the probability of a success, in (0, 1]
 * @param alpha in (0, 1)
 */
export function binomialUpperQuantile(n: number, p: number, alpha: number): number {
  let tail = 0;
  for (let k = n; k > 0; k--) {
    tail += binomialPmf(n, p, k);
    if (tail > alpha) return k;
  }
  return 0;
}
