import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createCipheriv } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";
import packageJson from "../../package.json";
import { prepareDemo, startDemoServers, type DemoServers } from "../../src/demo/workspace";
import type { Report } from "../../src/model";
import schema from "../../src/report/report.schema.json";
import { bundles } from "../bundles";
import { drifting } from "../datasets";
import { runCli, type Outcome } from "./bundle";

const noise = (bytes: number): Buffer =>
  createCipheriv("aes-256-ctr", Buffer.alloc(32, "cli"), Buffer.alloc(16)).update(Buffer.alloc(bytes));

function isOf<K extends Report["kind"]>(kind: K, report: Report): report is Extract<Report, { kind: K }> {
  return report.kind === kind;
}

describe("entropy-check", () => {
  const folder = mkdtempSync(join(tmpdir(), "entropy-check-cli-"));
  const demo = join(folder, "demo");
  let servers: DemoServers;

  before(async () => {
    await prepareDemo(demo);
    servers = await startDemoServers(demo);
  });
  after(async () => {
    await servers.close();
    rmSync(folder, { recursive: true });
  });

  const run = (args: readonly string[], cwd = folder, interruptAt?: string): Promise<Outcome> =>
    runCli(args, { cwd, interruptAt });

  function file(name: string, data: Uint8Array): string {
    writeFileSync(join(folder, name), data);
    return name;
  }

  /** A report as JSON, after it was held against the schema. */
  function reportOf<K extends Report["kind"]>(kind: K, { stdout }: Outcome): Extract<Report, { kind: K }> {
    const report: unknown = JSON.parse(stdout);
    const validate = new Ajv().compile<Report>(schema);
    assert.ok(validate(report), JSON.stringify(validate.errors));
    assert.ok(isOf(kind, report));
    return report;
  }

  it("without a command tells which there are, and exits 2", async () => {
    const { code, stderr } = await run([]);
    assert.equal(code, 2);
    for (const word of ["cloud", "machine", "samples", "demo"])
      assert.match(stderr, new RegExp(`entropy-check ${word}`));
  });

  it("prints its help and its version on standard output, and exits 0", async () => {
    assert.match((await run(["--help"])).stdout, /Exit codes: 0 .* 1 .* 2 .* 3/);
    assert.match((await run(["samples", "--help"])).stdout, /--bits N/);
    assert.deepEqual(await run(["--version"]), { code: 0, stdout: `${packageJson.version}\n`, stderr: "" });
  });

  for (const [what, args] of [
    ["an unknown command", ["clouds"]],
    ["an unknown option", ["samples", "x.bin", "--bit", "8"]],
    ["no file", ["samples"]],
    ["two files", ["samples", "a.bin", "b.bin"]],
    ["a width that is none", ["samples", "x.bin", "--bits", "9"]],
    ["a track that is none", ["samples", "x.bin", "--track", "fast"]],
    ["an estimator that is none", ["samples", "x.bin", "--explain", "guess"]],
    ["a seed that is none", ["samples", "x.bin", "--seed", "-1"]],
    ["a file that is not there", ["samples", "nowhere.bin"]],
    ["a directory", ["samples", "."]],
    ["an address that is none", ["machine", "ftp://host"]],
    ["a machine that nobody answers for", ["machine", "ssh://nobody@127.0.0.1:1"]],
    ["no clouds.yaml", ["cloud", "demo"]],
  ] as const)
    it(`exits 2 for ${what}, saying what happened and what to do, without a stack trace`, async () => {
      const { code, stdout, stderr } = await run(args);
      assert.equal(code, 2, stderr);
      assert.equal(stdout, "");
      assert.match(stderr, /^entropy-check: .+\n.+/);
      assert.doesNotMatch(stderr, /\n {4}at |defect/);
    });

  describe("samples", () => {
    it("writes the report as JSON to standard output, alone, and exits 0 although there are warnings", async () => {
      const outcome = await run(["samples", file("noise.bin", noise(20_000)), "--bits", "8", "--json", "-"]);
      assert.equal(outcome.code, 0, outcome.stderr);
      const { input, track, estimates, hOriginal, hBitstring, minEntropy, findings } = reportOf("samples", outcome);
      assert.deepEqual([input.samples, input.symbols, input.bits, track], [20_000, 256, 8, "non-iid"]);
      assert.equal(estimates.length, 17);
      assert.ok(hOriginal !== null && hBitstring !== null);
      assert.equal(minEntropy, Math.min(8, hOriginal, 8 * hBitstring));
      assert.ok(findings.some((f) => f.rule === "sp800-90b-sample-size" && f.verdict === "fail"));
    });

    it("writes the report to a file, and the text to standard output", async () => {
      const { code, stdout } = await run([
        "samples",
        file(
          "bits.bin",
          noise(5000).map((b) => b & 1),
        ),
        "--json",
        "r.json",
      ]);
      assert.equal(code, 0);
      assert.match(stdout, /Assessed min-entropy, non-IID track +0\.\d+ +bits per symbol/);
      assert.match(readFileSync(join(folder, "r.json"), "utf8"), /"bits": 1,\n {4}"bitsInferred": true/);
    });

    it("exits 2 when the report cannot be written, and still writes what can be", async () => {
      const outputs = ["--json", "no/such/folder/r.json", "--csv", "few.csv"];
      const { code, stdout, stderr } = await run(["samples", file("few.bin", noise(5000)), ...outputs]);
      assert.equal(code, 2);
      assert.match(stderr, /^entropy-check: no\/such\/folder\/r\.json could not be written/);
      assert.match(stdout, /Assessed min-entropy/);
      assert.match(readFileSync(join(folder, "few.csv"), "utf8"), /^report,/);
    });

    it("exits 2 when standard output takes no more, without a stack trace", function () {
      if (process.platform !== "linux") this.skip();
      const full = openSync("/dev/full", "w");
      const { status, stderr } = spawnSync(process.execPath, [join(bundles(), "cli.js"), "samples", "--help"], {
        stdio: ["ignore", full, "pipe"],
        encoding: "utf8",
        timeout: 60_000,
      });
      closeSync(full);
      assert.equal(status, 2);
      assert.match(stderr, /^entropy-check: Standard output cannot be written \(ENOSPC\)\.\n.+\n$/);
    });

    it("refuses a pipe without waiting for somebody to write into it", async function () {
      if (process.platform === "win32") this.skip();
      execFileSync("mkfifo", [join(folder, "pipe.bin")]);
      const { code, stderr } = await run(["samples", "pipe.bin"]);
      assert.equal(code, 2);
      assert.match(stderr, /^entropy-check: pipe\.bin cannot be read \(no regular file\)/);
    });

    it("exits 1 for a source that always says the same", async () => {
      const { code, stdout } = await run(["samples", file("zeros.bin", new Uint8Array(5000))]);
      assert.equal(code, 1);
      assert.match(stdout, /^FAIL .*\[sp800-90b-constant-source\]$/m);
    });

    it("explains an estimate after the report, or says which there are", async () => {
      const noisy = file("explained.bin", noise(20_000));
      const { code, stdout } = await run(["samples", noisy, "--bits", "8", "--explain", "lag:bitstring"]);
      assert.equal(code, 0);
      assert.match(stdout, /^Assessed: .*\n\n# Lag prediction: their bits, end to end\n[^]*## What decided it/m);
      const small = file(
        "explained-1.bin",
        noise(20_000).map((byte) => byte & 1),
      );
      const other = await run(["samples", small, "--explain", "lag:bitstring"]);
      assert.match(other.stdout, /no estimate lag:bitstring of these samples; there are most-common-value:literal, /);
    });

    it("takes the IID track, shows every statistic, and exits 0 for samples that pass", async () => {
      const small = noise(3000).map((b) => b & 3);
      const { code, stdout } = await run(["samples", file("four.bin", small), "--track", "iid", "--seed", "3"]);
      assert.equal(code, 0);
      assert.match(stdout, /^IID tests, seed 3, \d+ permutations$/m);
      assert.equal(stdout.match(/^ {2}5\.1\.\d+ .*passed$/gm)?.length, 19);
      assert.match(stdout, /^Assessed min-entropy, IID track +1\.\d{6} {2}bits per symbol$/m);
    });

    it("exits 1 for samples that fail the IID track, without a figure, and 0 when both tracks were asked for", async () => {
      const name = file("drifting.bin", drifting());
      const alone = await run(["samples", name, "--track", "iid", "--seed", "3"]);
      assert.equal(alone.code, 1);
      assert.match(alone.stdout, /^Assessed min-entropy, IID track +none: the IID tests failed$/m);
      const both = await run(["samples", name, "--track", "both", "--seed", "3", "--json", "-"]);
      assert.equal(both.code, 0);
      const report = reportOf("samples", both);
      assert.deepEqual([report.track, report.iid?.seed, report.iid?.verdict], ["non-iid", 3, "fail"]);
    });

    it("assesses conditioned output for h', and a truncated bitstring, and says so", async () => {
      const name = file("conditioned.bin", noise(5000));
      const { code, stdout } = await run(["samples", name, "--bits", "8", "--conditioned", "--truncate"]);
      assert.equal(code, 0);
      assert.match(stdout, /^Assessed as the output of a conditioning function, for h' \(3\.1\.5\.2\)\.$/m);
      assert.match(stdout, /^Of the bitstring, no more than the first 1,000,000 bits were assessed\.$/m);
      assert.match(stdout, /^h', non-IID track +0\.\d{6} {2}bits per bit$/m);
      assert.doesNotMatch(stdout, /literal|H_original/);
      const report = reportOf("samples", await run(["samples", name, "--conditioned", "--json", "-"]));
      assert.deepEqual([report.purpose, report.mostBits, report.hOriginal], ["conditioned", null, null]);
    });

    it("exits 2 for data wider than stated, and for an empty file", async () => {
      const narrow = await run(["samples", file("wide.bin", noise(5000)), "--bits", "4"]);
      assert.equal(narrow.code, 2);
      assert.match(narrow.stderr, /--bits/);
      assert.equal((await run(["samples", file("empty.bin", new Uint8Array(0))])).code, 2);
    });
  });

  describe("cloud", () => {
    it("reports every flavor and image, with a warning for each that lacks its attribute, and exits 0", async () => {
      const outcome = await run(["cloud", "demo", "--json", "-"], demo);
      assert.equal(outcome.code, 0, outcome.stderr);
      const { observations, findings } = reportOf("cloud", outcome);
      assert.ok(observations.flavors.status === "measured" && observations.images.status === "measured");
      const lacking = observations.flavors.value.filter((f) => f.extraSpecs?.["hw_rng:allowed"] !== "True");
      const bare = observations.images.value.filter((i) => i.properties["hw_rng_model"] !== "virtio");
      assert.ok(lacking.length > 0 && bare.length > 0);
      assert.deepEqual(
        findings.filter((f) => f.verdict === "fail").map((f) => [f.severity, f.subject.id]),
        [...lacking, ...bare].map(({ id }) => ["warning", id]),
      );
    });

    it("exits 2 for a cloud that clouds.yaml does not have, and names those that it has", async () => {
      const { code, stderr } = await run(["cloud", "dmeo"], demo);
      assert.equal(code, 2);
      assert.match(stderr, /demo/);
    });
  });

  describe("machine", () => {
    it("gives an exit code that says what the report says", async () => {
      const outcome = await run(["machine", "local", "--json", "-"]);
      const { verdict, findings } = reportOf("machine", outcome);
      assert.equal(outcome.code, { pass: 0, fail: 1, inconclusive: 3 }[verdict]);
      assert.deepEqual(
        findings.map((f) => f.rule),
        ["scs-0101-rngd", "scs-0101-entropy-avail", "scs-0101-fips-test"],
      );
    });
  });

  describe("demo", () => {
    it("runs until it is interrupted", async () => {
      const { code, stdout, stderr } = await run(["demo", "another"], folder, "Ctrl+C");
      assert.equal(code, 0, stderr);
      assert.match(stdout, /README\.md/);
    });
  });
});
