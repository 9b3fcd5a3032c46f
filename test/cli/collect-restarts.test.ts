import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RestartReport } from "../../src/model";
import type { RestartCollectionReport } from "../../src/model/restart-collection";
import { runCli } from "./bundle";

describe("entropy-check collect-restarts", () => {
  const folder = mkdtempSync(join(tmpdir(), "entropy-check-restarts-"));
  after(() => rmSync(folder, { recursive: true }));
  const run = (...args: readonly string[]) => runCli(args, { cwd: folder });

  it("collects 1000 restarts of 1000 samples of a process, which the restart tests pass", async function () {
    // a million coin flips, and two assessments of them
    this.timeout(300_000);
    const flips = "head -c 1000 /dev/urandom | tr '\\000-\\377' '[0*128][1*128]'";
    const collected = await run("collect-restarts", "local", "--command", flips, "--out", "flips.bin", "--json", "-");
    assert.equal(collected.code, 0, collected.stderr);
    const report = JSON.parse(collected.stdout) as RestartCollectionReport;
    assert.deepEqual([report.kind, report.restarts, report.samplesPerRestart], ["restart-collection", 1000, 1000]);
    assert.equal(statSync(join(folder, "flips.bin")).size, 1_000_000);
    const args = [
      "restart",
      "flips.bin",
      "--format",
      "binary-digits",
      "--bits",
      "1",
      "--h-initial",
      "0.7",
      "--json",
      "-",
    ];
    const { code, stdout, stderr } = await run(...args);
    assert.equal(code, 0, stderr);
    const { restart, verdict } = JSON.parse(stdout) as RestartReport;
    assert.equal(verdict, "pass");
    assert.equal(restart.minEntropy, 0.7);
  });

  it("collects restarts of a process that always begins alike, which the restart tests fail", async function () {
    this.timeout(120_000);
    writeFileSync(join(folder, "seeded"), randomBytes(1000));
    const alike = `cat ${join(folder, "seeded")}`;
    assert.equal((await run("collect-restarts", "local", "--command", alike, "--out", "alike/")).code, 0);
    const { code, stdout } = await run("restart", "alike", "--format", "bytes", "--h-initial", "2");
    assert.equal(code, 1);
    assert.match(stdout, /No entropy is awarded/);
  });

  for (const args of [
    ["local", "--command", "true"],
    ["local", "--out", "f"],
    ["local", "--out", "f", "--command", "true", "--restarts", "0"],
    ["local", "--out", "f", "--command", "true", "--source", "hwrng"],
    ["local", "--out", "f", "--reboot", "--source", "hwrng"],
    ["ssh://nowhere.invalid", "--out", "f", "--reboot", "--command", "true"],
  ])
    it(`exits 2 for "${args.join(" ")}"`, async () => {
      const { code, stdout, stderr } = await run("collect-restarts", ...args);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /^entropy-check: .+\n.+/);
      assert.doesNotMatch(stderr, /defect/);
    });
});
