/** B_2k / (2k (2k - 1)), k = 1..8: the coefficients of Stirling's series (Abramowitz and Stegun 6.1.41). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400] as const;

/** From here on eight terms of the series leave an error below 1e-17. */
const STIRLING_FROM = 10;

/**
 * The natural logarithm of the gamma function, to a few units of the last place (absolute near its zeros at 1 and 2).
 * @param x positive
 */
export function logGamma(x: number): number {
  let product = 1;
  for (; x < STIRLING_FROM; x++) product *= x;
  const inverseSquare = 1 / (x * x);
  let series = 0;
  for (let k = STIRLING.length - 1; k >= 0; k--) series = series * inverseSquare + STIRLING[k];
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series / x - Math.log(product);
}
