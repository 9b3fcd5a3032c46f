/**
 * Where a decreasing function crosses zero, to the last bit of a double.
 * @param f decreasing on [low, high], positive at `low`, not positive at `high`
 * @returns the largest double found with f > 0
 */
export function bisect(f: (x: number) => number, low: number, high: number): number {
  for (;;) {
    const middle = low + (high - low) / 2;
    // so put, it also ends where a bound is no number
    if (!(low < middle && middle < high)) return low;
    if (f(middle) > 0) low = middle;
    else high = middle;
  }
}
