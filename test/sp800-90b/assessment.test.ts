import assert from "node:assert/strict";
import type { FoundEstimate } from "../../src/model";
import { concludeAssessment, estimationTasks } from "../../src/sp800-90b/assessment";
import { constantEstimates } from "../../src/sp800-90b/constant-source";

function valued(scope: FoundEstimate["scope"], minEntropy: number | null): FoundEstimate {
  const notComputed = minEntropy === null ? "for the test" : null;
  const decisive = { kind: "symbol", symbol: 0, count: 1, first: 0 } as const;
  return { estimator: "most-common-value", scope, minEntropy, notComputed, modeCount: 1, pHat: 0.5, pU: 0.5, decisive };
}

describe("the assessment", () => {
  it("is the least of the literal estimate and the bitstring's, taken per sample", () => {
    const { hOriginal, hBitstring, minEntropy } = concludeAssessment(
      [valued("literal", 3), valued("bitstring", 0.5)],
      4,
    );
    assert.deepEqual([hOriginal, hBitstring, minEntropy], [3, 0.5, 2]);
  });

  it("takes the minimum over the estimates that have a value", () => {
    const { minEntropy } = concludeAssessment([valued("literal", null), valued("literal", 0.7)], 1);
    assert.equal(minEntropy, 0.7);
  });

  it("is none, not zero, when no estimate has a value", () => {
    assert.equal(concludeAssessment([valued("literal", null)], 1).minEntropy, null);
  });

  it("puts the estimates into the standard's order, the literal ones first", () => {
    const shuffled = constantEstimates(5, 7).toReversed();
    assert.deepEqual(concludeAssessment([valued("bitstring", 1), ...shuffled], 1).estimates, [
      ...constantEstimates(5, 7),
      valued("bitstring", 1),
    ]);
  });

  it("is divided into tasks whose shares make up the whole, the longest first", () => {
    for (const [symbols, bits, count] of [
      [2, 1, 6],
      [2, 8, 6],
      [256, 8, 12],
      [3, 2, 12],
    ] as const) {
      const shares = estimationTasks(symbols, bits).map((task) => task.share);
      assert.equal(shares.length, count);
      assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-12);
      assert.deepEqual(
        shares,
        shares.toSorted((a, b) => b - a),
      );
    }
  });
});
