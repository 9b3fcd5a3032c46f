import assert from "node:assert/strict";
import Ajv from "ajv";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../src/dev/paths";
import { SCHEMAS, schemaOf } from "../../src/dev/schemas";
import { UserError } from "../../src/errors";
import { reportFromJson, reportToJson } from "../../src/report/json";
import schema from "../../src/report/report.schema.json";
import { samplesReport } from "./fixtures";
import { HEALTH_HOPELESS, TESTS_REPORTS } from "./tests-fixtures";

describe("a report as JSON", () => {
  it("is read back whole", () => {
    assert.deepEqual(reportFromJson(reportToJson(samplesReport), "report.json"), samplesReport);
  });

  it("agrees with the schema in the repository", () => {
    const validate = new Ajv().compile(schema);
    assert.ok(validate(JSON.parse(reportToJson(samplesReport))), JSON.stringify(validate.errors));
  });

  for (const [what, report] of Object.entries(TESTS_REPORTS))
    it(`agrees with the schema and is read back whole, of ${what}`, () => {
      const text = reportToJson(report);
      const validate = new Ajv().compile(schema);
      assert.ok(validate(JSON.parse(text)), JSON.stringify(validate.errors));
      assert.deepEqual(reportFromJson(text, "report.json"), report);
    });

  it("is of bounded size, of health tests that fail all the time", () => {
    assert.ok(reportToJson(HEALTH_HOPELESS).length < 500_000);
  });

  it("does not agree with the schema when a member is missing or unknown", () => {
    const validate = new Ajv().compile(schema);
    assert.equal(validate({ ...samplesReport, minEntropy: undefined }), false);
    assert.equal(validate({ ...samplesReport, surprise: 1 }), false);
  });

  it("never holds a number that is not finite", () => {
    assert.throws(() => reportToJson({ ...samplesReport, minEntropy: Number.NaN }), /minEntropy is NaN/);
  });

  for (const text of ["", "{", "[]", "null", '{"schemaVersion": 2}', '{"schemaVersion": 1, "kind": "cloud"}'])
    it(`is refused with a remedy when it is ${text || "empty"}`, () => {
      assert.throws(() => reportFromJson(text, "x.json"), UserError);
    });
});

describe("the JSON Schemas in the repository", () => {
  for (const entry of SCHEMAS)
    it(`${entry.schema} is what the types say (else: npm run schema)`, () => {
      const written: unknown = JSON.parse(readFileSync(join(root, entry.schema), "utf8"));
      assert.deepEqual(JSON.parse(JSON.stringify(schemaOf(entry))), written);
    });
});
