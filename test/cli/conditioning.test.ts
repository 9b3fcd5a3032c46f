import Ajv from "ajv";
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConditioningReport } from "../../src/model/conditioning";
import schema from "../../src/report/conditioning.schema.json";
import { DATASETS } from "../datasets";
import { runCli } from "./bundle";

const FULL = ["--n-in", "512", "--n-out", "256", "--nw", "256", "--h-in", "400"];
const LESS = ["--n-in", "512", "--n-out", "256", "--nw", "256", "--h-in", "300"];

describe("entropy-check conditioning", () => {
  const folder = mkdtempSync(join(tmpdir(), "entropy-check-conditioning-"));
  after(() => rmSync(folder, { recursive: true }));
  const run = (...args: readonly string[]) => runCli(["conditioning", ...args], { cwd: folder });

  it("prints every intermediate value, and that full entropy may be claimed", async () => {
    const { code, stdout, stderr } = await run(...FULL, "--vetted");
    assert.equal(code, 0, stderr);
    for (const name of ["n_in", "n_out", "nw", "h_in", "n ", "P_high", "P_low", "psi", "U", "omega", "Output_Entropy"])
      assert.match(stdout, new RegExp(`^${name}\\s+\\S`, "m"));
    assert.match(stdout, /^P_high +2\^-400$/m);
    assert.match(stdout, /^Full entropy: yes, if the component's security strength is at least 256 bits/m);
  });

  it("says why full entropy may not be claimed", async () => {
    assert.match(
      (await run(...LESS, "--vetted")).stdout,
      /^Full entropy: no, h_in is less than n_out \+ 64 = 320 by 20 bits/m,
    );
    assert.match((await run(...FULL, "--h-prime", "1")).stdout, /^Full entropy: no, the component is not vetted: /m);
  });

  it("bounds a component that is not vetted by its design and by h', and says which decided", async () => {
    const { stdout } = await run(...LESS, "--h-prime", "0.7", "--json", "-");
    const { kind, conditioning } = JSON.parse(stdout) as ConditioningReport;
    assert.deepEqual(
      [kind, conditioning.designBound, conditioning.measuredBound, conditioning.hOut, conditioning.decidedBy],
      ["conditioning", 255.744, 0.7 * 256, 0.7 * 256, "measured-bound"],
    );
  });

  it("assesses a file of the component's output for h'", async () => {
    writeFileSync(join(folder, "output.bin"), DATASETS["uniform-8-short"].make());
    const { code, stdout, stderr } = await run(...LESS, "--h-prime-of", "output.bin", "--json", "-");
    assert.equal(code, 0, stderr);
    const { conditioned, conditioning } = JSON.parse(stdout) as ConditioningReport;
    assert.ok(conditioned !== null && Math.abs(conditioned.hPrime - 0.698487) < 1e-6, String(conditioned?.hPrime));
    assert.deepEqual([conditioned.bits, conditioned.estimates.length], [8, 10]);
    assert.equal(conditioning.measuredBound, 256 * conditioned.hPrime);
    assert.match((await run(...LESS, "--h-prime-of", "output.bin")).stdout, /^ +of output\.bin, SHA-256 75626f81/m);
  });

  it("writes JSON that agrees with its schema", async () => {
    writeFileSync(join(folder, "output.bin"), DATASETS["uniform-8-short"].make());
    const validate = new Ajv().compile(schema);
    for (const component of [["--vetted"], ["--h-prime", "0.7"], ["--h-prime-of", "output.bin"]]) {
      const report: unknown = JSON.parse((await run(...FULL, ...component, "--json", "-")).stdout);
      assert.ok(validate(report), JSON.stringify(validate.errors));
    }
    assert.equal(validate({}), false);
  });

  it("credits an output that never changes with nothing", async () => {
    writeFileSync(join(folder, "stuck.bin"), new Uint8Array(2000).fill(170));
    const { code, stderr } = await run(...LESS, "--h-prime-of", "stuck.bin");
    assert.equal(code, 2);
    assert.match(stderr, /^entropy-check: h' is 0; it must be greater than 0/);
  });

  for (const [what, args] of [
    ["neither --vetted nor --h-prime", LESS],
    ["a file that is not there", [...LESS, "--h-prime-of", "nowhere.bin"]],
    ["both", [...LESS, "--vetted", "--h-prime", "0.7"]],
    ["a missing width", ["--n-in", "512", "--vetted"]],
    ["a width that is no number", [...LESS, "--nw", "wide", "--vetted"]],
    ["more entropy than bits", [...LESS, "--h-in", "513", "--vetted"]],
  ] as const)
    it(`exits 2 for ${what}`, async () => {
      const { code, stdout, stderr } = await run(...args);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /^entropy-check: .+\n.+/);
      assert.doesNotMatch(stderr, /defect/);
    });
});
