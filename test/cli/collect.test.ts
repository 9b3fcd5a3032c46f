import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CollectionReport } from "../../src/model/collection";
import { runCli } from "./bundle";

describe("entropy-check collect", () => {
  const folder = mkdtempSync(join(tmpdir(), "entropy-check-collect-"));
  after(() => rmSync(folder, { recursive: true }));
  const run = (...args: readonly string[]) => runCli(["collect", ...args], { cwd: folder });

  it("numbers files on, as run-boot-test does, tells what came and assesses it", async () => {
    const args = ["local", "--source", "urandom", "--count", "20000", "--entropy", "6"];
    const { code, stdout, stderr } = await run(...args);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /20,000 of 20,000 samples as bytes/);
    assert.match(
      stdout,
      /most common value 7\.\d+ bits per sample; collision [01][.\d]* bits per bit; RCT \d of 5, 0 failures/,
    );
    assert.match(stdout, /Assessed min-entropy/);
    assert.equal((await run(...args, "--no-assess")).code, 0);
    const names = [
      "entropy.000000000.bin",
      "entropy.000000000.meta",
      "entropy.000000001.bin",
      "entropy.000000001.meta",
    ];
    assert.deepEqual(readdirSync(folder).sort(), names);
  });

  it("exits 3 when the source ends early, and goes on with --resume", async () => {
    const args = [
      "local",
      "--source",
      "command:seq 1 900",
      "--count",
      "1000",
      "--format",
      "decimal",
      "--out",
      "few.txt",
    ];
    const { code, stdout } = await run(...args, "--json", "-");
    assert.equal(code, 3);
    const report = JSON.parse(stdout) as CollectionReport;
    assert.deepEqual([report.kind, report.samples, report.metaFile], ["collection", 900, null]);
    assert.match((await run(...args)).stderr, /exists already, and is not overwritten/);
    assert.equal((await run(...args, "--resume")).code, 3);
    assert.equal(readFileSync(join(folder, "few.txt"), "utf8").split("\n").length, 901);
  });

  it("writes the assessment as other commands do, by a baseline too, beside the JSON of the collection", async () => {
    const collect = ["local", "--source", "urandom", "--count", "20000", "--out"];
    const { code, stdout } = await run(...collect, "one.bin", "--sarif", "one.sarif", "--json", "-");
    assert.equal(code, 0);
    assert.equal((JSON.parse(stdout) as CollectionReport).kind, "collection");
    const sarif = readFileSync(join(folder, "one.sarif"), "utf8");
    assert.match(sarif, /"ruleId": ?"sp800-90b-sample-size"/);
    const samples = await runCli(["samples", "one.bin", "--json", "before.json"], { cwd: folder });
    assert.equal(samples.code, 0);
    const again = await run(...collect, "one-again.bin", "--csv", "again.csv", "--baseline", "before.json");
    assert.equal(again.code, 0, again.stderr);
    assert.match(again.stdout, /20,000 of 20,000 samples[^]*Assessed min-entropy/);
    assert.match(
      readFileSync(join(folder, "again.csv"), "utf8"),
      /^samples,one-again\.bin,.*sp800-90b-sample-size,fail,/m,
    );
  });

  for (const args of [
    [],
    ["local", "--source", "urandom", "--count", "5", "--no-assess", "--csv", "x.csv"],
    ["local", "--source", "urandom", "--count", "5", "--json", "-", "--csv", "-"],
    ["local", "--count", "5"],
    ["local", "--source", "urandom"],
    ["local", "--source", "urandom", "--count", "0"],
    ["local", "--source", "urandom", "--count", "5", "--width", "u9"],
    ["local", "--source", "urandom", "--count", "5", "--width", "u8", "--format", "bytes"],
    ["local", "--source", "urandom", "--count", "5", "--format", "hex-digits"],
    ["local", "--source", "urandom", "--count", "5", "--resume"],
    ["local", "--source", "file:/nowhere", "--count", "5", "--out", "nothing"],
    ["local", "--source", "moon", "--count", "5"],
  ])
    it(`exits 2 for "${args.join(" ")}"`, async () => {
      const { code, stdout, stderr } = await run(...args);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /^entropy-check: .+\n.+/);
      assert.doesNotMatch(stderr, /defect/);
    });
});
