import assert from "node:assert/strict";
import fc from "fast-check";
import { conditionedEntropy } from "../../src/sp800-90b/conditioning";
import { conditioningDigits } from "../../src/sp800-90b/conditioning-digits";
import { CONDITIONING_PRECISE } from "../golden/conditioning";

/** Of doubles with all their digits. */
const SMALLEST_NORMAL = 2 ** -1022;

describe("the long digits of a conditioned entropy", () => {
  for (const { parameters, outputEntropy, deficit } of CONDITIONING_PRECISE)
    it(`begin as multiple precision has them for ${Object.values(parameters).join(", ")}`, () => {
      const digits = conditioningDigits({ ...parameters, hPrime: null });
      assert.ok(Math.abs(Number(digits.outputEntropy) / outputEntropy - 1) < 1e-15);
      assert.ok(Math.abs(Number(digits.epsilon) + Math.log2(deficit / parameters.nOut)) < 1e-12);
    });

  it("agree with the doubles that the assessment reports", () => {
    const width = fc.integer({ min: 1, max: 5000 });
    const share = fc.double({ min: 1e-4, max: 1, noNaN: true });
    const hPrime = fc.option(fc.double({ min: 0.01, max: 1, noNaN: true }));
    fc.assert(
      fc.property(width, width, width, share, hPrime, (nIn, nOut, nw, s, h) => {
        const parameters = { nIn, nOut, nw, hIn: s * nIn, hPrime: h };
        const result = conditionedEntropy(parameters);
        const digits = conditioningDigits(parameters);
        const close = (text: string, value: number) => assert.ok(Math.abs(Number(text) - value) <= 1e-13 * (1 + value));
        close(digits.outputEntropy, result.outputEntropy);
        close(digits.hOut, result.hOut);
        // below that a double has fewer digits, down to none
        if (result.deficit >= SMALLEST_NORMAL) close(digits.epsilon, -Math.log2(result.deficit / nOut));
        assert.equal(digits.hPrime === null, h === null);
      }),
      { numRuns: 60 },
    );
  });
});
