import assert from "node:assert/strict";
import { RULES } from "../../src/compliance/rules";

describe("The rules", () => {
  for (const [id, rule] of Object.entries(RULES)) {
    it(`${id}: says what is asked, why, how it is measured, how to mend it, and its source`, () => {
      assert.equal(rule.id, id);
      assert.ok(rule.help.startsWith(`# ${rule.title}\n`));
      const headings = rule.help.split("\n").filter((line) => line.startsWith("## "));
      assert.deepEqual(headings, [
        "## What is asked",
        "## Why",
        "## How it is measured",
        "## How to mend it",
        "## Source",
      ]);
      assert.ok(rule.help.includes(rule.source));
    });
  }
});
