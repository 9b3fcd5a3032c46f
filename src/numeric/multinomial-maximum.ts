import { binomialUpperQuantile } from "./binomial";
import { logGamma } from "./log-gamma";

/** `symbols` categories of probability `p` each. */
export interface CategoryGroup {
  readonly symbols: number;
  readonly p: number;
}

/**
 * P(no category is counted more than m times) when n draws fall into categories, exactly.
 *
 * Independent Poisson counts of means n p_i, given that they sum to n, are multinomial; so the probability is the
 * coefficient of x^n in the product of the Poisson series cut after x^m, over the Poisson probability of n. All terms
 * are positive: nothing cancels, and the error stays at about 1e-12.
 * @param groups probabilities that sum to 1
 */
export function multinomialMaximumCdf(n: number, groups: readonly CategoryGroup[], m: number): number {
  let product: Float64Array = Float64Array.of(1);
  for (const { symbols, p } of groups) {
    const series = Float64Array.from({ length: Math.min(m, n) + 1 }, (_, j) => poisson(n * p, j));
    product = multiply(product, power(series, symbols, n), n);
  }
  return product.length > n ? product[n] / poisson(n, n) : 0;
}

/**
 * The least m with P(some category is counted more than m times) <= alpha. One category alone bounds it from below,
 * the union bound from above; they are a few counts apart, and the exact distribution decides between them.
 * @param groups probabilities that sum to 1, the largest first
 */
export function multinomialMaximumQuantile(n: number, groups: readonly CategoryGroup[], alpha: number): number {
  const { p } = groups[0];
  const categories = groups.reduce((sum, group) => sum + group.symbols, 0);
  let low = binomialUpperQuantile(n, p, alpha);
  let high = binomialUpperQuantile(n, p, alpha / categories);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (multinomialMaximumCdf(n, groups, middle) >= 1 - alpha) high = middle;
    else low = middle + 1;
  }
  return low;
}

function poisson(mean: number, j: number): number {
  return Math.exp(j * Math.log(mean) - mean - logGamma(j + 1));
}

/** The product of two polynomials, terms above x^degree dropped. */
function multiply(a: Float64Array, b: Float64Array, degree: number): Float64Array {
  const product = new Float64Array(Math.min(degree + 1, a.length + b.length - 1));
  for (let i = 0; i < a.length; i++) {
    const factor = a[i];
    const end = Math.min(b.length, product.length - i);
    for (let j = 0; j < end; j++) product[i + j] += factor * b[j];
  }
  return product;
}

/** A polynomial's power by repeated squaring, terms above x^degree dropped. */
function power(base: Float64Array, exponent: number, degree: number): Float64Array {
  let result: Float64Array = Float64Array.of(1);
  for (let square = base; exponent > 0; exponent >>= 1) {
    if (exponent & 1) result = multiply(result, square, degree);
    if (exponent > 1) square = multiply(square, square, degree);
  }
  return result;
}
