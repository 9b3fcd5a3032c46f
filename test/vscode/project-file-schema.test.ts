import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { RULES } from "../../src/compliance/rules";
import { root } from "../../src/dev/paths";
import { parseProjectFile, withSuppression } from "../../src/formats/project-file";
import { field } from "../../src/vscode/field";

const schema: unknown = JSON.parse(readFileSync(join(root, "media/entropy-check.schema.json"), "utf8"));

const keep = {
  rule: "scs-0101-flavor-property",
  subject: "m1.tiny",
  source: null,
  reason: "one customer",
  expires: null,
};

describe("the schema of .entropy-check.yaml", () => {
  assert.ok(typeof schema === "object" && schema !== null);
  const validate = new Ajv().compile(schema);

  it("knows every rule", () => {
    const path = ["properties", "suppress", "items", "properties", "rule", "enum"];
    const known = path.reduce(field, schema);
    assert.deepEqual(known, ["*", ...Object.keys(RULES)]);
  });

  it("takes what the quick fix writes", () => {
    const text = withSuppression(withSuppression(null, keep), { ...keep, source: "demo", expires: "2027-01-31" });
    assert.ok(validate(parse(text)), text);
    assert.deepEqual(parseProjectFile(text).problems, []);
  });

  it("refuses what the reader tells of", () => {
    for (const text of [
      "suppress:\n  - rule: x\n    subject: y\n    reason: z\n",
      "suppress:\n  - subject: y\n",
      "other: 1\n",
    ]) {
      assert.equal(validate(parse(text)), false);
      assert.equal(parseProjectFile(text).problems.length, 1, text);
    }
  });
});

describe("a suppression that is added", () => {
  it("stands below those that are there, whose comments stay", () => {
    const before = "# ours\nsuppress:\n  - rule: scs-0101-rngd # agreed\n    subject: vm\n    reason: x\n";
    const after = withSuppression(before, keep);
    assert.ok(after.startsWith(before));
    assert.deepEqual(
      parseProjectFile(after).suppressions.map(({ subject }) => subject),
      ["vm", "m1.tiny"],
    );
  });
});
