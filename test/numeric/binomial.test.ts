import assert from "node:assert/strict";
import fc from "fast-check";
import { binomialPmf, binomialUpperQuantile } from "../../src/numeric/binomial";

const probability = fc.double({ min: 1e-6, max: 1, noNaN: true });

describe("the binomial distribution", () => {
  it("sums to 1", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), probability, (n, p) => {
        const sum = Array.from({ length: n + 1 }, (_, k) => binomialPmf(n, p, k)).reduce((a, b) => a + b);
        assert.ok(Math.abs(sum - 1) < 1e-12, String(sum));
      }),
    );
  });

  it("has the probabilities that products of fractions give", () => {
    assert.ok(Math.abs(binomialPmf(4, 0.25, 1) - 0.421875) < 1e-15);
    assert.ok(Math.abs(binomialPmf(10, 0.5, 5) - 252 / 1024) < 1e-15);
  });

  it("exceeds its upper quantile with probability at most alpha, and no smaller count is exceeded so seldom", () => {
    const alphas = fc.double({ min: 1e-12, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), probability, alphas, (n, p, alpha) => {
        const k = binomialUpperQuantile(n, p, alpha);
        const exceeds = (count: number) => {
          let tail = 0;
          for (let j = n; j > count; j--) tail += binomialPmf(n, p, j);
          return tail;
        };
        assert.ok(exceeds(k) <= alpha);
        assert.ok(k === 0 || exceeds(k - 1) > alpha);
      }),
    );
  });

  it("always counts n when every trial succeeds", () => {
    assert.equal(binomialUpperQuantile(512, 1, 2 ** -20), 512);
  });
});
