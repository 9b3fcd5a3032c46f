import Ajv from "ajv";
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RawAgainstProcessed } from "../../src/model/raw-against-processed";
import schema from "../../src/report/report.schema.json";
import { runCli } from "./bundle";

describe("entropy-check demonstrate", () => {
  const folder = mkdtempSync(join(tmpdir(), "entropy-check-demonstrate-"));
  after(() => rmSync(folder, { recursive: true }));
  const run = (...args: readonly string[]) => runCli(["demonstrate", ...args], { cwd: folder });

  it("makes both files, assesses them side by side, and says what that is worth", async () => {
    const { code, stdout, stderr } = await run("here", "--json", "both.json");
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^Assessed, per symbol +0\.000000 +6\.638399 +\d\.\d{6}$/m);
    assert.match(stdout, /^True entropy, per symbol +0 +0 *$/m);
    assert.match(stdout, /^Why the good score says nothing$/m);
    assert.match(stdout, /^ {4}openssl enc -aes-256-ctr -in zero\.bin -out random\.bin -nosalt -k "password"$/m);
    assert.deepEqual([...new Set(readFileSync(join(folder, "here", "zero.bin")))], [0]);
  });

  it("writes both reports as JSON, each of which agrees with the reports' schema", () => {
    const both = JSON.parse(readFileSync(join(folder, "both.json"), "utf8")) as RawAgainstProcessed;
    assert.deepEqual([both.kind, both.schemaVersion], ["raw-against-processed", 1]);
    const validate = new Ajv().compile(schema);
    for (const report of [both.raw, both.processed]) assert.ok(validate(report), JSON.stringify(validate.errors));
    assert.deepEqual([both.raw.minEntropy, both.raw.verdict, both.processed.verdict], [0, "fail", "pass"]);
  });

  it("overwrites nothing, unless it is forced", async () => {
    writeFileSync(join(folder, "here", "random.bin"), "precious");
    const { code, stderr } = await run("here");
    assert.equal(code, 2);
    assert.match(stderr, /^entropy-check: .*zero\.bin and .*random\.bin exist already\.\n.*--force/);
    assert.equal(readFileSync(join(folder, "here", "random.bin"), "utf8"), "precious");
    assert.equal((await run("here", "--force", "--json", "-")).code, 0);
  });

  for (const [what, args] of [
    ["no folder", []],
    ["two folders", ["a", "b"]],
    ["an unknown option", ["a", "--overwrite"]],
  ] as const)
    it(`exits 2 for ${what}`, async () => {
      const { code, stdout, stderr } = await run(...args);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /^entropy-check: .+\n.+/);
      assert.doesNotMatch(stderr, /defect/);
    });
});
