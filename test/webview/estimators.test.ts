import assert from "node:assert/strict";
import type { SamplesReport } from "../../src/model";
import { ceilingPerSymbol, deciding, ESTIMATORS, intermediates, perSymbol } from "../../webview/report/estimators";
import { BIASED, CONSTANT, JITTER, samplesReport, UNIFORM } from "./fixtures";

function decider(report: SamplesReport): string | null {
  const estimate = deciding(report);
  return estimate === null ? null : `${estimate.scope} ${estimate.estimator}`;
}

describe("which estimate decides", () => {
  it("names the estimate that the assessed minimum comes from, in either scope", () => {
    assert.equal(decider(UNIFORM), "bitstring compression");
    assert.equal(decider(JITTER), "literal multi-mmc");
    assert.equal(decider(BIASED), "literal compression");
  });

  it("names none when nothing was computed, or the width of the symbol is less than every estimate", () => {
    assert.equal(decider(CONSTANT), null);
    const { estimates, input } = UNIFORM;
    assert.equal(decider(samplesReport("narrow.bin", estimates.slice(0, 1), { ...input, bits: 7 })), null);
  });

  it("multiplies bits of the bitstring by the width of the symbol, and nothing else", () => {
    const [literal] = UNIFORM.estimates;
    const bitstring = UNIFORM.estimates.find((e) => e.scope === "bitstring");
    assert.ok(bitstring?.minEntropy);
    assert.equal(perSymbol(literal, 8), literal.minEntropy);
    assert.equal(perSymbol(bitstring, 8), bitstring.minEntropy * 8);
    assert.equal(perSymbol({ ...bitstring, minEntropy: null }, 8), null);
  });
});

describe("the intermediate values of an estimate", () => {
  it("are told for every estimator, every one by its symbol", () => {
    for (const estimate of UNIFORM.estimates) {
      const rows = intermediates(estimate);
      assert.ok(rows.length >= 3, estimate.estimator);
      assert.equal(new Set(rows.map((row) => row.symbol)).size, rows.length, estimate.estimator);
    }
    assert.deepEqual(
      Object.values(ESTIMATORS).map(({ clause }) => clause),
      Array.from({ length: 10 }, (_, i) => `6.3.${i + 1}`),
    );
  });

  it("say in words why one is missing", () => {
    const lag = UNIFORM.estimates.find((e) => e.estimator === "lag" && e.scope === "literal");
    assert.ok(lag);
    const local = intermediates(lag).find((row) => row.symbol === "P_local");
    assert.match(String(local?.value), /not needed/);
  });

  it("stand beside what ideal data score, which a million ideal bytes come near to, in t-tuple the least", () => {
    for (const estimate of UNIFORM.estimates) {
      const [value, ceiling] = [perSymbol(estimate, 8), ceilingPerSymbol(estimate, 8)];
      assert.ok(value !== null && ceiling !== null && Math.abs(value - ceiling) < 0.6, JSON.stringify(estimate));
    }
  });
});
