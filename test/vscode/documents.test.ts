import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "yaml";
import { flavorsDocument, imagesDocument } from "../../src/vscode/documents/cloud";
import { liveChecksDocument } from "../../src/vscode/documents/machine";
import { documentsOf, placeOf, placeOfSubject } from "../../src/vscode/documents/of-report";
import { healthTestsDocument } from "../../src/vscode/documents/health-tests";
import { restartDocument } from "../../src/vscode/documents/restart";
import { assessmentDocument } from "../../src/vscode/documents/samples";
import type { DocumentText } from "../../src/vscode/documents/text";
import { samplesReport } from "../report/fixtures";
import { HEALTH_FAILED, RESTART_COLD, RESTART_PASSED, RESTART_WEAK_COLUMNS } from "../report/tests-fixtures";
import { cloudReport, findingOf, flavor, image, machineReport, measured, unmeasured } from "./fixtures";

function lineOf({ text, lines }: DocumentText, key: string): string {
  const line = lines.get(key);
  assert.ok(line !== undefined, `no line for ${key}`);
  return text.split("\n")[line];
}

describe("the flavors document", () => {
  it("shows every flavor as the cloud has it, and where it was read", () => {
    assert.equal(
      flavorsDocument(cloudReport()).text,
      `# Flavors of the cloud mycloud. Read-only: written by Entropy Check from the cloud's answer.
# Asked https://cloud.example/compute at 2026-01-01T00:00:00.500Z: GET /flavors/detail

flavors:
  - name: small
    id: f-1
    vcpus: 1
    ram: 1024
    disk: 10
    is_public: true
    extra_specs: {}
  - name: big
    id: f-2
    vcpus: 1
    ram: 1024
    disk: 10
    is_public: true
    extra_specs:
      hw_rng:allowed: "True"
`,
    );
  });

  it("leads from a flavor's id to the line of its name", () => {
    assert.equal(lineOf(flavorsDocument(cloudReport()), "f-2"), "  - name: big");
  });

  it("says null of extra specs that the role may not read", () => {
    const report = cloudReport({
      observations: { flavors: measured([flavor("f", "closed", null)]), images: measured([]) },
    });
    assert.match(flavorsDocument(report).text, /^ {4}extra_specs: null$/m);
  });

  it("says why nothing was read, and what to do", () => {
    const report = cloudReport({ observations: { flavors: unmeasured(), images: unmeasured() } });
    const { text, lines } = flavorsDocument(report);
    assert.match(text, /^# Not read: 403 Forbidden\n# Ask for the reader role\.\nflavors: null$/m);
    assert.equal(lines.size, 0);
  });

  it("says that a cloud listed none", () => {
    const report = cloudReport({ observations: { flavors: measured([]), images: measured([]) } });
    assert.match(flavorsDocument(report).text, /^# The cloud listed none\.\nflavors: \[\]$/m);
  });

  it("is YAML that reads back as what the cloud answered, whatever the names, each on its own line", () => {
    const text = fc.string({ unit: "binary", maxLength: 20 });
    const specs = fc.dictionary(text, text, { noNullPrototype: true, maxKeys: 4 });
    const flavors = fc.uniqueArray(fc.tuple(fc.uuid(), text, specs), {
      selector: ([id]) => id,
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(flavors, (list) => {
        const value = list.map(([id, name, extraSpecs]) => flavor(id, name, extraSpecs));
        const report = cloudReport({ observations: { flavors: measured(value), images: measured([]) } });
        const document = flavorsDocument(report);
        const read = parse(document.text) as { flavors: { name: string; extra_specs: unknown }[] };
        assert.deepEqual(
          read.flavors.map(({ name, extra_specs }) => [name, extra_specs]),
          value.map(({ name, extraSpecs }) => [name, extraSpecs]),
        );
        for (const { id } of value) assert.match(lineOf(document, id), /^ {2}- name: /);
      }),
    );
  });
});

describe("the images document", () => {
  it("leads from an image's id to the line of its name", () => {
    assert.equal(lineOf(imagesDocument(cloudReport()), "i-1"), "  - name: debian");
  });

  it("does not let a cloud's answer break out of a comment", () => {
    const observation = { ...unmeasured(), reason: "bad\nimages: forged\u202e" };
    const { text } = imagesDocument(cloudReport({ observations: { flavors: measured([]), images: observation } }));
    assert.match(text, /^# Not read: bad\ufffdimages: forged\ufffd$/m);
    assert.deepEqual(parse(text), { images: null });
  });

  it("shows names that YAML would read as something else as the texts that they are", () => {
    const names = ["true", "null", "1e3", "- x", "a: b", "#", "'", "multi\nline", ""];
    const report = cloudReport({
      observations: { flavors: measured([]), images: measured(names.map((name, i) => image(`i-${i}`, name))) },
    });
    const read = parse(imagesDocument(report).text) as { images: { name: string }[] };
    assert.deepEqual(
      read.images.map(({ name }) => name),
      names,
    );
  });
});

describe("the live checks document", () => {
  it("shows each answer under what was asked and how it was judged", () => {
    const document = liveChecksDocument(machineReport());
    assert.match(document.text, /# FAIL: entropy_avail is 128\.\n# Asked at .*\nentropy_avail: 128$/m);
    assert.match(document.text, /# Not measured: 403 Forbidden\nfips_140_2: null$/m);
    assert.match(document.text, /^hw_random:\n {2}current: /m);
  });

  it("leads from a rule to the line of the answer that it judges", () => {
    const document = liveChecksDocument(machineReport());
    assert.equal(lineOf(document, "scs-0101-rngd"), "rngd:");
    assert.equal(lineOf(document, "scs-0101-entropy-avail"), "entropy_avail: 128");
    assert.equal(lineOf(document, "scs-0101-fips-test"), "fips_140_2: null");
  });
});

describe("the assessment document", () => {
  it("holds every estimate with its intermediate values", () => {
    const read = parse(assessmentDocument(samplesReport).text) as { estimates: unknown; min_entropy: number };
    assert.deepEqual(read.estimates, samplesReport.estimates);
    assert.equal(read.min_entropy, 0.25);
  });

  it("leads from a rule to the line of the figure that it judges", () => {
    assert.equal(lineOf(assessmentDocument(samplesReport), "sp800-90b-sample-size"), "samples: 10");
  });
});

describe("the place of a finding", () => {
  it("is the subject's line in the document of its kind", () => {
    const report = cloudReport();
    const finding = findingOf({
      rule: "scs-0101-image-property",
      subject: { kind: "image", id: "i-2", name: "ubuntu" },
    });
    const { document, line } = placeOf(report, finding);
    assert.equal(document, "images.yaml");
    assert.equal(documentsOf(report).get(document)?.text.split("\n")[line], "  - name: ubuntu");
  });

  it("is the top of the document for a finding on the cloud as a whole", () => {
    const finding = findingOf({ subject: { kind: "cloud", id: "mycloud", name: "mycloud" } });
    assert.deepEqual(placeOf(cloudReport(), finding), { document: "flavors.yaml", line: 0 });
  });

  it("is the rule's line for a machine", () => {
    const report = machineReport();
    const { line } = placeOf(report, report.findings[1]);
    assert.equal(documentsOf(report).get("live-checks.yaml")?.text.split("\n")[line], "entropy_avail: 128");
  });

  it("is found by the subject's id alone, and is the top of the first document for an id that is not there", () => {
    assert.equal(placeOfSubject(cloudReport(), "i-1").document, "images.yaml");
    assert.deepEqual(placeOfSubject(cloudReport(), "gone"), { document: "flavors.yaml", line: 0 });
  });
});

describe("the restart tests document", () => {
  for (const report of [RESTART_PASSED, RESTART_COLD, RESTART_WEAK_COLUMNS])
    it(`is YAML that reads back as the report has it, of ${report.source.name}`, () => {
      const { restart, datasets, input } = report;
      const read = parse(restartDocument(report).text) as Record<string, unknown>;
      const written = {
        path: input.path,
        verdict: restart.verdict,
        min_entropy: restart.minEntropy,
        row: restart.sanity.row,
        column: restart.sanity.column,
        rules: restart.sanity.rules,
        h_c: restart.hC,
        column_estimates: datasets === null ? null : datasets.columns.estimates,
        files: input.files,
      };
      assert.deepEqual({ ...read, ...written }, read);
    });
});

describe("the health tests document", () => {
  it("is YAML that reads back as the report has it, with the failures that are listed", () => {
    const { healthTests } = HEALTH_FAILED;
    const read = parse(healthTestsDocument(HEALTH_FAILED).text) as Record<string, unknown>;
    const written = {
      parameters: healthTests.parameters,
      start_up: healthTests.startUp,
      repetition_count: healthTests.repetitionCount,
      adaptive_proportion: healthTests.adaptiveProportion,
    };
    assert.deepEqual({ ...read, ...written }, read);
  });
});
