import assert from "node:assert/strict";
import Ajv from "ajv";
import { parseAllDocuments } from "yaml";
import type { CloudReport, Finding, Verdict } from "../../src/model";
import type { FleetCloud, FleetReport } from "../../src/model/fleet";
import { setAsideInFleet } from "../../src/operations/set-aside";
import { overallVerdict } from "../../src/report/build";
import { EXPORT_FORMATS, exportReport } from "../../src/report/export-formats";
import { closeFleet, fleetBaselineFromJson, outlinesOf } from "../../src/report/fleet";
import schema from "../../src/report/fleet.schema.json";
import { fleetToText } from "../../src/report/fleet-text";
import { toJson } from "../../src/report/json";
import { reportToText } from "../../src/report/text";
import { userError } from "../openstack/support";

const AT = "2026-01-01T00:00:00.000Z";
const context = { root: null, run: "run-1", invocation: "invocation-1" };

function found(name: string, verdict: Verdict, severity: Finding["severity"] = "warning"): Finding {
  return {
    ...{ rule: "scs-0101-flavor-property", verdict, severity },
    subject: { kind: "flavor", id: `id-${name}`, name },
    message: `Flavor ${name}: ${verdict}.`,
    evidence: [],
    remedy: verdict === "pass" ? null : `mend ${name}`,
  };
}

function cloud(name: string, findings: readonly Finding[], more: { region?: string; failed?: true } = {}): FleetCloud {
  const provenance = { asked: "GET /flavors/detail", of: "https://cloud.example", at: AT };
  const lost = { status: "unmeasured", provenance, reason: "It is down.", remedy: "Wait." } as const;
  const none = { status: "measured", provenance, value: [], raw: "" } as const;
  const list = more.failed === true ? lost : none;
  const report: CloudReport = {
    ...{ schemaVersion: 1, tool: { name: "entropy-check", version: "1.2.3" }, kind: "cloud" },
    source: { kind: "cloud", name, region: more.region ?? null, authUrl: "https://cloud.example/v3", definedAt: null },
    ...{ startedAt: AT, finishedAt: "2026-01-01T00:00:01.500Z", verdict: overallVerdict(findings), findings },
    observations: { flavors: list, images: list },
  };
  const failure =
    more.failed === true ? { code: "openstack-unreachable", message: "It is down.", remedy: "Wait." } : null;
  return { report, failure };
}

const fleetOf = (...clouds: readonly FleetCloud[]): FleetReport => closeFleet(AT, clouds, AT);

const north = cloud("north", [found("small", "pass"), found("large", "fail")]);
const south = cloud("south", [found("small", "inconclusive")], { failed: true });
const fleet = fleetOf(north, south);

function write(report: FleetReport, id: (typeof EXPORT_FORMATS)[number]["id"]): string {
  const format = EXPORT_FORMATS.find((candidate) => candidate.id === id);
  assert.ok(format);
  return format.write(outlinesOf(report), context);
}

describe("The report of several clouds", () => {
  it("is as bad as the worst of them", () => {
    const failing = cloud("east", [found("small", "fail", "error")]);
    assert.equal(fleetOf(north).verdict, "pass");
    assert.equal(fleet.verdict, "inconclusive");
    assert.equal(fleetOf(north, failing, south).verdict, "fail");
  });

  it("keeps to its schema, and holds each cloud's report as it is alone", () => {
    const value: unknown = JSON.parse(toJson(fleet));
    const validate = new Ajv().compile<FleetReport>(schema);
    assert.ok(validate(value), JSON.stringify(validate.errors));
    assert.deepEqual(
      value.clouds.map(({ report }) => report),
      [north.report, south.report],
    );
  });

  it("begins with a table of all, and tells of each what it tells alone, or why it could not be checked", () => {
    const text = fleetToText(fleet);
    const [head, first, second] = text.split("\n");
    assert.match(head, /^Cloud +Region +Flavors +Images +Errors +Warnings +Inconclusive +Verdict$/);
    assert.match(first, /^north +0 +0 +0 +1 +0 +passed$/);
    assert.match(second, /^south +could not be checked$/);
    assert.ok(text.includes(reportToText(north.report).trimEnd()));
    assert.match(text, /^Cloud south\n\?{4} +It could not be checked\. It is down\.\n +Wait\.$/m);
  });

  it("lets no name rewrite the terminal", () => {
    assert.doesNotMatch(fleetToText(fleetOf(cloud("a\u001b[2J\u202e", []))), /[\u001b\u202e]/);
  });

  it("is a run each in SARIF, told apart as series, and as before when there is one", () => {
    const log = JSON.parse(write(fleet, "sarif")) as { runs: { automationDetails: { id: string } }[] };
    assert.deepEqual(
      log.runs.map(({ automationDetails }) => automationDetails.id),
      ["entropy-check/cloud/north/", "entropy-check/cloud/south/"],
    );
    for (const format of EXPORT_FORMATS)
      assert.equal(write(fleetOf(north), format.id), exportReport(north.report, format, context));
  });

  it("is a suite each in JUnit, with the sums above", () => {
    const xml = write(fleet, "junit");
    assert.match(xml, /<testsuites name="entropy-check" tests="3" failures="0" errors="1" skipped="0" time="3.000">/);
    assert.match(xml, /<testsuite name="Cloud north" tests="2" failures="0" errors="0"/);
    assert.match(xml, /<testsuite name="Cloud south" tests="1" failures="0" errors="1"/);
  });

  it("has one header and every finding in CSV, and a document each in the SCS result YAML", () => {
    const rows = write(fleet, "csv").trimEnd().split("\r\n");
    assert.deepEqual(
      rows.map((row) => row.split(",")[1]),
      ["source", "north", "north", "south"],
    );
    const documents = parseAllDocuments(write(fleet, "scs-yaml")).map((d) => d.toJS() as { subject: string });
    assert.deepEqual(
      documents.map(({ subject }) => subject),
      ["north", "south"],
    );
    assert.equal(
      write(fleet, "scs-lines"),
      "# north\nscs-0101-flavor-property: FAIL\n# south\nscs-0101-flavor-property: ABORT\n",
    );
  });

  it("is one document in HTML and Markdown: first which they are, then each below a heading of its own", () => {
    const html = write(fleet, "html");
    assert.deepEqual(html.match(/<h[12]>[^<]*/g), ["<h1>2 clouds", "<h2>Cloud north", "<h2>Cloud south"]);
    assert.equal(html.match(/<!doctype html>|<main>|<\/main>/g)?.length, 3);
    const markdown = write(fleet, "markdown");
    assert.deepEqual(markdown.match(/^#{1,2} .*/gm), ["# 2 clouds", "## Cloud north", "## Cloud south"]);
    assert.match(markdown, /^\| Cloud north \| pass \| 1 warning, 1 passed \|$/m);
  });

  it("tells the regions of one cloud apart", () => {
    const regions = fleetOf(cloud("north", [], { region: "A" }), cloud("north", [], { region: "B" }));
    assert.deepEqual(
      outlinesOf(regions).map(({ title, source }) => [title, source]),
      [
        ["Cloud north in A", "north (A)"],
        ["Cloud north in B", "north (B)"],
      ],
    );
  });

  it("is a baseline for each cloud: what one had is known there alone", () => {
    const baseline = fleetBaselineFromJson(toJson(fleetOf(north)), "old.json");
    const now = fleetOf(north, cloud("south", [found("large", "fail")]));
    const { clouds } = setAsideInFleet(now, { suppressions: [], baseline }, "2026-01-01");
    assert.deepEqual(
      clouds.map(({ report }) => report.findings.map(({ known }) => known ?? false)),
      [[false, true], [false]],
    );
  });

  it("that one cloud wrote alone is no baseline of several", () => {
    for (const text of [toJson(north.report), "{}", "", '{"kind":"fleet","clouds":[{}]}'])
      assert.throws(() => fleetBaselineFromJson(text, "old.json"), userError("report-no-baseline", "old.json"));
  });

  it("does not pass because what is inconclusive of an unreachable cloud is suppressed", () => {
    const suppressions = [{ rule: "*", subject: "*", source: null, reason: "known", expires: null, line: 0 }] as const;
    const { verdict, clouds } = setAsideInFleet(fleet, { suppressions, baseline: null }, "2026-01-01");
    assert.deepEqual([verdict, clouds[1].report.verdict], ["inconclusive", "pass"]);
  });
});
