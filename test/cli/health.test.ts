import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HealthTestsReport } from "../../src/model";
import { keystream } from "../datasets";
import { runCli } from "./bundle";

describe("entropy-check health", () => {
  const folder = mkdtempSync(join(tmpdir(), "entropy-check-health-"));
  after(() => rmSync(folder, { recursive: true }));
  const run = (...args: readonly string[]) => runCli(["health", ...args], { cwd: folder });
  const write = (name: string, data: Uint8Array): string => {
    writeFileSync(join(folder, name), data);
    return name;
  };
  const noise = keystream("health", 100_000);
  const eight = ["--bits", "8", "--entropy", "7"];

  it("passes good samples, shows the cutoffs, and exits 0", async () => {
    const { code, stdout, stderr } = await run(write("good.bin", noise), ...eight);
    assert.equal(code, 0, stderr);
    // 1 + ceil(20 / 7), and 1 + CRITBINOM(512, 2^-7, 1 - 2^-20)
    assert.match(stdout, /^ok +Repetition count \(4\.4\.1\): cutoff 4 in a row/m);
    assert.match(stdout, /^ok +Adaptive proportion \(4\.4\.2\): cutoff 18 in a window of 512/m);
    assert.match(stdout, /^Passed\.$/m);
  });

  it("does not count what a baseline has, and says so below the verdicts", async () => {
    const stuck = write("known.bin", Uint8Array.from(noise).fill(7, 50_000, 50_010));
    await run(stuck, ...eight, "--json", "before.json");
    const { code, stdout } = await run(stuck, ...eight, "--baseline", "before.json");
    assert.equal(code, 0);
    assert.match(stdout, /^-- +.*\[sp800-90b-repetition-count\]\n +Known: the baseline has it$/m);
  });

  it("fails a source that sticks for a while, says where, and exits 1", async () => {
    const stuck = Uint8Array.from(noise).fill(7, 50_000, 50_010);
    const { code, stdout } = await run(write("stuck.bin", stuck), ...eight, "--json", "-");
    assert.equal(code, 1);
    const { kind, verdict, input, healthTests } = JSON.parse(stdout) as HealthTestsReport;
    assert.deepEqual([kind, verdict, input.bits, healthTests.samples], ["health-tests", "fail", 8, 100_000]);
    assert.deepEqual(healthTests.repetitionCount.listed, [{ position: 50_003, start: 50_000, symbol: 7 }]);
    const text = (await run("stuck.bin", ...eight)).stdout;
    assert.match(text, /^FAIL Repetition count .* 1 failure\n +sample 50003: symbol 7 too often since sample 50000$/m);
  });

  it("prints some of many failures, and counts the others", async () => {
    const alternating = Uint8Array.from({ length: 100_000 }, (_, i) => (i >> 4) & 255);
    const { stdout } = await run(write("slow.bin", alternating), ...eight);
    assert.match(stdout, /Repetition count .* 6,250 failures\n(?: +sample .*\n){20} +and 6,230 more\n/);
  });

  it("is inconclusive where no data of that length could fail, and exits 3", async () => {
    const { code, stdout } = await run(write("few.bin", noise.subarray(0, 100)), ...eight);
    assert.equal(code, 3);
    assert.match(stdout, /^Inconclusive: too few samples/m);
  });

  it("takes alpha as a power of two or a number, the other rule, and a longer start-up", async () => {
    const set = ["--alpha", "2^-30", "--rule", "corrected", "--start-up", "4096"];
    const { stdout } = await run(write("good.bin", noise), ...eight, ...set, "--json", "-");
    const { parameters, adaptiveProportion } = (JSON.parse(stdout) as HealthTestsReport).healthTests;
    assert.deepEqual(parameters, {
      minEntropy: 7,
      alpha: 2 ** -30,
      binary: false,
      rule: "corrected",
      startUpSamples: 4096,
    });
    assert.equal(adaptiveProportion.cutoff, 23);
    assert.match((await run("good.bin", ...eight, "--alpha", "0.0009765625")).stdout, /alpha = 2\^-10,/);
  });

  it("tests binary samples in a window of 1024", async () => {
    const bits = write(
      "bits.bin",
      noise.map((byte) => byte & 1),
    );
    assert.match((await run(bits, "--bits", "1", "--entropy", "0.9")).stdout, /in a window of 1024/);
  });

  it("reads samples wider than a byte as they are", async () => {
    const words = new Uint8Array(
      Uint32Array.from({ length: 5000 }, (_, i) => (i === 4000 ? 3999 : i) + 2 ** 31).buffer,
    );
    const { code, stdout, stderr } = await run(
      write("words.bin", words),
      "--bits",
      "32",
      "--entropy",
      "30",
      "--format",
      "u32le",
      "--json",
      "-",
    );
    assert.equal(code, 1, stderr);
    const { repetitionCount } = (JSON.parse(stdout) as HealthTestsReport).healthTests;
    assert.deepEqual(repetitionCount.listed, [{ position: 4000, start: 3999, symbol: 3999 + 2 ** 31 }]);
  });

  for (const [what, args] of [
    ["no width", ["good.bin", "--entropy", "7"]],
    ["no entropy", ["good.bin", "--bits", "8"]],
    ["more entropy than bits", ["good.bin", "--bits", "8", "--entropy", "9"]],
    ["samples wider than stated", ["good.bin", "--bits", "4", "--entropy", "3"]],
    ["an alpha that is no probability", ["good.bin", ...eight, "--alpha", "2"]],
    ["a rule that is none", ["good.bin", ...eight, "--rule", "other"]],
    ["a file that is not there", ["nowhere.bin", ...eight]],
  ] as const)
    it(`exits 2 for ${what}`, async () => {
      write("good.bin", noise);
      const { code, stdout, stderr } = await run(...args);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /^entropy-check: .+\n.+/);
      assert.doesNotMatch(stderr, /defect/);
    });
});
