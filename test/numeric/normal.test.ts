import assert from "node:assert/strict";
import fc from "fast-check";
import { normalUpperQuantile, normalUpperTail } from "../../src/numeric/normal";

describe("the normal distribution's upper tail", () => {
  // SciPy 1.17, norm.isf
  for (const [q, x] of [
    [0.9, -1.2815515655446004],
    [0.3, 0.5244005127080409],
    [0.005, 2.575829303548901],
    [1.3e-3, 3.0114537584997843],
    [1.5e-7, 5.12344700001643],
    [1e-300, 37.0470962993612],
  ])
    it(`is ${q} beyond ${x}`, () => {
      assert.ok(Math.abs(normalUpperQuantile(q) - x) < 1e-13 * Math.abs(x), String(normalUpperQuantile(q)));
      assert.ok(Math.abs(normalUpperTail(x) / q - 1) < 1e-11, String(normalUpperTail(x)));
    });

  it("falls, and has the quantile as its inverse", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 30, noNaN: true }),
        fc.double({ min: 0.01, max: 2, noNaN: true }),
        (x, step) => {
          const q = normalUpperTail(x);
          assert.ok(normalUpperTail(x + step) < q);
          assert.ok(Math.abs(normalUpperQuantile(q) - x) < 1e-8);
        },
      ),
    );
  });
});
