import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../src/errors";
import type { ConditioningResult } from "../../src/model/conditioning";
import { conditionedEntropy } from "../../src/sp800-90b/conditioning";
import { CONDITIONING_PRECISE, CONDITIONING_RUNS } from "../golden/conditioning";

const close = (actual: number, expected: number, tolerance: number, what: string) =>
  assert.ok(Math.abs(actual - expected) <= tolerance * Math.abs(expected), `${what} is ${actual}, not ${expected}`);

describe("Output_Entropy and the conditioned entropy of 3.1.5", () => {
  for (const [nIn, nOut, nw, hIn, vetted, notVetted] of CONDITIONING_RUNS)
    it(`for ${nIn} bits in, ${nOut} out, nw ${nw}, h_in ${hIn} equal the NIST tool's`, () => {
      close(conditionedEntropy({ nIn, nOut, nw, hIn, hPrime: null }).hOut, vetted, 1e-15, "h_out, vetted");
      close(conditionedEntropy({ nIn, nOut, nw, hIn, hPrime: 0.7 }).hOut, notVetted, 1e-15, "h_out, not vetted");
    });

  for (const { parameters, ...expected } of CONDITIONING_PRECISE)
    it(`keep their digits for ${Object.values(parameters).join(", ")}`, () => {
      const result = conditionedEntropy({ ...parameters, hPrime: null });
      const names = ["outputEntropy", "deficit", "log2PLow", "log2Psi", "log2Omega", "log2U"] as const;
      for (const name of names) close(result[name], expected[name], 4e-15, name);
    });

  it("name the bound that decides for a component that is not vetted", () => {
    const decided = (hIn: number, hPrime: number) =>
      conditionedEntropy({ nIn: 512, nOut: 256, nw: 256, hIn, hPrime }).decidedBy;
    assert.equal(decided(200, 0.9), "output-entropy");
    assert.equal(decided(400, 0.9), "measured-bound");
    assert.equal(decided(400, 1), "design-bound");
  });

  it("allow a claim of full entropy from 64 bits of margin on, of a vetted component that is wide enough", () => {
    const claim = (hIn: number, nw: number, hPrime: number | null) =>
      conditionedEntropy({ nIn: 512, nOut: 256, nw, hIn, hPrime }).fullEntropy;
    assert.equal(claim(320, 256, null), true);
    assert.equal(claim(319.9, 256, null), false);
    assert.equal(claim(400, 128, null), false);
    assert.equal(claim(400, 256, 1), false);
  });
});

describe("for whatever is asked, the conditioned entropy", () => {
  const width = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 100_000 }));
  const parameters = fc
    .record({
      nIn: width,
      nOut: width,
      nw: width,
      share: fc.double({ min: 1e-9, max: 1, noNaN: true }),
      hPrime: fc.option(fc.double({ min: 1e-9, max: 1, noNaN: true })),
    })
    .map(({ share, ...rest }) => ({ ...rest, hIn: Math.min(rest.nIn, Math.max(1e-6, share * rest.nIn)) }));

  it("is a number, never above h_in, n_out and nw, nor below 0", () => {
    fc.assert(
      fc.property(parameters, (p) => {
        const result = conditionedEntropy(p);
        for (const value of Object.values(result)) assert.ok(typeof value !== "number" || Number.isFinite(value));
        for (const bound of [p.hIn, p.nOut, p.nw]) assert.ok(result.outputEntropy <= bound);
        assert.ok(result.hOut >= 0 && result.hOut <= result.outputEntropy && result.deficit >= 0);
      }),
      { numRuns: 2000 },
    );
  });

  it("does not fall as more entropy goes in, as long as psi decides", () => {
    const byPsi = (result: ConditioningResult) => result.log2Psi >= result.log2Omega;
    fc.assert(
      fc.property(parameters, fc.double({ min: 0, max: 1, noNaN: true }), (p, share) => {
        const more = conditionedEntropy({ ...p, hPrime: null });
        const less = conditionedEntropy({ ...p, hPrime: null, hIn: Math.max(1e-7, p.hIn * share) });
        if (byPsi(more) && byPsi(less)) assert.ok(less.outputEntropy <= more.outputEntropy * (1 + 1e-14));
      }),
      { numRuns: 2000 },
    );
  });

  it("agrees with the standard's own formula wherever that fits into doubles", () => {
    const narrow = fc.integer({ min: 1, max: 24 });
    const share = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(narrow, narrow, narrow, share, (nIn, nOut, nw, s) => {
        const hIn = s * nIn;
        const pHigh = 2 ** -hIn;
        const pLow = (1 - pHigh) / (2 ** nIn - 1);
        const n = Math.min(nOut, nw, nIn);
        const psi = 2 ** (nIn - n) * pLow + pHigh;
        const u = 2 ** (nIn - n) + Math.sqrt(2 * n * 2 ** (nIn - n) * Math.LN2);
        const omega = u * pLow;
        const result = conditionedEntropy({ nIn, nOut, nw, hIn, hPrime: null });
        const expected = Math.max(0, -Math.log2(Math.max(psi, omega)));
        assert.ok(Math.abs(result.outputEntropy - expected) < 1e-12, `${result.outputEntropy}, not ${expected}`);
        assert.ok(Math.abs(result.log2U - Math.log2(u)) < 1e-12);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a conditioning parameter", () => {
  const valid = { nIn: 512, nOut: 256, nw: 256, hIn: 300, hPrime: null };
  for (const wrong of [
    { nIn: 0 },
    { nIn: Number.NaN },
    { nIn: 512.5 },
    { nIn: 2 ** 32 },
    { nOut: 0 },
    { nOut: 1.5 },
    { nw: -1 },
    { nw: Number.POSITIVE_INFINITY },
    { hIn: 0 },
    { hIn: 512.001 },
    { hIn: Number.NaN },
    { hPrime: 0 },
    { hPrime: 1.01 },
    { hPrime: Number.NaN },
  ])
    it(`is refused with a remedy when ${Object.entries(wrong).join(" is ").replace(",", " is ")}`, () => {
      assert.throws(
        () => conditionedEntropy({ ...valid, ...wrong }),
        (error) => error instanceof UserError && error.remedy !== "" && error.code === "sp800-90b-parameter",
      );
    });
});
