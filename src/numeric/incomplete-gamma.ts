import { logGamma } from "./log-gamma";

/**
 * The upper regularized incomplete gamma function Q(a, x), by its series below a + 1 and its continued fraction above.
 * With a = df / 2 and x = score / 2 it is the p-value of a chi-square test.
 * @param a positive
 * @param x not negative
 */
export function upperIncompleteGamma(a: number, x: number): number {
  if (x === 0) return 1;
  if (x < a + 1) return 1 - density(a, x) * series(a, x);
  const weight = density(a, x);
  // the fraction of numbers so great that nothing is left of the density need not settle
  return weight > 0 ? weight * fraction(a, x) : x === Infinity ? 0 : weight;
}

/**
 * x^a e^-x / Gamma(a). For great a its logarithm is the small difference of great numbers; about a, where the differences
 * would lose most, they are taken in d = (x - a) / a.
 */
function density(a: number, x: number): number {
  const d = (x - a) / a;
  if (Math.abs(d) > 0.3 || a < 10) return Math.exp(a * Math.log(x) - x - logGamma(a));
  const stirling = logGamma(a) - ((a - 0.5) * Math.log(a) - a + 0.5 * Math.log(2 * Math.PI));
  return Math.exp(a * (Math.log1p(d) - d) - stirling) * Math.sqrt(a / (2 * Math.PI));
}

function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; term > sum * 1e-17; k++) sum += term *= x / (a + k);
  return sum;
}

/** Lentz's method. */
function fraction(a: number, x: number): number {
  const TINY = 1e-300;
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let value = d;
  for (let k = 1; ; k++) {
    const numerator = -k * (k - a);
    b += 2;
    d = 1 / nonZero(numerator * d + b, TINY);
    c = nonZero(b + numerator / c, TINY);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) return value;
  }
}

function nonZero(x: number, tiny: number): number {
  return Math.abs(x) < tiny ? tiny : x;
}
