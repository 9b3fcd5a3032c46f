import assert from "node:assert/strict";
import fc from "fast-check";
import {
  adaptiveProportionCutoff,
  adaptiveProportionWindow,
  repetitionCountCutoff,
} from "../../src/sp800-90b/health-test-cutoffs";
import { ADAPTIVE_PROPORTION_CUTOFFS, REPETITION_COUNT_CUTOFFS } from "../golden/health-tests";

describe("the repetition count cutoff of 4.4.1", () => {
  for (const [h, log2Alpha, cutoff] of REPETITION_COUNT_CUTOFFS)
    it(`is ${cutoff} for H = ${h} and alpha = 2^${log2Alpha}`, () => {
      assert.equal(repetitionCountCutoff(h, 2 ** log2Alpha), cutoff);
    });

  it("is the least that a source of H exceeds in a row with probability at most alpha", () => {
    const h = fc.double({ min: 0.01, max: 16, noNaN: true });
    fc.assert(
      fc.property(h, fc.integer({ min: 10, max: 60 }), (entropy, bits) => {
        const repetitions = repetitionCountCutoff(entropy, 2 ** -bits) - 1;
        assert.ok(repetitions * entropy >= bits * (1 - 1e-15) && (repetitions - 1) * entropy < bits);
      }),
    );
  });
});

describe("the adaptive proportion cutoff of 4.4.2", () => {
  for (const { window, log2Alpha, h, ...rules } of ADAPTIVE_PROPORTION_CUTOFFS)
    for (const rule of ["sp800-90b", "corrected"] as const)
      it(`for windows of ${window} and alpha = 2^${log2Alpha} is ${rules[rule].join(", ")} by the rule ${rule}`, () => {
        const cutoffs = h.map((entropy) => adaptiveProportionCutoff(entropy, 2 ** log2Alpha, window, rule));
        assert.deepEqual(cutoffs, rules[rule]);
      });

  it("has windows of 1024 samples for a binary source, of 512 for any other", () => {
    assert.equal(adaptiveProportionWindow(true), 1024);
    assert.equal(adaptiveProportionWindow(false), 512);
  });

  it("never fails a window for its first sample alone", () => {
    assert.equal(adaptiveProportionCutoff(40, 2 ** -20, 512, "sp800-90b"), 2);
  });

  it("is beyond the window when H is so low that even a stuck source is likely", () => {
    assert.equal(adaptiveProportionCutoff(0.01, 2 ** -20, 512, "sp800-90b"), 513);
  });
});
