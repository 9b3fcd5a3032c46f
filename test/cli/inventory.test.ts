import assert from "node:assert/strict";
import { tmpdir } from "node:os";
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

  it("exits 2 for what is no machine", async () => {
    const { code, stderr } = await runCli(["inventory", "nowhere"], { cwd: tmpdir() });
    assert.equal(code, 2);
    assert.match(stderr, /not a machine's address/);
  });
});
