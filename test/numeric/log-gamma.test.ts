import assert from "node:assert/strict";
import fc from "fast-check";
import { logGamma } from "../../src/numeric/log-gamma";

describe("the logarithm of the gamma function", () => {
  // mpmath 1.3, 30 digits
  for (const [x, expected] of [
    [0.1, 2.2527126517342059599],
    [0.5, 0.57236494292470008707],
    [1.5, -0.12078223763524522235],
    [3, 0.69314718055994530942],
    [10, 12.801827480081469611],
    [100.5, 361.43554046777762156],
    [1001, 5912.1281784881633489],
    [100000, 1051287.7089736568949],
  ])
    it(`at ${x} is ${expected}`, () => {
      assert.ok(Math.abs(logGamma(x) - expected) <= 1e-14 * Math.max(1, Math.abs(expected)), String(logGamma(x)));
    });

  it("grows by log x from x to x + 1", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e4, noNaN: true }), (x) => {
        const grown = logGamma(x + 1) - logGamma(x);
        assert.ok(Math.abs(grown - Math.log(x)) <= 1e-15 * (10 + Math.abs(logGamma(x)) * 4), String(grown));
      }),
    );
  });
});
