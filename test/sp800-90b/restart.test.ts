import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../src/errors";
import { restartResult, restartSanityCheck, transpose } from "../../src/sp800-90b/restart";
import { RESTART_RUNS } from "../golden/restart";
import { restartMatrices } from "./restart-matrices";

const uniform = restartMatrices["uniform-8"]();

describe("transposing a restart matrix", () => {
  it("puts the sample of row i, column j at row j, column i", () => {
    const cell = fc.nat({ max: 12 });
    fc.assert(
      fc.property(cell, cell, (rows, columns) => {
        const matrix = Uint8Array.from({ length: rows * columns }, (_, i) => i);
        const transposed = transpose(matrix, rows, columns);
        for (let i = 0; i < rows; i++)
          for (let j = 0; j < columns; j++) assert.equal(transposed[j * rows + i], matrix[i * columns + j]);
      }),
    );
  });

  it("refuses a matrix that is not 1000 x 1000, with a remedy", () => {
    assert.throws(() => transpose(new Uint8Array(10_000)), UserError);
    assert.throws(() => transpose(new Uint8Array(1_000_001)), /1000001 samples/);
  });
});

describe("the restart tests of 3.1.4", () => {
  for (const run of RESTART_RUNS)
    it(`judge ${run.matrix} at H_I = ${run.hI} as the NIST tool does`, () => {
      const sanity = restartSanityCheck(restartMatrices[run.matrix](), run.bits, run.hI);
      assert.equal(sanity.xMax, run.xMax);
      const [rule] = sanity.rules;
      assert.equal(rule.rule, sanity.decidedBy);
      assert.equal(rule.alpha, 5.025155300653061e-6);
      assert.ok(Math.abs(rule.cutoff - run.cutoff) <= 1, `cutoff ${rule.cutoff}`);
      assert.equal(sanity.passed, run.hR !== null);
      const result = restartResult(sanity, run.hR === null ? null : run);
      assert.equal(result.verdict, run.minEntropy === null ? "fail" : "pass");
      assert.equal(result.minEntropy, run.minEntropy);
    });

  it("name the column, the symbol and the count that failed the sanity check", () => {
    const { row, column } = restartSanityCheck(restartMatrices["cold-4"](), 4, 3.5);
    assert.ok(column.index < 16);
    assert.deepEqual(column, { index: column.index, symbol: column.index, count: 953 });
    assert.ok(row.count < 200);
  });

  it("find a value that one restart repeats, in its row", () => {
    const matrix = uniform.slice();
    matrix.fill(7, 123_000, 123_040);
    const { row, passed } = restartSanityCheck(matrix, 8, 7);
    assert.deepEqual([row.index, row.symbol], [123, 7]);
    assert.equal(passed, false);
  });

  it("show the three published cutoffs side by side", () => {
    const cutoffs = Object.fromEntries(restartSanityCheck(uniform, 8, 7).rules.map((r) => [r.rule, r.cutoff]));
    assert.deepEqual(Object.keys(cutoffs), ["exact-maximum", "binomial", "draft-2016"]);
    assert.equal(cutoffs["exact-maximum"], 27);
    // SciPy 1.17: binom.isf(5e-6, 1000, 2**-7) and norm.isf(0.01 / 2000 / 256 / 2)
    assert.equal(cutoffs.binomial, 23);
    assert.ok(Math.abs(cutoffs["draft-2016"] - 23.448546) < 1e-6, String(cutoffs["draft-2016"]));
  });

  it("fail the validation when a dataset has less than half of H_I, and award nothing", () => {
    const sanity = restartSanityCheck(uniform, 8, 7);
    const result = restartResult(sanity, { hR: 7, hC: 3.4999 });
    assert.deepEqual([result.verdict, result.decidedBy, result.minEntropy], ["fail", "validation", null]);
    assert.match(result.reason, /column dataset has 3\.499900 bits/);
    assert.equal(restartResult(sanity, { hR: 7, hC: 3.5 }).verdict, "pass");
  });

  it("are inconclusive when a dataset has no estimate", () => {
    const result = restartResult(restartSanityCheck(uniform, 8, 7), { hR: 7, hC: null });
    assert.deepEqual([result.verdict, result.minEntropy], ["inconclusive", null]);
  });

  it("answer a source that never changes", () => {
    const constant = new Uint8Array(1_000_000);
    assert.equal(restartSanityCheck(constant, 1, 0.5).passed, false);
    assert.deepEqual(restartSanityCheck(constant, 1, 0).rules[0].cutoff, 1000);
  });

  for (const hI of [Number.NaN, -0.1, 4.1, Number.POSITIVE_INFINITY])
    it(`refuse H_I = ${hI} of 4-bit samples, with a remedy`, () => {
      assert.throws(() => restartSanityCheck(uniform, 4, hI), UserError);
    });
});
