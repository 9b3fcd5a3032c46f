import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DATASETS, drifting, keystream } from "../datasets";
import golden from "../golden/sp800-90b.json";
import { restartMatrices } from "../sp800-90b/restart-matrices";
import { runCli } from "./bundle";

const FINAL = golden.datasets["uniform-8-short"]["non-iid"];

describe("the commands that take the arguments of the scripts of 2016", () => {
  const folder = mkdtempSync(join(tmpdir(), "entropy-check-draft-"));
  before(() => {
    writeFileSync(join(folder, "short.bin"), DATASETS["uniform-8-short"].make());
    for (const name of ["uniform-8", "cold-4"] as const)
      writeFileSync(join(folder, `${name}.bin`), restartMatrices[name]());
  });
  after(() => rmSync(folder, { recursive: true }));
  const run = (line: string) => runCli(line.split(" "), { cwd: folder });
  const minEntropyOf = (text: string): number => Number(/^min-entropy = (\S+)$/m.exec(text)?.[1]);

  describe("noniid_main.py", () => {
    it("prints the final standard's minimum, and says on standard error that it is that", async () => {
      const { code, stdout, stderr } = await run("noniid_main.py short.bin 8");
      assert.equal(code, 0);
      const [h] = /\d\.\d+$/m.exec(stdout) ?? [];
      assert.equal(
        stdout,
        `reading 10000 bytes of data\n-----------------------\nmin-entropy = ${h}\n\n` +
          `Don't forget to run the sanity check on a restart dataset using H_I = ${h}\n`,
      );
      assert.ok(Math.abs(minEntropyOf(stdout) - FINAL["Assessed min entropy"]) < 1e-5);
      assert.match(stderr, /^noniid_main\.py: .*final SP 800-90B \(2018\), not of the draft of 2016/);
    });

    it("tells every estimate with -v, the lesser of the symbols' and the bits'", async () => {
      const { stdout } = await run("noniid_main.py -v short.bin 8");
      assert.match(
        stdout,
        /^reading 10000 bytes of data\nRead in file short\.bin, 10000 bytes long\.\nDataset: 10000 8-bit symbols, 256 symbols in alphabet\.\nOutput symbol values: min = 0, max = 255\n\nRunning entropic statistic estimates:\n- Most Common Value Estimate: p\(max\) = /,
      );
      const estimates = [...stdout.matchAll(/^(?:- )?(.*) Estimate: p\(max\) = (\S+), min-entropy = (\S+)$/gm)];
      assert.equal(estimates.length, 10);
      for (const [, , p, h] of estimates) assert.ok(Math.abs(2 ** -Number(h) / Number(p) - 1) < 1e-4);
      const least = Math.min(...estimates.map(([, , , h]) => Number(h)));
      assert.equal(least, minEntropyOf(stdout));
      const compression = Number(estimates.find(([, name]) => name === "Compression")?.[3]);
      assert.ok(Math.abs(compression - 8 * FINAL.bitstring["Compression Estimate"]["min entropy"]) < 1e-4);
      assert.match(stdout, /\rComputing LZ78Y Prediction Estimate: 100 percent complete\n\tPglobal: 0\.\d{6}\n/);
    });

    it("masks what is wider than stated without a word, and keeps the low bits with -u", async () => {
      const { stdout } = await run("noniid_main.py -v -u 2 short.bin 4");
      assert.match(
        stdout,
        /Dataset: 10000 4-bit symbols, 16 symbols in alphabet\.\nOutput symbol values: min = 0, max = 15\n/,
      );
      assert.match(
        stdout,
        /\* Using only low 2 bits out of 4\. 4 symbols in reduced alphabet\.\n\* Using output symbol values: min = 0, max = 3\n/,
      );
      assert.ok(minEntropyOf(stdout) <= 2);
      assert.equal(
        (await run("noniid_main.py short.bin 2")).stdout.split("\n")[2],
        `min-entropy = ${minEntropyOf(stdout)}`,
      );
    });

    it("answers a source of one symbol", async () => {
      writeFileSync(join(folder, "ones.bin"), new Uint8Array(2000).fill(1));
      const { code, stdout } = await run("noniid_main.py -v ones.bin 1");
      assert.equal(code, 0);
      assert.match(
        stdout,
        /^- Most Common Value Estimate: p\(max\) = 1, min-entropy = 0\n- Collision Estimate: not computed$/m,
      );
      assert.equal(minEntropyOf(stdout), 0);
    });
  });

  describe("iid_main.py", () => {
    it("says that samples are IID and gives the final standard's minimum", async () => {
      writeFileSync(
        join(folder, "four.bin"),
        keystream("iid_main", 4000).map((byte) => byte & 3),
      );
      const { code, stdout, stderr } = await run("iid_main.py four.bin 2");
      assert.equal(code, 0);
      const h = minEntropyOf(stdout);
      assert.ok(h > 1.8 && h < 2);
      assert.equal(
        stdout,
        `reading 4000 bytes of data\n\nIID = True\nmin-entropy = ${h}\n\n` +
          `Don't forget to run the sanity check on a restart dataset using H_I = ${h}\n`,
      );
      assert.match(stderr, /^iid_main\.py: .*final SP 800-90B \(2018\), not of the draft of 2016/);
      const { stdout: verbose } = await run("iid_main.py -v four.bin 2");
      assert.match(
        verbose,
        /\nOutput symbol values: min = 0, max = 3\n\nCalculating statistics on original sequence\n/,
      );
      assert.equal(verbose.match(/^ +\S+ +\d+ +\d+$/gm)?.length, 19);
      assert.match(
        verbose,
        /\n\(\* denotes failed test\)\n\*\* Passed iid permutation tests\n\nChi square independence\n\tscore = [\d.]+, degrees of freedom = 12, cut-off = 32\.9095\n\*\* Passed chi-square independence test\n\nChi square goodness-of-fit\n\tscore = [\d.]+, degrees of freedom = 27 cut-off = 55\.476\n\*\* Passed chi-square goodness-of-fit test\n\n\*\* Passed chi square tests\nLRS test\n\tW: \d+, Pr\(E>=1\): \d\.\d{6}\n\*\* Passed LRS test\n\nIID = True\n/,
      );
    });

    it("says that samples are not, stops at the first test that fails, and exits 0 as the script does", async () => {
      writeFileSync(join(folder, "drifting.bin"), drifting());
      const { code, stdout } = await run("iid_main.py -v drifting.bin 3");
      assert.equal(code, 0);
      assert.match(stdout, /^ +excursion\* +0 +0$/m);
      assert.ok(stdout.endsWith("\n** Failed iid permutation tests\nIID = False\n"), stdout);
      writeFileSync(join(folder, "one.bin"), new Uint8Array(2000).fill(1));
      assert.equal((await run("iid_main.py one.bin 1")).stdout, "reading 2000 bytes of data\nIID = False\n");
    });
  });

  describe("restart.py", () => {
    it("tells the counts and the cutoff with -v, and the final estimate", async () => {
      const { code, stdout } = await run("restart.py -v uniform-8.bin 8 7");
      assert.equal(code, 0);
      assert.ok(
        stdout.endsWith(
          "\n\nRunning sanity check on row dataset:\n- F_R: 15\nRunning sanity check on column dataset:\n- F_C: 16\n" +
            "U: 27.000000\nPassed the restart tests\n*** Final entropy estimate: 6.638405\n",
        ),
        stdout,
      );
    });

    it("awards nothing when a test fails, says why on standard error, and exits 0 as the script does", async () => {
      const { code, stdout, stderr } = await run("restart.py cold-4.bin 4 3.5");
      assert.equal(code, 0);
      assert.equal(
        stdout,
        "reading 1000000 bytes of data\nFailed the restart tests\n*** Validation failed. No entropy estimate awarded.\n",
      );
      assert.match(stderr, /953 times/);
    });

    it("exits 1 for data of another size, as the script does", async () => {
      const { code, stderr } = await run("restart.py short.bin 8 7");
      assert.equal(code, 1);
      assert.match(stderr, /10000 samples/);
      assert.doesNotMatch(stderr, /\n {4}at /);
    });
  });

  it("answer bad usage as argparse does, and exit 2", async () => {
    for (const line of [
      "noniid_main.py",
      "noniid_main.py short.bin nine",
      "noniid_main.py -x short.bin 8",
      "restart.py -u 2 cold-4.bin 4 3",
    ]) {
      const { code, stdout, stderr } = await run(line);
      assert.deepEqual([code, stdout], [2, ""], line);
      assert.match(stderr, /^(?:.*draft of 2016.*\n)?usage: \S+\.py \[-h\] .*\n\S+\.py: error: /, line);
    }
    assert.equal((await run("noniid_main.py missing.bin 8")).code, 1);
    assert.match(
      (await run("restart.py -h")).stdout,
      /^usage: restart\.py \[-h\] \[-v\] datafile bits_per_symbol H_I\n/,
    );
  });
});
