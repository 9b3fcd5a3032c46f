import assert from "node:assert/strict";
import type { Report } from "../../src/model";
import { documentsOf, type Place } from "../../src/vscode/documents/of-report";
import { problemsOf } from "../../src/vscode/problems";
import { samplesReport } from "../report/fixtures";
import { HEALTH_FAILED, RESTART_COLD, RESTART_WEAK_COLUMNS } from "../report/tests-fixtures";
import { cloudReport, findingOf, machineReport } from "./fixtures";

function lineOf(report: Report, { document, line }: Place): string | undefined {
  return documentsOf(report).get(document)?.text.split("\n")[line];
}

describe("the problems of a report", () => {
  it("are what did not pass, each at its subject's line, with what to do", () => {
    const problems = problemsOf(cloudReport()).filter(({ at }) => at.type === "document");
    assert.deepEqual(problems, [
      {
        at: { type: "document", document: "flavors.yaml", line: 4 },
        severity: "warning",
        message: "Flavor small lacks hw_rng:allowed=True.\nSet it.",
        rule: "scs-0101-flavor-property",
      },
      {
        at: { type: "document", document: "images.yaml", line: 4 },
        severity: "warning",
        message: "Flavor small lacks hw_rng:allowed=True.\nSet it.",
        rule: "scs-0101-image-property",
      },
    ]);
  });

  it("begin with a summary on the cloud's own entry of its clouds.yaml", () => {
    assert.deepEqual(problemsOf(cloudReport())[0], {
      at: { type: "file", file: "/home/me/clouds.yaml", line: 3 },
      severity: "warning",
      message: "Cloud mycloud: 2 warnings. 1 of 2 flavors and 1 of 2 images lack the property that grants randomness.",
      rule: null,
    });
  });

  it("have a certificate that is not verified on the cloud's own entry", () => {
    const warning = findingOf({ rule: "cloud-certificate", severity: "warning", verdict: "fail" });
    const problems = problemsOf(cloudReport({ findings: [warning] }));
    assert.deepEqual(
      problems.map(({ at, severity, rule }) => [at, severity, rule]),
      [null, "cloud-certificate"].map((rule) => [
        { type: "file", file: "/home/me/clouds.yaml", line: 3 },
        "warning",
        rule,
      ]),
    );
  });

  it("are none when everything passed, not even a summary", () => {
    assert.deepEqual(problemsOf(cloudReport({ findings: [findingOf({ verdict: "pass" })] })), []);
  });

  it("have no summary for a cloud that no file defines", () => {
    const { source } = cloudReport();
    const problems = problemsOf(cloudReport({ source: { ...source, definedAt: null } }));
    assert.equal(problems.length, 2);
  });

  it("show what could not be measured one step below the severity of its rule", () => {
    const bySeverity = (severity: "error" | "warning" | "info") =>
      problemsOf(machineReport({ findings: [findingOf({ verdict: "inconclusive", severity })] }))[0].severity;
    assert.deepEqual((["error", "warning", "info"] as const).map(bySeverity), ["warning", "info", "info"]);
  });

  it("leave out what does not apply", () => {
    assert.deepEqual(problemsOf(machineReport({ findings: [findingOf({ verdict: "not-applicable" })] })), []);
  });

  it("of a machine are on the line of the check", () => {
    assert.deepEqual(
      problemsOf(machineReport()).map(({ severity }) => severity),
      ["error", "error", "warning"],
    );
  });

  it("of restart tests are at what the test found", () => {
    const rows = [RESTART_COLD, RESTART_WEAK_COLUMNS].flatMap((report) =>
      problemsOf(report).map(({ at, rule }) => [rule, at.type === "document" ? lineOf(report, at) : null]),
    );
    assert.deepEqual(rows, [
      ["sp800-90b-restart-sanity", "x_max: 953"],
      ["sp800-90b-restart-validation", "h_r: 7.353757733121226"],
    ]);
  });

  it("of health tests are at the test that failed", () => {
    const rows = problemsOf(HEALTH_FAILED).map(({ at, severity }) => [
      severity,
      at.type === "document" ? lineOf(HEALTH_FAILED, at) : null,
    ]);
    assert.deepEqual(rows, [
      ["error", "repetition_count:"],
      ["error", "adaptive_proportion:"],
    ]);
  });

  it("of samples are in the assessment", () => {
    assert.deepEqual(problemsOf(samplesReport)[0].at, { type: "document", document: "assessment.yaml", line: 5 });
  });
});
