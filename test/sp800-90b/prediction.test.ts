import assert from "node:assert/strict";
import { predictionEstimate } from "../../src/sp800-90b/prediction";

/** Of no place and no favourite: they bear no figure. */
const counted = (N: number, C: number, longestRun: number) => ({ N, C, longestRun, run: null, favourite: null });

describe("the estimate that a predictor ends in", () => {
  it("bounds a predictor that was never right by 1 - 0.01^(1/N)", () => {
    const { pGlobal, pGlobalPrime } = predictionEstimate("lag", "literal", 4, counted(100, 0, 0));
    assert.equal(pGlobal, 0);
    assert.ok(pGlobalPrime !== null && Math.abs((1 - pGlobalPrime) ** 100 - 0.01) < 1e-12);
  });

  it("is no entropy for a predictor that was always right", () => {
    const { minEntropy, pLocal } = predictionEstimate("lag", "literal", 4, counted(100, 100, 100));
    assert.deepEqual([minEntropy, pLocal], [0, null]);
  });

  it("never exceeds the entropy of the alphabet", () => {
    assert.equal(predictionEstimate("lag", "literal", 4, counted(1e6, 1, 1)).minEntropy, 2);
  });

  it("takes the local probability only where a long run makes it the greater", () => {
    assert.equal(predictionEstimate("lag", "literal", 2, counted(10_000, 5000, 12)).pLocal, null);
    const { pLocal, minEntropy } = predictionEstimate("lag", "literal", 2, counted(10_000, 5000, 60));
    assert.ok(pLocal !== null && minEntropy === -Math.log2(pLocal));
  });

  it("finds the local probability under which a run as long has a chance of 1 %, by counting", () => {
    const [N, longestRun] = [200, 19];
    const { pLocal } = predictionEstimate("lag", "literal", 20, counted(N, 20, longestRun));
    assert.ok(pLocal !== null);
    // state[j]: the probability of no run of r so far and j successes in a row at the end
    const r = longestRun + 1;
    let state = [1, ...Array.from({ length: r - 1 }, () => 0)];
    for (let i = 0; i < N; i++) {
      const all = state.reduce((sum, x) => sum + x, 0);
      state = [all * (1 - pLocal), ...state.slice(0, r - 1).map((x) => x * pLocal)];
    }
    // The standard's formula is Feller's approximation.
    assert.ok(Math.abs(state.reduce((sum, x) => sum + x, 0) - 0.99) < 1e-6);
  });
});
