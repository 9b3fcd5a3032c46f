import assert from "node:assert/strict";
import fc from "fast-check";
import { multinomialMaximumCdf, multinomialMaximumQuantile } from "../../src/numeric/multinomial-maximum";

/** The probability by going through every way to draw n times. */
function byEnumeration(n: number, probabilities: readonly number[], m: number): number {
  const counts = probabilities.map(() => 0);
  const draw = (left: number): number => {
    if (left === 0) return 1;
    return probabilities.reduce((sum, p, i) => {
      if (counts[i] === m) return sum;
      counts[i]++;
      const branch = p * draw(left - 1);
      counts[i]--;
      return sum + branch;
    }, 0);
  };
  return draw(n);
}

describe("the largest count of a multinomial", () => {
  it("has the distribution that enumerating every outcome gives", () => {
    const cases = fc.record({
      n: fc.integer({ min: 1, max: 7 }),
      symbols: fc.integer({ min: 1, max: 3 }),
      share: fc.double({ min: 0.05, max: 1, noNaN: true }),
      m: fc.integer({ min: 0, max: 7 }),
    });
    fc.assert(
      fc.property(cases, ({ n, symbols, share, m }) => {
        const p = share / symbols;
        const rest = 1 - share;
        const groups = [{ symbols, p }, ...(rest > 0 ? [{ symbols: 1, p: rest }] : [])];
        const each = groups.flatMap((group) => Array.from({ length: group.symbols }, () => group.p));
        assert.ok(Math.abs(multinomialMaximumCdf(n, groups, m) - byEnumeration(n, each, m)) < 1e-12);
      }),
      { numRuns: 200 },
    );
  });

  it("is n at most, and n / categories at least", () => {
    const dice = [{ symbols: 6, p: 1 / 6 }];
    assert.ok(Math.abs(multinomialMaximumCdf(1000, dice, 1000) - 1) < 1e-11);
    assert.equal(multinomialMaximumCdf(1000, dice, 166), 0);
  });

  it("exceeds its quantile with probability at most alpha, and no smaller count is exceeded so seldom", () => {
    const cases = fc.record({
      n: fc.integer({ min: 1, max: 200 }),
      symbols: fc.integer({ min: 1, max: 40 }),
      alpha: fc.double({ min: 1e-8, max: 0.5, noNaN: true }),
    });
    fc.assert(
      fc.property(cases, ({ n, symbols, alpha }) => {
        const groups = [{ symbols, p: 1 / symbols }];
        const m = multinomialMaximumQuantile(n, groups, alpha);
        assert.ok(multinomialMaximumCdf(n, groups, m) >= 1 - alpha - 1e-12);
        assert.ok(multinomialMaximumCdf(n, groups, m - 1) < 1 - alpha + 1e-12);
      }),
    );
  });
});
