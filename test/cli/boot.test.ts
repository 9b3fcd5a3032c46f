import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BootTestReport } from "../../src/model";
import { bootFolder, content, gone, script } from "../boot/support";
import { keystream } from "../datasets";
import { until } from "../until";
import { runCli } from "./bundle";

describe("entropy-check boot", () => {
  let folder: { readonly path: string; readonly remove: () => void };
  beforeEach(() => {
    folder = bootFolder();
    writeFileSync(join(folder.path, "noise"), keystream("boot", 5000));
  });
  afterEach(() => folder.remove());
  const run = (...args: readonly string[]) => runCli(["boot", ...args], { cwd: folder.path });

  function define(body: string, more = ""): string {
    script(join(folder.path, "machine"), body);
    const name = "lab.boot-test.yaml";
    writeFileSync(
      join(folder.path, name),
      `arch: x86\nsource: jitterentropy\nlength: 5000\nboot: { method: command, command: [./machine] }\n${more}`,
    );
    return name;
  }
  const GOOD = 'cp noise "$ENTROPY_OUTPUT"; echo "entropy-boot-test: successful draw in 500000000 nanoseconds."';

  it("boots, assesses, prints a table over the parameters, and exits 0", async () => {
    const file = define(GOOD, "iterations: 2\nmatrix: [{ kernel.jitterentropy.raw: [true, false] }]\n");
    const { code, stdout, stderr } = await run(file);
    assert.equal(code, 0, stderr);
    assert.match(
      stdout,
      /^Boot test lab\n=+\n\njitterentropy on x86 by command, 5,000 bytes a boot; 2 sets of parameters, 2 boots each\./,
    );
    assert.match(stdout, /^raw=true +2 +5\.\d{3} +5\.\d{3}\.\.5\.\d{3} +5\d,\d{3} /m);
    assert.match(stdout, /^Raw beside processed$/m);
    assert.match(stdout, /The figures of processed data are no measure of the source/);
    assert.match(stdout, /^- Most entropy per unit of time: raw=true\.$/m);
    assert.match(stdout, /^Assessed: 4 runs assessed, 4 boots made now, 0 failed\.$/m);
  });

  it("goes on with what is missing, and writes the report as JSON", async () => {
    const file = define(GOOD);
    assert.equal((await run(file)).code, 0);
    const { code, stdout } = await run(file, "--only-missing", "--iterations", "3", "--json", "-");
    assert.equal(code, 0);
    const report = JSON.parse(stdout) as BootTestReport;
    assert.deepEqual([report.kind, report.booted, report.sets[0].runs.length], ["boot-test", 2, 3]);
  });

  it("writes its matrix as CSV, a column for each option, and what failed for CI", async () => {
    const odd = 'case "$ENTROPY_CMDLINE" in *raw=false*) echo no power; exit 1;; esac; ';
    const file = define(odd + GOOD, "matrix: [{ kernel.jitterentropy.raw: [true, false] }]\n");
    const { code } = await run(file, "--csv", "matrix.csv", "--junit", "ci.xml", "--sarif", "ci.sarif");
    assert.equal(code, 3);
    const [head, raw, processed] = content(join(folder.path, "matrix.csv")).split("\r\n");
    assert.equal(
      head,
      "kernel.jitterentropy.raw,data,runs,failed boots," +
        '"min-entropy, least","min-entropy, median","min-entropy, greatest",' +
        '"bits per second, least","bits per second, median","bits per second, greatest"',
    );
    assert.match(raw, /^true,raw,1,0,5\.\d+,5\.\d+,5\.\d+,5\d{4}[.\d]*,/);
    assert.equal(processed, "false,processed,0,1,,,,,,");
    assert.match(content(join(folder.path, "ci.xml")), /errors="1"[^]*<error type="inconclusive" message="Run 1 of /);
    assert.match(content(join(folder.path, "ci.sarif")), /"ruleId": ?"boot-test-boot"/);
  });

  it("exits 3 if a boot failed, and says which and why", async () => {
    const { code, stdout } = await run(define("echo no power; exit 1"));
    assert.equal(code, 3);
    assert.match(
      stdout.replace(/\n {2}/g, " "),
      /^- Run 0 \(as they are\) failed\. .*machine ended with exit code 1: no power\. Read the \.log/m,
    );
    assert.match(stdout, /^Inconclusive: 0 runs assessed, 0 boots made now, 1 failed\.$/m);
  });

  it("shows nothing of a console as a terminal would take it", async () => {
    const { stdout } = await run(define("printf '\\033[2J\\033]0;title\\007\\302\\233owned'; exit 1"));
    assert.doesNotMatch(stdout, /[\0-\x08\x0b-\x1f\x7f-\x9f]/);
    assert.match(stdout, /owned/);
  });

  it("warns at the line of an option that has no effect", async () => {
    const { stdout } = await run(define(GOOD, "words: [kernel.jitterentropy.ml=5, kernel.jitterentropy.raw=false]\n"));
    assert.match(stdout, /^- Line 5: kernel\.jitterentropy\.ml has no effect in 1 of 1 sets of parameters/m);
  });

  for (const [what, args] of [
    ["no definition", []],
    ["a definition that is not there", ["nowhere.boot-test.yaml"]],
    ["no number of iterations", ["lab.boot-test.yaml", "--iterations", "0"]],
    ["more iterations than memory holds", ["lab.boot-test.yaml", "--iterations", "10000000000"]],
    ["an option that it does not have", ["lab.boot-test.yaml", "--fast"]],
  ] as const)
    it(`exits 2 for ${what}`, async () => {
      define(GOOD);
      const { code, stdout, stderr } = await run(...args);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /^entropy-check: .+\n.+/);
      assert.doesNotMatch(stderr, /defect/);
    });

  it("exits 2 for a definition with a mistake, and says where", async () => {
    const { code, stderr } = await run(define(GOOD, "iterations: often\n"));
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^entropy-check: lab\.boot-test\.yaml, line 5, column 13: iterations is not a whole number\.\n/,
    );
  });

  it("ends the machine with itself when it is interrupted", async () => {
    const file = define("echo $$ >pid; touch started; exec sleep 1000");
    const interruption = new AbortController();
    const running = runCli(["boot", file], { cwd: folder.path, interruption: interruption.signal });
    await until("the machine runs", () => existsSync(join(folder.path, "started")), running);
    interruption.abort();
    const { code, stderr } = await running;
    assert.deepEqual([code, stderr], [130, "\nentropy-check: interrupted\n"]);
    await gone(Number(content(join(folder.path, "pid"))));
  });
});
