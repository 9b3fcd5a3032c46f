import assert from "node:assert/strict";
import { existsSync, linkSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bootFolder, content, script } from "../boot/support";
import { keystream } from "../datasets";
import { runCli } from "./bundle";

describe("Where entropy-check writes a report", () => {
  const folder = bootFolder();
  const path = (name: string): string => join(folder.path, name);
  const run = (...args: readonly string[]) => runCli(args, { cwd: folder.path });
  const samples = keystream("outputs", 5000);
  const health = ["health", "noise.bin", "--bits", "8", "--entropy", "7"];

  before(() => {
    writeFileSync(path("noise.bin"), samples);
    linkSync(path("noise.bin"), path("linked"));
    symlinkSync("noise.bin", path("called-otherwise"));
    script(path("machine"), "echo booted >ran; exit 1");
    const boot = "boot: { method: command, command: [./machine] }";
    writeFileSync(path("lab.boot-test.yaml"), `arch: x86\nsource: hw_rng\nlength: 20000\n${boot}\n`);
  });
  after(() => folder.remove());

  for (const name of ["noise.bin", "./noise.bin", "linked", "called-otherwise"])
    it(`is never over the samples that it reads, called ${name}`, async () => {
      const { code, stderr } = await run(...health, "--csv", name);
      assert.equal(code, 2);
      assert.match(stderr, /--csv would be written over noise\.bin\.\n.*entropy-check health --help/);
      assert.deepEqual(new Uint8Array(readFileSync(path("noise.bin"))), samples);
    });

  it("is never over the samples that it collects", async () => {
    const collect = ["collect", "local", "--source", "file:noise.bin", "--count", "100", "--out", "new.bin"];
    for (const [option, file] of [
      ["json", "new.bin"],
      ["markdown", "new.meta"],
    ]) {
      const { code, stderr } = await run(...collect, `--${option}`, file);
      assert.equal(code, 2);
      assert.match(stderr, new RegExp(`--${option} would be written over .*${file}`));
      assert.equal(existsSync(path("new.bin")), false);
    }
  });

  it("is one file a format, and standard output for one alone", async () => {
    assert.match(
      (await run(...health, "--json", "out", "--html", "./out")).stderr,
      /--json and --html name the same file/,
    );
    assert.match(
      (await run(...health, "--csv", "-", "--json", "-")).stderr,
      /Only one format can go to standard output/,
    );
    assert.equal(existsSync(path("out")), false);
  });

  it("and what it is compared with is checked before the work begins", async () => {
    await run(...health, "--json", "health.json");
    const boot = ["boot", "lab.boot-test.yaml"];
    for (const [args, message] of [
      [["--baseline", "missing.json"], /The baseline missing\.json cannot be read/],
      [["--baseline", "noise.bin"], /noise\.bin is not a report of Entropy Check/],
      [
        ["--baseline", "health.json"],
        /The baseline is a report of the kind health-tests, this one is of the kind boot-test/,
      ],
      [["--json", "lab.boot-test.yaml"], /--json would be written over lab\.boot-test\.yaml/],
    ] as const) {
      const { code, stderr } = await run(...boot, ...args);
      assert.equal(code, 2);
      assert.match(stderr, message);
      assert.equal(existsSync(path("ran")), false);
    }
    await run(...boot);
    assert.equal(content(path("ran")), "booted\n");
  });
});
