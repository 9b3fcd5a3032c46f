import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RestartReport } from "../../src/model";
import { restartMatrices } from "../sp800-90b/restart-matrices";
import { runCli } from "./bundle";

const close = (actual: number | null, wanted: number): void =>
  assert.ok(actual !== null && Math.abs(actual - wanted) < 1e-6, `${String(actual)}, not ${wanted}`);

describe("entropy-check restart", () => {
  const folder = mkdtempSync(join(tmpdir(), "entropy-check-restart-"));
  before(() => {
    for (const name of ["uniform-8", "cold-4", "biased-1"] as const)
      writeFileSync(join(folder, `${name}.bin`), restartMatrices[name]());
  });
  after(() => rmSync(folder, { recursive: true }));
  const run = (...args: readonly string[]) => runCli(["restart", ...args], { cwd: folder });

  it("awards the least of H_r, H_c and H_I, exits 0, and says how each rule judges", async () => {
    const { code, stdout, stderr } = await run("uniform-8.bin", "--bits", "8", "--h-initial", "7", "--json", "r.json");
    assert.equal(code, 0, stderr);
    assert.match(stdout, /exact-maximum +at most 27 .*passed, which decides\n +binomial +at most 23 /);
    assert.match(stdout, /^ok +Both tests passed/m);
    const report = JSON.parse(readFileSync(join(folder, "r.json"), "utf8")) as RestartReport;
    assert.deepEqual([report.kind, report.verdict, report.input.files.length], ["restart", "pass", 1]);
    close(report.restart.hR, 7.353758);
    close(report.restart.hC, 6.638405);
    close(report.restart.minEntropy, 6.638405);
    assert.ok(report.datasets?.rows.estimates.every(({ scope }) => scope === "literal"));
  });

  it("awards nothing after a failed sanity check, assesses nothing, and exits 1", async () => {
    const { code, stdout } = await run("cold-4.bin", "--bits", "4", "--h-initial", "3.5", "--json", "-");
    assert.equal(code, 1);
    const { verdict, restart, datasets } = JSON.parse(stdout) as RestartReport;
    assert.deepEqual([verdict, restart.minEntropy, datasets], ["fail", null, null]);
    assert.match(
      (await run("cold-4.bin", "--h-initial", "3.5")).stdout,
      /^FAIL .*953 times.*\nNo entropy is awarded\.$/m,
    );
  });

  it("reads a folder with a file per restart", async () => {
    const restarts = join(folder, "restarts");
    mkdirSync(restarts);
    const matrix = restartMatrices["biased-1"]();
    for (let row = 0; row < 1000; row++)
      writeFileSync(
        join(restarts, `restart-${String(row).padStart(4, "0")}.bin`),
        matrix.subarray(1000 * row, 1000 * (row + 1)),
      );
    const { code, stdout, stderr } = await run("restarts", "--h-initial", "0.5", "--json", "-");
    assert.equal(code, 0, stderr);
    const { input, restart } = JSON.parse(stdout) as RestartReport;
    assert.deepEqual([input.files.length, input.bits, input.bitsInferred], [1000, 1, true]);
    close(restart.minEntropy, 0.323867);
    rmSync(join(restarts, "restart-0500.bin"));
    assert.match((await run("restarts", "--h-initial", "0.5")).stderr, /999 restarts.*restart-0500\.bin/);
  });

  for (const [what, args] of [
    ["no H_I", ["uniform-8.bin"]],
    ["an H_I that the width does not hold", ["cold-4.bin", "--bits", "4", "--h-initial", "5"]],
    ["data wider than stated", ["uniform-8.bin", "--bits", "4", "--h-initial", "3"]],
    ["a file that is not there", ["nowhere.bin", "--h-initial", "3"]],
    ["a matrix of another size", ["few.bin", "--bits", "8", "--h-initial", "3"]],
  ] as const)
    it(`exits 2 for ${what}`, async () => {
      writeFileSync(join(folder, "few.bin"), new Uint8Array(1000));
      const { code, stdout, stderr } = await run(...args);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /^entropy-check: .+\n.+/);
      assert.doesNotMatch(stderr, /defect/);
    });
});
