import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "yaml";
import type { CloudReport, Finding, RuleId, Verdict } from "../../src/model";
import type { LintFinding, LintReport } from "../../src/model/definitions";
import { EXPORT_FORMATS, exportReport } from "../../src/report/export-formats";
import type { WritableReport } from "../../src/report/outline/outline";
import { samplesReport } from "./fixtures";

const context = { root: "/work space", run: "run-1", invocation: "invocation-1" };

function write(report: WritableReport, id: (typeof EXPORT_FORMATS)[number]["id"]): string {
  const format = EXPORT_FORMATS.find((candidate) => candidate.id === id);
  assert.ok(format);
  return exportReport(report, format, context);
}

function found(rule: RuleId, verdict: Verdict, name: string, more: Partial<Finding> = {}): Finding {
  return {
    rule,
    verdict,
    severity: rule === "scs-0101-fips-test" ? "error" : "warning",
    subject: { kind: "flavor", id: `id-${name}`, name },
    message: `${name} says ${verdict}.`,
    evidence: [{ label: "seen", value: name }],
    remedy: verdict === "pass" ? null : `mend ${name}`,
    ...more,
  };
}

function cloudReport(findings: readonly Finding[], name = "demo"): CloudReport {
  const provenance = { asked: "GET /flavors", of: "https://cloud.example", at: "2026-01-01T00:00:00.000Z" };
  const flavor = {
    id: "f1",
    name,
    vcpus: 1,
    ram: 1024,
    disk: 0,
    isPublic: true,
    extraSpecs: { "hw_rng:allowed": name },
  };
  return {
    schemaVersion: 1,
    tool: { name: "entropy-check", version: "1.2.3" },
    kind: "cloud",
    source: {
      kind: "cloud",
      name,
      region: null,
      authUrl: "https://cloud.example/v3",
      definedAt: { file: "/work space/clouds.yaml", line: 4 },
    },
    startedAt: "2026-01-01T00:00:00.000Z",
    finishedAt: "2026-01-01T00:00:01.500Z",
    verdict: "pass",
    findings,
    observations: {
      flavors: { status: "measured", provenance, value: [flavor], raw: "" },
      images: { status: "unmeasured", provenance, reason: "forbidden", remedy: "ask" },
    },
  };
}

const mixed = cloudReport([
  found("scs-0101-flavor-property", "pass", "good"),
  found("scs-0101-flavor-property", "fail", "bad"),
  found("scs-0101-fips-test", "fail", "worse"),
  found("scs-0101-image-property", "inconclusive", "unknown"),
  found("scs-0101-flavor-property", "fail", "old", { known: true }),
  found("scs-0101-flavor-property", "fail", "accepted", {
    suppressed: { reason: "one customer", expires: "2027-01-31" },
  }),
]);

const lintReport: LintReport = {
  schemaVersion: 1,
  tool: mixed.tool,
  kind: "definitions",
  source: { kind: "definitions", name: "infra", paths: ["infra"] },
  startedAt: mixed.startedAt,
  finishedAt: mixed.finishedAt,
  verdict: "pass",
  files: [{ file: "/work space/infra/a b.tf", system: "terraform", flavors: 1, images: 0 }],
  findings: [
    {
      ...found("scs-0101-flavor-definition", "fail", "small"),
      region: {
        ...{ file: "/work space/infra/a b.tf", start: 20, end: 26 },
        ...{ startLine: 2, startCharacter: 4, endLine: 2, endCharacter: 10 },
      },
      edits: [{ at: { file: "/work space/infra/a b.tf", start: 20, end: 26 }, text: '"True"' }],
    } satisfies LintFinding,
  ],
};

/** A member on the way that names and indices lead. */
function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (here, step) => (typeof here === "object" && here !== null ? Reflect.get(here, step) : undefined),
    value,
  );
}

function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const list = at(value, ...path);
  assert.ok(Array.isArray(list), path.join("."));
  return list;
}

/** What the schema of SARIF 2.1.0 demands of the members that are written; throws where it is not kept. */
function assertSarif(log: unknown): void {
  assert.equal(at(log, "version"), "2.1.0");
  for (const run of listAt(log, "runs")) {
    assert.equal(typeof at(run, "tool", "driver", "name"), "string");
    const rules = listAt(run, "tool", "driver", "rules").map((rule) => at(rule, "id"));
    assert.equal(new Set(rules).size, rules.length);
    const results = listAt(run, "results");
    const states = results.map((result) => at(result, "baselineState"));
    assert.ok(states.every((s) => s === undefined) || states.every((s) => s === "new" || s === "unchanged"));
    for (const result of results) {
      assert.equal(rules[Number(at(result, "ruleIndex"))], at(result, "ruleId"));
      assert.equal(typeof at(result, "message", "text"), "string");
      const [kind, level] = [at(result, "kind"), at(result, "level")];
      assert.ok(kind === "fail" ? ["error", "warning", "note"].includes(String(level)) : level === "none");
      for (const location of listAt(result, "locations")) {
        const uri = at(location, "physicalLocation", "artifactLocation", "uri");
        if (uri === undefined) continue;
        assert.ok(typeof uri === "string" && URL.canParse(uri, "file:///"));
        assert.doesNotMatch(uri, / /);
        const region = at(location, "physicalLocation", "region");
        if (region !== undefined) assert.ok(Number(at(region, "startLine")) >= 1);
      }
    }
  }
}

describe("SARIF", () => {
  const log: unknown = JSON.parse(write(mixed, "sarif"));
  const results = listAt(log, "runs", 0, "results");

  it("keeps to the schema, whatever the report", () => {
    for (const report of [mixed, lintReport, samplesReport]) assertSarif(JSON.parse(write(report, "sarif")));
  });

  it("tells what failed by its severity, what could not be measured as open, and leaves out what passed", () => {
    assert.deepEqual(
      results.map((result) => [at(result, "kind"), at(result, "level"), at(result, "baselineState")]),
      [
        ["fail", "warning", "new"],
        ["fail", "error", "new"],
        ["open", "none", "new"],
        ["fail", "warning", "unchanged"],
        ["fail", "warning", "new"],
      ],
    );
    assert.equal(at(results.at(-1), "suppressions", 0, "justification"), "one customer");
  });

  it("stands at the cloud's entry of its clouds.yaml, below the root", () => {
    assert.deepEqual(at(results[0], "locations", 0, "physicalLocation"), {
      artifactLocation: { uri: "clouds.yaml", uriBaseId: "SRCROOT" },
      region: { startLine: 5 },
    });
  });

  it("has the place of a definition, counted from 1, and its fix", () => {
    const lint: unknown = JSON.parse(write(lintReport, "sarif"));
    const [result] = listAt(lint, "runs", 0, "results");
    assert.deepEqual(at(result, "locations", 0, "physicalLocation"), {
      artifactLocation: { uri: "infra/a%20b.tf", uriBaseId: "SRCROOT" },
      region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 11, charOffset: 20, charLength: 6 },
    });
    assert.deepEqual(at(result, "fixes", 0, "artifactChanges", 0, "replacements", 0), {
      deletedRegion: { charOffset: 20, charLength: 6 },
      insertedContent: { text: '"True"' },
    });
  });

  it("lets no name become a link (3.11.6)", () => {
    const log: unknown = JSON.parse(
      write(cloudReport([found("scs-0101-fips-test", "fail", "[a](https://x) [b]")]), "sarif"),
    );
    const text = at(log, "runs", 0, "results", 0, "message", "text");
    assert.equal(text, "\\[a](https://x) [b] says fail.\nmend \\[a](https://x) [b]");
    const nested: unknown = JSON.parse(
      write(cloudReport([found("scs-0101-fips-test", "fail", "[a [b](c) ](d)")]), "sarif"),
    );
    assert.equal(
      at(nested, "runs", 0, "results", 0, "message", "text"),
      "\\[a \\[b](c) ](d) says fail.\nmend \\[a \\[b](c) ](d)",
    );
  });

  it("names a sample file with its hash", () => {
    const samples: unknown = JSON.parse(write(samplesReport, "sarif"));
    assert.equal(at(samples, "runs", 0, "artifacts", 0, "hashes", "sha-256"), samplesReport.input.sha256);
  });
});

describe("JUnit XML", () => {
  it("counts as the exit codes do: errors fail, warnings pass, what is set aside is skipped", () => {
    const xml = write(mixed, "junit");
    assert.match(xml, /<testsuite name="Cloud demo" tests="6" failures="1" errors="1" skipped="2" time="1\.500"/);
    assert.match(xml, /name="accepted" time="0"><skipped message="Suppressed until 2027-01-31: one customer"\/>/);
    assert.match(xml, /name="bad" time="0"><system-out>warning: bad says fail\./);
  });
});

describe("CSV", () => {
  it("holds nothing that ends a reader's line or turns it round", () => {
    const csv = write(cloudReport([found("scs-0101-flavor-property", "fail", "a\0b\x1b[31m\u202ec\td")]), "csv");
    assert.ok(csv.includes(",a\ufffdb\ufffd[31m\ufffdc\td,"));
  });

  it("has a row for every finding, all as long as the header", () => {
    const rows = write(mixed, "csv").trimEnd().split("\r\n");
    assert.equal(rows.length, 1 + mixed.findings.length);
    assert.equal(new Set(rows.map((row) => row.split(",").length)).size, 1);
  });

  it("lets no name become a formula, and quotes what would break a row", () => {
    const csv = write(cloudReport([found("scs-0101-flavor-property", "fail", '=1+2"\n,x')]), "csv");
    assert.ok(csv.includes(`,"'=1+2""\n,x",`));
    const fullWidth = write(cloudReport([found("scs-0101-flavor-property", "fail", "\uff1d1+2")]), "csv");
    assert.ok(fullWidth.includes(",'\uff1d1+2,"));
  });
});

describe("The SCS result file", () => {
  it("has the verdicts of the reference: PASS 1, ABORT 0, FAIL -1, one a test case", () => {
    const written: unknown = parse(write(mixed, "scs-yaml"));
    assert.deepEqual(at(written, "run", "invocations", "invocation-1", "results"), {
      "scs-0101-flavor-property": -1,
      "scs-0101-fips-test": -1,
      "scs-0101-image-property": 0,
    });
    assert.equal(at(written, "spec", "uuid"), "50393e6f-2ae1-4c5c-a62c-3b75f2abef3f");
    assert.equal(at(written, "subject"), "demo");
  });

  it("is also written as the lines that the reference's runner prints", () => {
    assert.equal(
      write(mixed, "scs-lines"),
      "scs-0101-flavor-property: FAIL\nscs-0101-fips-test: FAIL\nscs-0101-image-property: ABORT\n",
    );
    const passed = cloudReport([found("scs-0101-fips-test", "pass", "x")]);
    assert.equal(write(passed, "scs-lines"), "scs-0101-fips-test: PASS\n");
  });

  it("is refused for what the standard has no test case of", () => {
    for (const report of [samplesReport, lintReport])
      assert.throws(() => write(report, "scs-yaml"), { code: "report-no-test-cases" });
  });
});

describe("HTML and Markdown", () => {
  it("need nothing from elsewhere and run nothing", () => {
    const html = write(mixed, "html");
    assert.doesNotMatch(html, /<script|<link|<img|<iframe|\son\w+=|src=|url\(|@import/i);
    assert.match(html, /default-src 'none'/);
  });

  it("say what is wrong before what is right, with the counts", () => {
    for (const text of [write(mixed, "html"), write(mixed, "markdown")]) {
      assert.ok(text.indexOf("bad says") < text.indexOf("good says"));
      assert.ok(text.includes("1 error, 1 warning, 1 inconclusive, 1 passed, 1 known, 1 suppressed"));
    }
  });
});

describe("Every format", () => {
  /** Tags that are opened and closed in turn. */
  function assertBalanced(markup: string, isVoid: RegExp): void {
    const open: string[] = [];
    for (const [, close, name, attributes] of markup.matchAll(/<(\/?)([a-zA-Z][\w-]*)((?:[^<>"]|"[^"<]*")*)>/g)) {
      if (close === "/") assert.equal(open.pop(), name);
      else if (!attributes.endsWith("/") && !isVoid.test(name)) open.push(name);
    }
    assert.deepEqual(open, []);
  }

  it("shows names from outside and lets them do nothing", () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.constantFrom(
        "</td><script>alert(1)</script>",
        '"><img src=x onerror=y>',
        "]]>",
        "a|b\n# c",
        "\u202egnp.exe",
        "\0",
      ),
    );
    fc.assert(
      fc.property(hostile, (name) => {
        const report = cloudReport([found("scs-0101-flavor-property", "fail", name)], name);
        const html = write(report, "html");
        assertBalanced(html, /^(?:meta|!doctype)$/);
        assert.doesNotMatch(html, /<script|<img/);
        const xml = write(report, "junit");
        assertBalanced(xml.replace(/^<\?.*\?>/, ""), /^$/);
        assert.doesNotMatch(xml, /[\0-\x08\x0b\x0c\x0e-\x1f]/);
        assertSarif(JSON.parse(write(report, "sarif")));
        assert.equal(at(parse(write(report, "scs-yaml")), "subject"), name);
        const table = write(report, "markdown").split("### Flavors\n\n")[1]?.split("\n") ?? [];
        assert.match(table[2] ?? "", /^\| /);
      }),
      { numRuns: 200 },
    );
  });
});
