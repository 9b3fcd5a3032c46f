import assert from "node:assert/strict";
import { judgeRestart } from "../../src/compliance/restart";
import { overallVerdict } from "../../src/report/build";
import { restartResult, restartSanityCheck } from "../../src/sp800-90b/restart";
import { restartMatrices } from "../sp800-90b/restart-matrices";
import { iidTests, rank } from "./iid-fixtures";

const SUBJECT = { kind: "samples", id: "/lab/restarts.bin", name: "restarts.bin" } as const;

describe("What the rules say of restart tests", () => {
  const good = restartSanityCheck(restartMatrices["uniform-8"](), 8, 7);
  const cold = restartSanityCheck(restartMatrices["cold-4"](), 4, 3.5);
  const judge = (...of: Parameters<typeof restartResult>) => {
    const restart = restartResult(...of);
    const findings = judgeRestart(restart, of[2] ?? null, SUBJECT);
    return { restart, findings, verdicts: findings.map(({ rule, verdict }) => [rule, verdict]) };
  };

  it("both pass when both tests do, with what each counted", () => {
    const { findings, verdicts } = judge(good, { hR: 7.3, hC: 6.6 });
    assert.deepEqual(verdicts, [
      ["sp800-90b-restart-sanity", "pass"],
      ["sp800-90b-restart-validation", "pass"],
    ]);
    assert.match(findings[0].message, /"restarts\.bin" occurs 16 times; at H_I = 7, up to 27 may be chance\.$/);
    assert.ok(findings[0].evidence.some(({ value }) => value === "symbol 165, 16 times in column 879"));
    assert.ok(findings.every(({ severity, remedy }) => severity === "error" && remedy === null));
  });

  it("the sanity check fails where a value is too common, says where to look, and leaves the validation out", () => {
    const { findings, verdicts } = judge(cold, null);
    assert.deepEqual(verdicts, [
      ["sp800-90b-restart-sanity", "fail"],
      ["sp800-90b-restart-validation", "not-applicable"],
    ]);
    assert.match(findings[0].message, /953 times; at H_I = 3\.5, 135 is the most that chance explains/);
    assert.match(findings[0].remedy ?? "", /position 5 after a restart/);
  });

  it("the validation fails with the reason when a dataset has less than half of H_I", () => {
    const { restart, findings } = judge(good, { hR: 7.3, hC: 1.1 });
    assert.deepEqual([findings[1].verdict, findings[1].message], ["fail", restart.reason]);
    assert.match(findings[1].remedy ?? "", /weak columns/);
  });

  it("the validation is inconclusive when nothing could be estimated", () => {
    assert.equal(judge(good, { hR: null, hC: 6 }).findings[1].verdict, "inconclusive");
  });

  it("what they say together is the verdict of the tests", () => {
    for (const [sanity, estimates] of [
      [good, { hR: 7.3, hC: 6.6 }],
      [good, { hR: 1, hC: 6.6 }],
      [good, { hR: 7.3, hC: null }],
      [cold, null],
    ] as const) {
      const { restart, findings } = judge(sanity, estimates);
      assert.equal(overallVerdict(findings), restart.verdict);
    }
  });

  it("do not count the estimates of a dataset that fails the tests of the IID track", () => {
    const [rows, columns] = [iidTests({}), iidTests({ excursion: rank(0, 0, 10_000) })];
    const { restart, findings, verdicts } = judge(good, { hR: 7.3, hC: 7.3 }, { rows, columns });
    assert.deepEqual([restart.verdict, restart.decidedBy, restart.minEntropy], ["fail", "iid-tests", null]);
    assert.deepEqual(verdicts, [
      ["sp800-90b-restart-sanity", "pass"],
      ["sp800-90b-iid", "pass"],
      ["sp800-90b-iid", "fail"],
      ["sp800-90b-restart-validation", "not-applicable"],
    ]);
    assert.match(findings[2].message, /^The column dataset of "restarts\.bin" fails .* excursion \(0 of 10000/);
    assert.equal(overallVerdict(findings), "fail");
  });

  it("both datasets and the validation pass on the IID track when all tests do", () => {
    const passing = iidTests({});
    const { restart, verdicts } = judge(good, { hR: 7.3, hC: 7.3 }, { rows: passing, columns: passing });
    assert.deepEqual([restart.verdict, restart.decidedBy], ["pass", "validation"]);
    assert.ok(verdicts.length === 4 && verdicts.every(([, verdict]) => verdict === "pass"));
  });
});
