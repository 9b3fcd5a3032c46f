import assert from "node:assert/strict";
import { bisect } from "../../src/numeric/bisection";

describe("bisection", () => {
  it("finds a crossing to the last bit", () => {
    assert.equal(
      bisect((x) => 2 - x * x, 0, 2),
      Math.SQRT2 - (Math.SQRT2 ** 2 > 2 ? 2 ** -52 : 0),
    );
    assert.equal(bisect((x) => 0.3 - x, 0, 1) < 0.3, true);
    assert.ok(0.3 - bisect((x) => 0.3 - x, 0, 1) <= 2 ** -54);
  });

  it("ends at the bound that the function does not cross before", () => {
    assert.ok(bisect(() => 1, 0, 1) > 1 - 2 ** -52);
    assert.equal(
      bisect(() => -1, 0.5, 1),
      0.5,
    );
  });

  it("ends where a bound is no number", () => {
    assert.equal(
      bisect(() => 1, 0, NaN),
      0,
    );
    assert.ok(Number.isNaN(bisect(() => 1, NaN, 1)));
  });
});
