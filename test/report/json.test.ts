import assert from "node:assert/strict";
import Ajv from "ajv";
import { resolve } from "node:path";
import { createGenerator } from "ts-json-schema-generator";
import { UserError } from "../../src/errors";
import { reportFromJson, reportToJson } from "../../src/report/json";
import schema from "../../src/report/report.schema.json";
import { samplesReport } from "./fixtures";

describe("a report as JSON", () => {
  it("is read back whole", () => {
    assert.deepEqual(reportFromJson(reportToJson(samplesReport), "report.json"), samplesReport);
  });

  it("agrees with the schema in the repository", () => {
    const validate = new Ajv().compile(schema);
    assert.ok(validate(JSON.parse(reportToJson(samplesReport))), JSON.stringify(validate.errors));
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

describe("report.schema.json", () => {
  it("is what the types say (else: npm run schema)", () => {
    const generator = createGenerator({
      path: resolve("src/model.ts"),
      tsconfig: resolve("tsconfig.json"),
      type: "Report",
      schemaId: "report",
      skipTypeCheck: true,
    });
    assert.deepEqual(JSON.parse(JSON.stringify(generator.createSchema("Report"))), schema);
  });
});
