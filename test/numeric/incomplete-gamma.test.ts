import assert from "node:assert/strict";
import { upperIncompleteGamma } from "../../src/numeric/incomplete-gamma";

function assertClose(actual: number, wanted: number): void {
  assert.ok(Math.abs(actual - wanted) <= 1e-12 * wanted, `${actual} is not ${wanted}`);
}

describe("the upper incomplete gamma function", () => {
  it("is the tail of a Poisson sum where a is a whole number", () => {
    for (const a of [1, 2, 5, 9, 10, 40, 100])
      for (const x of [0.1, 1, 3, 9.5, 30, 99, 150]) {
        let term = Math.exp(-x);
        let sum = 0;
        for (let k = 0; k < a; k++) {
          sum += term;
          term *= x / (k + 1);
        }
        if (sum > 1e-3 && sum < 0.999) assertClose(upperIncompleteGamma(a, x), sum);
      }
  });

  it("keeps its digits far out, and is 1 at the start", () => {
    assertClose(upperIncompleteGamma(1, 500), Math.exp(-500));
    assert.equal(upperIncompleteGamma(3, 0), 1);
    assert.equal(upperIncompleteGamma(30_000, 1e7), 0);
  });

  it("is 0 beyond all numbers, and no number of what is none", () => {
    for (const x of [1e306, Number.MAX_VALUE, Infinity]) assert.equal(upperIncompleteGamma(5, x), 0);
    assert.ok(Number.isNaN(upperIncompleteGamma(5, NaN)));
  });

  it("is near one half at a, for a of any size", () => {
    // Q(a, a) = 1/2 + 1 / (3 sqrt(2 pi a)) + O(a^-3/2)
    for (const a of [100, 1e4, 1e6])
      assert.ok(Math.abs(upperIncompleteGamma(a, a) - 0.5 + 1 / (3 * Math.sqrt(2 * Math.PI * a))) < a ** -1.4);
  });
});
