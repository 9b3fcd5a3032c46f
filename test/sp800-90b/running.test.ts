import assert from "node:assert/strict";
import fc from "fast-check";
import { collision } from "../../src/sp800-90b/estimators/collision";
import { mostCommonValue } from "../../src/sp800-90b/estimators/most-common-value";
import { HEALTH_TEST_DEFAULTS, healthTests } from "../../src/sp800-90b/health-tests";
import { RunningTest } from "../../src/sp800-90b/running";
import { alphabetSize, bitstringSequence, literalSequence } from "../../src/sp800-90b/sequence";

/** Samples of some width, the likelier values of them often. */
const samples = fc.integer({ min: 1, max: 8 }).chain((bits) =>
  fc.record({
    bits: fc.constant(bits),
    values: fc.array(fc.oneof(fc.nat(2 ** bits - 1), fc.nat(Math.min(1, 2 ** bits - 1))), {
      minLength: 2,
      maxLength: 2000,
      size: "max",
    }),
    cuts: fc.array(fc.nat(2000), { maxLength: 5 }),
  }),
);

describe("the running test", () => {
  it("says of every prefix what the estimators say of it, however it came", () => {
    fc.assert(
      fc.property(samples, ({ bits, values, cuts }) => {
        const all = Uint8Array.from(values);
        const claim = { ...HEALTH_TEST_DEFAULTS, minEntropy: bits / 2, binary: bits === 1 };
        const running = new RunningTest(bits, claim);
        let at = 0;
        for (const cut of [...cuts, all.length].sort((a, b) => a - b)) {
          const end = Math.min(cut, all.length);
          running.feed(all.subarray(at, end));
          at = Math.max(at, end);
          const prefix = all.slice(0, at);
          const result = running.result();
          assert.equal(result.samples, at);
          assert.deepEqual(result.healthTests, healthTests(prefix, claim));
          if (alphabetSize(prefix) < 2) continue;
          assert.equal(result.mostCommonValue, mostCommonValue(literalSequence(prefix)).minEntropy);
          assert.equal(result.collision, collision(bitstringSequence(prefix, bits)).minEntropy);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("says nothing of nothing, and that a constant source gives nothing", () => {
    const running = new RunningTest(8, null);
    assert.deepEqual(running.result(), { samples: 0, mostCommonValue: null, collision: null, healthTests: null });
    running.feed(new Uint8Array(1000).fill(7));
    assert.equal(running.result().mostCommonValue, 0);
  });
});
