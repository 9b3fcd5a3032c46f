/** Beyond this the continued fraction is accurate in 60 steps, before it the series in 60 terms. */
const TAIL_FROM = 2;
const STEPS = 60;

/** P(Z > x) for a standard normal Z, with full relative accuracy in the tail (Abramowitz and Stegun 26.2.11, 26.2.14). */
export function normalUpperTail(x: number): number {
  if (x < 0) return 1 - normalUpperTail(-x);
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x < TAIL_FROM) {
    let term = x;
    let sum = x;
    for (let k = 1; k <= STEPS; k++) sum += term *= (x * x) / (2 * k + 1);
    return 0.5 - density * sum;
  }
  let fraction = x;
  for (let k = STEPS; k > 0; k--) fraction = x + k / fraction;
  return density / fraction;
}

/**
 * The x with P(Z > x) = q.
 * @param q in (0, 1)
 */
export function normalUpperQuantile(q: number): number {
  let low = -40;
  let high = 40;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return middle;
    if (normalUpperTail(middle) > q) low = middle;
    else high = middle;
  }
}
