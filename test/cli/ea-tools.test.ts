import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DATASETS, keystream } from "../datasets";
import { assertLikeNist, nistGolden } from "../report/nist-golden";
import { restartMatrices } from "../sp800-90b/restart-matrices";
import { runCli } from "./bundle";

/** The figures that NIST's tool gives with -c, -t and -l; all of them are held in the estimators' own tests. */
const MODES = [
  [["-c"], "\nh': 0.160248\n"],
  [["-ct"], "\nh': 0.165860\n"],
  [["-t"], "min(H_original, 8 X H_bitstring): 1.124103\n"],
  [["-l", "1,250000"], "min(H_original, 8 X H_bitstring): 1.152872\n"],
] as const;

describe("the commands that take NIST's C++ tools' arguments", () => {
  const folder = mkdtempSync(join(tmpdir(), "entropy-check-ea-"));
  before(() => {
    for (const name of ["uniform-8-short", "markov-1", "zeros-8", "jitter-8"] as const)
      writeFileSync(join(folder, `${name}.bin`), DATASETS[name].make());
    for (const name of ["cold-4", "uniform-8"] as const)
      writeFileSync(join(folder, `restart-${name}.bin`), restartMatrices[name]());
  });
  after(() => rmSync(folder, { recursive: true }));
  const run = (line: string) => runCli(line.split(" "), { cwd: folder });
  const read = (name: string): string => readFileSync(join(folder, name), "utf8");
  /** What was written with -o, with the golden file's time. */
  const saved = (golden: string): string => {
    const [stamp] = /"dateTimeStamp" : "\d+"/.exec(golden) ?? [];
    assert.ok(stamp !== undefined);
    return read("out.json").replace(/"dateTimeStamp" : "\d{14}"/, stamp);
  };

  describe("ea_non_iid", () => {
    for (const [flag, golden] of [
      ["-q", "q"],
      ["-a", "default"],
      ["-v", "v"],
      ["-vv", "vv"],
      ["-v -v -v", "vvv"],
      ["-ic", "c"],
    ])
      it(`prints what the tool prints with ${flag}, and exits 0`, async () => {
        const { code, stdout, stderr } = await run(`ea_non_iid ${flag} uniform-8-short.bin 8`);
        assert.deepEqual([code, stderr], [0, ""]);
        assertLikeNist(stdout, nistGolden(`ea_non_iid.uniform-8-short.${golden}.txt`));
      });

    it("prints and writes what the tool does for data that are few and have no entropy", async () => {
      writeFileSync(
        join(folder, "rare-1.bin"),
        Uint8Array.from({ length: 3000 }, (_, i) => Number([500, 1200, 2950].includes(i))),
      );
      assertLikeNist((await run("ea_non_iid -v rare-1.bin 1")).stdout, nistGolden("ea_non_iid.rare-1.v.txt"));
      assert.equal((await run("ea_non_iid -o out.json rare-1.bin 1")).code, 0);
      const golden = nistGolden("ea_non_iid.rare-1.json.txt");
      assertLikeNist(saved(golden), golden);
    });

    it("writes what the tool writes with -o", async () => {
      assert.equal((await run("ea_non_iid -o out.json uniform-8-short.bin 8")).code, 0);
      const golden = nistGolden("ea_non_iid.uniform-8-short.json.txt");
      assertLikeNist(saved(golden), golden);
    });

    for (const [options, text] of MODES)
      it(`gives the tool's result with ${options.join(" ")}`, async () => {
        const { code, stdout } = await run(`ea_non_iid ${options.join(" ")} jitter-8.bin 8`);
        assert.equal(code, 0);
        assert.ok(stdout.endsWith(text), stdout);
      });

    it("warns of data narrower than stated", async () => {
      const { stdout } = await run("ea_non_iid markov-1.bin 3");
      assertLikeNist(stdout, nistGolden("ea_non_iid.narrow.txt"));
    });

    it("refuses data wider than stated, and says so in the file of -o", async () => {
      const { code, stdout } = await run("ea_non_iid -o out.json uniform-8-short.bin 4");
      assert.equal(code, 255);
      assert.match(
        stdout,
        /^Incorrect bit width specification: Data \(8\) does not fit within described bit width: 4\.\nError reading file\.\nUsage is: ea_non_iid \[/,
      );
      const golden = nistGolden("ea_non_iid.wide.json.txt");
      assert.equal(saved(golden), golden);
    });

    it("refuses one symbol, a missing file, an empty file, and a width that is none", async () => {
      const zeros = await run("ea_non_iid zeros-8.bin 8");
      assert.deepEqual(
        [zeros.code, zeros.stdout],
        [
          255,
          "Warning: Symbols appear to be narrower than described.\nSymbol alphabet consists of 1 symbol. No entropy awarded...\n",
        ],
      );
      const missing = await run("ea_non_iid no-such.bin 8");
      assert.equal(missing.code, 255);
      assert.match(
        missing.stdout,
        /^Error: could not open 'no-such\.bin'\nError reading file\.\nUsage is: ea_non_iid /,
      );
      assert.match(missing.stderr, /ENOENT/);
      writeFileSync(join(folder, "empty.bin"), "");
      assert.match((await run("ea_non_iid empty.bin")).stdout, /^Error: 'empty\.bin' is empty\nError reading file\.\n/);
      assert.match((await run("ea_non_iid markov-1.bin 9")).stdout, /^Invalid bits per symbol\.\nUsage is: /);
    });

    it("answers bad usage with its usage, and 255", async () => {
      for (const [line, text] of [
        ["ea_non_iid", /^Incorrect usage\.\nUsage is: ea_non_iid \[-i\|-c\] \[-a\|-t\] \[-v\] \[-q\]/],
        ["ea_non_iid -x markov-1.bin", /^Usage is: /],
        ["ea_non_iid markov-1.bin -l", /^Usage is: /],
        ["ea_non_iid -l 1 markov-1.bin", /^Usage is: /],
        ["ea_non_iid a b c", /^Incorrect usage\.\n/],
      ] as const) {
        const { code, stdout } = await run(line);
        assert.equal(code, 255, line);
        assert.match(stdout, text);
      }
      assert.match((await run("ea_non_iid -x markov-1.bin")).stderr, /^ea_non_iid: invalid option -- 'x'\n$/);
    });

    it("reads a last block that is shorter, and none beyond the end", async () => {
      const { code, stdout } = await run("ea_non_iid -vl 2,4000 uniform-8-short.bin 8");
      assert.equal(code, 0);
      assert.match(stdout, /, reading block 2 of size 4000\nLoaded 2000 samples of 256 distinct 8-bit-wide symbols\n/);
      assert.equal((await run("ea_non_iid -l 3,4000 uniform-8-short.bin 8")).code, 255);
    });
  });

  describe("ea_iid", () => {
    /** The counts of the permutations are another run's. */
    const withoutCounts = (text: string): string => text.replace(/( +\d+){3}$/gm, " # # #");

    it("prints what the tool prints with -v, writes what it writes with -o, and exits 0 although a test failed", async () => {
      const { code, stdout, stderr } = await run("ea_iid -v -o out.json uniform-8-short.bin 8");
      assert.equal(code, 0);
      assertLikeNist(withoutCounts(stdout), withoutCounts(nistGolden("ea_iid.uniform-8-short.v.txt")));
      // a run of 28 or more comes in one permutation of some 27,000, so in the whole run in one or two at most
      assert.match(stdout, /^ +lenRunsMedian\* +[0-5] +[0-5] +\d+$/m);
      assert.match(stderr, /^ea_iid: the seed of the permutations was \d+\n$/);
      const keys = (json: string): string => json.replace(/: [^{[\n]*/g, "");
      assert.equal(keys(read("out.json")), keys(nistGolden("ea_iid.uniform-8-short.json.txt")));
    });

    it("gives h' of the first bits with -ct", async () => {
      const { code, stdout, stderr } = await run("ea_iid -ctl 0,2000 uniform-8-short.bin 8");
      assert.deepEqual([code, stderr], [0, ""]);
      assert.match(
        stdout,
        /\nCalculating baseline statistics\.\.\.\nh': 0\.9\d{5}\n\*\* (Passed|Failed) chi square tests\n/,
      );
    });

    it("refuses one symbol, and says so in the file of -o", async () => {
      const { code, stdout } = await run("ea_iid -o out.json zeros-8.bin 1");
      assert.equal(code, 255);
      assert.equal(stdout, "Symbol alphabet consists of 1 symbol. No entropy awarded...\n");
      const { IID, errorLevel } = JSON.parse(read("out.json")) as Record<string, unknown>;
      assert.deepEqual([IID, errorLevel], [true, -1]);
      assert.match(
        (await run("ea_iid")).stdout,
        /^Incorrect usage\.\nUsage is: ea_iid \[-i\|-c\] \[-a\|-t\] \[-v\] \[-q\]/,
      );
    });
  });

  describe("ea_restart", () => {
    it("prints what the tool prints when the sanity check fails, and exits 255", async () => {
      const { code, stdout } = await run("ea_restart -n -o out.json restart-cold-4.bin 4 3.5");
      assert.equal(code, 255);
      assertLikeNist(stdout, nistGolden("ea_restart.cold.txt"));
      const { errorLevel, errorMessage } = JSON.parse(read("out.json")) as Record<string, unknown>;
      assert.deepEqual([errorLevel, errorMessage], [-1, "Restart Sanity Check Failed."]);
    });

    it("prints the least of the three estimates when both tests pass, and exits 0", async () => {
      const { code, stdout } = await run("ea_restart restart-uniform-8.bin 8 7");
      assert.equal(code, 0);
      assert.match(stdout, /^H_I: 7\.000000\nALPHA: .*, X_cutoff: 27\nX_max: 16\n/);
      assert.match(stdout, /\nmin\(H_r, H_c, H_I\): 6\.638405\n\n$/);
    });

    it("takes -i, and tests nothing more when the sanity check fails", async () => {
      const { code, stdout } = await run("ea_restart -i -o out.json restart-cold-4.bin 4 3.5");
      assert.equal(code, 255);
      assertLikeNist(stdout, nistGolden("ea_restart.cold.txt"));
      const { IID, testCases } = JSON.parse(read("out.json")) as Record<string, unknown>;
      assert.deepEqual([IID, testCases], [true, null]);
    });

    it("takes no width, and refuses too few samples, and an H_I beyond the width", async () => {
      assert.equal((await run("ea_restart -q restart-uniform-8.bin 7")).stdout, "H_I: 7.000000\n");
      const short = await run("ea_restart -n uniform-8-short.bin 8 7");
      assert.deepEqual(
        [short.code, short.stdout],
        [255, "\n*** Error: data (len = 10000) does not contain 1000000 samples ***\n\n"],
      );
      const high = await run("ea_restart restart-cold-4.bin 4 5");
      assert.deepEqual([high.code, high.stdout], [255, "H_I (5.000000) must be at most 'bits_per_symbol' (4).\n"]);
      assert.match((await run("ea_restart")).stdout, /^Incorrect usage\.\nUsage is: ea_restart /);
    });
  });

  describe("ea_conditioning", () => {
    it("prints and writes what the tool does of a vetted component", async () => {
      const { code, stdout } = await run("ea_conditioning -v 512 256 256 300 -o out.json");
      assert.equal(code, 0);
      assert.equal(stdout, nistGolden("ea_conditioning.vetted.txt"));
      const golden = nistGolden("ea_conditioning.vetted.json.txt");
      assertLikeNist(saved(golden), golden);
    });

    it("prints what the tool prints of one that is not", async () => {
      const { stdout } = await run("ea_conditioning -n 512 256 256 300 0.7");
      assert.equal(stdout, nistGolden("ea_conditioning.non-vetted.txt"));
    });

    it("assesses a file of conditioned output for h'", async () => {
      const { code, stdout } = await run("ea_conditioning -n 512 256 256 300 -i jitter-8.bin -o out.json");
      assert.equal(code, 0);
      assert.match(stdout, /^h' = 0\.16024755793240\d+$/m);
      const { filename, testCases } = JSON.parse(read("out.json")) as {
        filename: string;
        testCases: { h_p: number; h_out: number }[];
      };
      assert.equal(filename, "jitter-8.bin");
      assert.ok(Math.abs(testCases[0].h_out - 256 * 0.160247557932407) < 1e-9);
    });

    it("takes the most common value of the bits for h' with -c iid, as the tool does", async () => {
      const { code, stdout } = await run("ea_conditioning -n 512 256 256 300 -i uniform-8-short.bin -c iid");
      assert.equal(code, 0);
      assertLikeNist(stdout, nistGolden("ea_conditioning.iid-file.txt"));
    });

    it("reads numbers as the tool does", async () => {
      const { stdout } = await run("ea_conditioning -v 0x200 0400 256 3e2");
      assert.equal(stdout, nistGolden("ea_conditioning.vetted.txt"));
    });

    it("says in the file of -o that nothing goes in", async () => {
      const { code, stdout } = await run("ea_conditioning -v 512 256 256 0 -o out.json");
      assert.equal(code, 255);
      assert.match(stdout, /^Usage is: /);
      const { errorLevel, errorMessage } = JSON.parse(read("out.json")) as Record<string, unknown>;
      assert.deepEqual([errorLevel, errorMessage], [-1, "Error with input: generating h_in."]);
    });

    it("answers bad usage with its usage, and 255", async () => {
      for (const [line, text] of [
        ["ea_conditioning", /^Incorrect usage\.\nUsage is: ea_conditioning -v /],
        ["ea_conditioning -n 512 256 256 300", /^Incorrect usage\.\n/],
        ["ea_conditioning -v 512 256 256 wide", /^Non-numeric characters in h_in: 'w'\nUsage is: /],
        ["ea_conditioning -v 5.5 256 256 1", /^Non-integer characters in n_in: '\.'\nUsage is: /],
        ["ea_conditioning -v 512 256 0 300", /^nw must be greater than or equal to 1\.\nUsage is: /],
        ["ea_conditioning -v 512 256 256 600", /^h_in must be less than or equal to 512\.\nUsage is: /],
        ["ea_conditioning -n 512 256 256 300 1.5", /^h_p must be less than or equal to 1\.\nUsage is: /],
      ] as const) {
        const { code, stdout } = await run(line);
        assert.equal(code, 255, line);
        assert.match(stdout, text);
      }
    });
  });

  describe("ea_transpose", () => {
    it("writes the columns, of the block of -l, over what was there", async () => {
      const data = keystream("ea_transpose", 2_000_000);
      writeFileSync(join(folder, "blocks.bin"), data);
      writeFileSync(join(folder, "columns.bin"), "old");
      const { code, stdout } = await run("ea_transpose -v -l 1 blocks.bin columns.bin");
      assert.equal(code, 0);
      assert.match(stdout, /^Opening file: 'blocks\.bin', reading block 1 of size 1000000\nLoaded 1000000 samples/);
      const columns = readFileSync(join(folder, "columns.bin"));
      assert.equal(columns.length, 1_000_000);
      assert.deepEqual([columns[0], columns[1], columns[1000]], [data[1_000_000], data[1_001_000], data[1_000_001]]);
    });

    it("writes the columns of data of one symbol, too", async () => {
      assert.equal((await run("ea_transpose zeros-8.bin zeros-columns.bin")).code, 0);
      assert.equal(readFileSync(join(folder, "zeros-columns.bin")).length, 1_000_000);
    });

    it("refuses other sizes, and bad usage", async () => {
      const { code, stdout } = await run("ea_transpose uniform-8-short.bin other.bin");
      assert.equal(code, 255);
      assert.match(stdout, /^Data must be 1000000 samples\.\nUsage is: ea_transpose /);
      assert.throws(() => read("other.bin"), /ENOENT/);
      assert.match((await run("ea_transpose uniform-8-short.bin")).stdout, /^Incorrect usage\.\n/);
    });
  });

  it("tell their version, and that it is not NIST's", async () => {
    const { code, stdout } = await run("ea_restart --version");
    assert.equal(code, 0);
    assert.match(stdout, /^ea_restart of entropy-check \d+\.\d+\.\d+, after NIST's 1\.1\.7\n$/);
  });
});
