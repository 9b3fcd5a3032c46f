import assert from "node:assert/strict";
import type { Track } from "../../src/model";
import type { IidTests, PermutationRank } from "../../src/model/iid";
import { eaRestartJson, eaRestartText, type RestartRun } from "../../src/report/ea-restart";
import { concludeAssessment, estimate, estimationTasks } from "../../src/sp800-90b/assessment";
import { directTests } from "../../src/sp800-90b/iid/assessment";
import { originalStatistics } from "../../src/sp800-90b/iid/permutation";
import { mapStatistics } from "../../src/sp800-90b/iid/statistics";
import { restartResult, restartSanityCheck, transpose } from "../../src/sp800-90b/restart";
import { alphabetSize } from "../../src/sp800-90b/sequence";
import { restartMatrices } from "../sp800-90b/restart-matrices";
import { assertLikeNist, nistGolden } from "./nist-golden";

type Matrix = keyof typeof restartMatrices;
const header = { commandline: "ea_restart -n -o out.json x.bin 8 7", dateTimeStamp: "20261121194325" };

function literal(data: Uint8Array, bits: number, track: Track) {
  const tasks = estimationTasks(alphabetSize(data), bits, { track, purpose: "restart", mostBits: null });
  return concludeAssessment(
    tasks.flatMap((task) => estimate(data, bits, task, () => undefined)),
    bits,
    track,
  );
}

function run(name: Matrix, bits: number, hI: number, track: Track = "non-iid"): RestartRun {
  const matrix = restartMatrices[name]();
  const sanity = restartSanityCheck(matrix, bits, hI);
  const datasets = sanity.passed
    ? { rows: literal(matrix, bits, track), columns: literal(transpose(matrix), bits, track) }
    : null;
  const estimates = datasets && { hR: datasets.rows.hOriginal, hC: datasets.columns.hOriginal };
  const input = { file: `restart-${name}.bin`, sha256: "00", samples: matrix.length, bits, narrow: false };
  const result = restartResult(sanity, estimates);
  return { track, result, datasets, iid: track === "iid" ? iidTests(matrix) : null, ...input };
}

/** Six permutations on either side; the tool permutes the rows twice, and the columns never. */
function iidTests(matrix: Uint8Array): NonNullable<RestartRun["iid"]> {
  const original = originalStatistics(matrix);
  const permutation = mapStatistics((name): PermutationRank => {
    return { original: original[name] ?? NaN, greater: 6, equal: 0, less: 6, margin: 1, passed: true };
  });
  const tests = (data: Uint8Array): IidTests => {
    const direct = directTests(data, () => undefined);
    return { seed: 1, permutations: 12, permutation, permutationPassed: true, ...direct, verdict: "pass" };
  };
  return { rows: tests(matrix), columns: tests(transpose(matrix)) };
}

describe("restart tests in the words of ea_restart", () => {
  const uniform = run("uniform-8", 8, 7);
  const biased = run("biased-1", 1, 0.5);

  it("are what the tool prints when the sanity check fails, and nothing is assessed", () => {
    const cold = run("cold-4", 4, 3.5);
    assertLikeNist(eaRestartText(cold, 1), nistGolden("ea_restart.cold.txt"));
    const json = JSON.parse(eaRestartJson(cold, header)) as Record<string, unknown>;
    assert.deepEqual(
      [json.errorLevel, json.errorMessage, json.testCases, json.type],
      [-1, "Restart Sanity Check Failed.", null, "Restart"],
    );
  });

  it("are the parts that run on symbols, the two estimates and the least of the three", () => {
    assert.equal(
      eaRestartText(uniform, 1),
      `H_I: 7.000000
ALPHA: 5.0251553006530614e-06, X_cutoff: 27
X_max: 16
Calculating baseline statistics...

Running non-IID tests...

Running Most Common Value Estimate...

Running Tuple Estimates...

Running Predictor Estimates...

H_r: 7.353758
H_c: 6.638405
H_I: 7.000000

Validation Test Passed...

min(H_r, H_c, H_I): 6.638405

`,
    );
  });

  it("are all ten estimators of the rows, then the columns, at -v for binary samples", () => {
    const lines = eaRestartText(biased, 2).split("\n");
    assert.deepEqual(lines.slice(0, 6), [
      "Opening file: 'restart-biased-1.bin' (SHA-256 hash 00)",
      "Loaded 1000000 samples made up of 2 distinct 1-bit-wide symbols.",
      "H_I: 0.500000",
      "ALPHA: 5.0251553006530614e-06, X_cutoff: 769",
      "X_max: 750",
      "",
    ]);
    assert.equal(lines[6], "Restart Sanity Check Passed...");
    const results = lines.filter((line) => line.startsWith("\t"));
    assert.equal(results.length, 20);
    assert.match(results[0], /^\tMost Common Value Estimate \(Rows\) = 0\.51\d+ \/ 1 bit\(s\)$/);
    assert.match(results[1], /^\tMost Common Value Estimate \(Cols\)/);
    assert.deepEqual(
      results.slice(8, 12).map((line) => line.split(" = ")[0].trim()),
      [
        "T-Tuple Test Estimate (Rows)",
        "T-Tuple Test Estimate (Cols)",
        "LRS Test Estimate (Rows)",
        "LRS Test Estimate (Cols)",
      ],
    );
    assert.deepEqual(lines.slice(-9), [
      "H_r: 0.323867",
      "H_c: 0.323940",
      "H_I: 0.500000",
      "",
      "Validation Test Passed...",
      "",
      "min(H_r, H_c, H_I): 0.323867",
      "",
      "",
    ]);
  });

  it("print H_I alone with -q", () => assert.equal(eaRestartText(uniform, 0), "H_I: 7.000000\n"));

  it("have a test case an estimator, and the totals, in the file of -o", () => {
    const json = eaRestartJson(uniform, header);
    const { testCases } = JSON.parse(json) as { testCases: Record<string, unknown>[] };
    assert.equal(testCases.length, 8);
    const { hR, hC } = uniform.result;
    assert.deepEqual(testCases[7], { testCaseDesc: "Overall", h_r: hR, h_c: hC, h_i: 7 });
    assert.equal(testCases[0].dataWordSize, 8);
    assert.match(json, /"h_i" : 7\.0,\n/);
  });

  it("say that the validation failed, and award nothing", () => {
    const failed = { ...uniform, result: restartResult(uniform.result.sanity, { hR: 7, hC: 3 }) };
    assert.match(eaRestartText(failed, 1), /\n\n\*\*\* min\(H_r, H_c\) < H_I\/2, Validation Testing Failed \*\*\*\n$/);
    assert.match(
      eaRestartJson(failed, header),
      /"errorMessage" : "min\(H_r, H_c\) < H_I\/2, Validation Testing Failed\."/,
    );
  });

  it("are the most common value and the IID tests of rows and columns on the IID track", () => {
    const iid = run("uniform-8", 8, 7, "iid");
    const withoutCounts = (text: string): string =>
      text.replace(/( +\d+){3}$/gm, " # # #").replace(/hash \w+/, "hash #");
    assertLikeNist(withoutCounts(eaRestartText(iid, 2)), withoutCounts(nistGolden("ea_restart.iid.v.txt")));
    const keys = (json: string): string => json.replace(/: [^{[\n]*/g, "");
    assert.equal(keys(eaRestartJson(iid, header)), keys(nistGolden("ea_restart.iid.json.txt")));
  });

  it("award the same where an IID test failed, as the tool does, and tell which", () => {
    const iid = run("biased-1", 1, 0.5, "iid");
    assert.ok(iid.iid !== null);
    const failed = { ...iid, iid: { ...iid.iid, columns: { ...iid.iid.columns, permutationPassed: false } } };
    assert.match(
      eaRestartText(failed, 1),
      /\nRunning Most Common Value Estimate\.\.\.\n\*\* Passed chi square tests\n\n\*\* Passed length of longest repeated substring test\n\n\*\* Failed IID permutation tests\n\n\nH_r: 0\.\d+\n/,
    );
    assert.match(eaRestartText(failed, 1), /\nmin\(H_r, H_c, H_I\): 0\.500000\n\n$/);
  });
});
