import assert from "node:assert/strict";
import fc from "fast-check";
import { commandForCloud } from "../../src/compliance/text";
import type { Finding, SamplesReport } from "../../src/model";
import type { SuppressionRequest } from "../../src/model/suppression";
import { dayOf, setAside } from "../../src/operations/set-aside";
import { baselineFromJson, baselineOf } from "../../src/report/baseline";
import { reportToJson } from "../../src/report/json";
import { finding, samplesReport } from "../report/fixtures";

const TODAY = "2026-06-15";
const NOTHING = { suppressions: [], baseline: null };

const failed: Finding = { ...finding, severity: "error" };
const report: SamplesReport = { ...samplesReport, verdict: "fail", findings: [failed] };

const request: SuppressionRequest = {
  rule: failed.rule,
  subject: failed.subject.name,
  source: null,
  reason: "a short recording on purpose",
  expires: null,
};

function suppressed(change: Partial<SuppressionRequest>): SamplesReport {
  return setAside(report, { ...NOTHING, suppressions: [{ ...request, ...change }] }, TODAY);
}

describe("A suppression", () => {
  it("takes a finding out of the verdict and leaves it in the report, with the reason", () => {
    const { verdict, findings } = suppressed({});
    assert.equal(verdict, "pass");
    assert.deepEqual(findings, [{ ...failed, suppressed: { reason: request.reason, expires: null } }]);
  });

  for (const [what, change] of [
    ["the subject's id", { subject: failed.subject.id }],
    ["a pattern", { subject: "noise*" }],
    ["a pattern with its end", { subject: "*.bin" }],
    ["every rule", { rule: "*" }],
    ["the source", { source: "noise.bin" }],
    ["a day that is today", { expires: TODAY }],
  ] as const)
    it(`is meant by ${what}`, () => assert.equal(suppressed(change).verdict, "pass"));

  for (const [what, change] of [
    ["another rule", { rule: "sp800-90b-symbol-width" }],
    ["another subject", { subject: "noise" }],
    ["a pattern that needs the same letters twice", { subject: "noise.bin*bin" }],
    ["another source", { source: "other" }],
  ] as const)
    it(`is not meant by ${what}`, () => assert.deepEqual(suppressed(change).findings, [failed]));

  for (const [what, change, told] of [
    ["that expired yesterday", { expires: "2026-06-14" }, /expired on 2026-06-14/],
    ["without a reason", { reason: "" }, /has no reason/],
  ] as const)
    it(`${what} sets nothing aside and is told`, () => {
      const { verdict, findings } = suppressed(change);
      assert.equal(verdict, "fail");
      assert.deepEqual(findings[0], failed);
      assert.equal(findings[1].rule, "suppression-in-force");
      assert.match(findings[1].message, told);
    });
});

describe("A baseline", () => {
  const apply = (now: SamplesReport, before: SamplesReport): SamplesReport =>
    setAside(now, { suppressions: [], baseline: baselineOf(before) }, TODAY);

  it("takes what it has out of the verdict, and nothing else", () => {
    const other = { ...failed, subject: { ...failed.subject, name: "other.bin" } };
    const { verdict, findings } = apply({ ...report, findings: [failed, other] }, report);
    assert.equal(verdict, "fail");
    assert.deepEqual(findings, [{ ...failed, known: true }, other]);
  });

  it("knows of several alike as many as it has", () => {
    const { findings } = apply({ ...report, findings: [failed, failed] }, report);
    assert.deepEqual(
      findings.map(({ known }) => known ?? false),
      [true, false],
    );
  });

  it("takes a finding that got worse for new", () => {
    const unknown = { ...failed, verdict: "inconclusive" as const };
    assert.equal(apply(report, { ...report, findings: [unknown] }).verdict, "fail");
  });

  it("is read back from a report's JSON, and refused from anything else", () => {
    assert.deepEqual(baselineFromJson(reportToJson(report), "x"), baselineOf(report));
    for (const text of ["", "{}", "[]", '{"schemaVersion":1,"kind":"cloud","findings":[1]}'])
      assert.throws(() => baselineFromJson(text, "x"), { code: "report-no-baseline" });
    assert.throws(() => setAside(report, { suppressions: [], baseline: { kind: "cloud", found: new Map() } }, TODAY), {
      code: "report-other-baseline",
    });
  });
});

describe("Setting aside", () => {
  it("can be undone and done again", () => {
    const once = suppressed({ expires: "2026-06-14" });
    assert.deepEqual(setAside(once, NOTHING, TODAY), report);
    assert.deepEqual(setAside(suppressed({}), NOTHING, TODAY), report);
  });

  it("takes the day of the place where it runs", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(2000, 0), max: new Date(2100, 0), noInvalidDate: true }), (now) => {
        assert.equal(dayOf(now), now.toLocaleDateString("sv-SE"));
      }),
    );
  });
});

describe("A command for one of several clouds", () => {
  it("names the cloud, whatever it is called", () => {
    assert.equal(commandForCloud("openstack flavor set x", "demo"), "openstack --os-cloud demo flavor set x");
    assert.equal(
      commandForCloud("openstack flavor set x", "$& it's"),
      `openstack --os-cloud '$& it'\\''s' flavor set x`,
    );
  });
});
