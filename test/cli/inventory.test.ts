import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";
import schema from "../../src/report/inventory.schema.json";
import type { InventoryReport } from "../../src/model/inventory";
import { runCli } from "./bundle";

describe("entropy-check inventory", () => {
  it("tells in a table what randomness this machine has, and judges nothing", async () => {
    const { code, stdout, stderr } = await runCli(["inventory", "local"], { cwd: tmpdir() });
    assert.equal(code, 0, stderr);
    for (const label of ["Kernel", "Processor", "hw_random", "virtio-rng", "jitterentropy", "rngd", "entropy_avail"])
      assert.match(stdout, new RegExp(`^${label} +\\S`, "m"));
  });

  it("writes JSON that its schema describes", async () => {
    const { code, stdout } = await runCli(["inventory", "local", "--json", "-"], { cwd: tmpdir() });
    assert.equal(code, 0);
    const report = JSON.parse(stdout) as InventoryReport;
    const validate = new Ajv().compile(schema);
    assert.ok(validate(report), JSON.stringify(validate.errors));
    assert.equal(report.source.address, "local");
  });

  it("reads the log of a serial console, as the live checks do, which leave open what it does not say", async () => {
    const folder = mkdtempSync(join(tmpdir(), "entropy-check-console-"));
    try {
      writeFileSync(join(folder, "boot.log"), "[    0.5] Linux version 6.1.0 (x)\n[    0.9] random: crng init done\n");
      const run = (...args: readonly string[]) => runCli(args, { cwd: folder });
      const { code, stdout } = await run("inventory", "console:boot.log", "--json", "-");
      assert.equal(code, 0);
      const validate = new Ajv().compile(schema);
      assert.ok(validate(JSON.parse(stdout)), JSON.stringify(validate.errors));
      const told = (await run("inventory", "console:boot.log")).stdout;
      assert.match(told, /^Generator seeded +0\.9 s after/m);
      assert.match(told, /not known: .*\.$/m);
      assert.doesNotMatch(told, /\.\.$/m);
      const checked = await run("machine", "console:boot.log");
      assert.equal(checked.code, 3);
      assert.match(checked.stdout, /Linux 6\.1\.0/);
      assert.equal((await run("machine", "console:none.log")).code, 2);
      const source = ["--source", "hwrng", "--count", "5", "--out", "x"];
      assert.match((await run("collect", "console:boot.log", ...source)).stderr, /no samples can be collected/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("exits 2 for what is no machine", async () => {
    const { code, stderr } = await runCli(["inventory", "nowhere"], { cwd: tmpdir() });
    assert.equal(code, 2);
    assert.match(stderr, /not a machine's address/);
  });
});
