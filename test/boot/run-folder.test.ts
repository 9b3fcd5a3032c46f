import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { metaText, readRunFolder, runFiles, sizeOf, writeRunFile } from "../../src/boot/run-folder";
import { planRuns, setOf } from "../../src/boot/plan";
import { readDefinition } from "../../src/boot/definition";
import { UserError } from "../../src/errors";
import { parseMeta } from "../../src/formats/meta";

const NOTES = {
  method: "qemu",
  date: new Date("2026-11-21T23:05:09.700Z"),
  buildid: "GIT_0123456789abcdef",
  arch: "x86",
  source: "hw_rng",
  length: 1048576,
  commandLine: "kernel.entropy-test.src=hw_rng kernel.entropy-test.len=1048576 zircon.nodename=n ",
} as const;

describe("a run's .meta file", () => {
  it("is what run-boot-test writes, to the last blank", () => {
    assert.equal(
      metaText(NOTES),
      [
        "entropy-test qemu",
        "date         2026-11-21 23:05:09 UTC",
        "buildid      GIT_0123456789abcdef",
        "arch         x86",
        "source       hw_rng",
        "len          1048576",
        "cmdline      kernel.entropy-test.src=hw_rng kernel.entropy-test.len=1048576 zircon.nodename=n ",
        "",
      ].join("\n"),
    );
  });

  it("has an empty length where the kernel decided", () => {
    assert.match(metaText({ ...NOTES, length: null }), /^len {10}$/m);
    assert.equal(parseMeta(metaText({ ...NOTES, length: null })).get("len"), "");
  });
});

describe("the folder of a boot test", () => {
  let folder: string;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), "entropy-check-runs-")), "runs");
  });
  afterEach(() => rmSync(join(folder, ".."), { recursive: true }));
  const write = (name: string, text = "x"): void => writeFileSync(join(folder, name), text);

  it("is made when it is not there, and numbers from 0", async () => {
    assert.deepEqual(await readRunFolder(folder), { finished: [], unfinished: [], nextNumber: 0 });
    assert.equal(runFiles(folder, 12).bin, join(folder, "entropy.000000012.bin"));
    assert.equal(await sizeOf(runFiles(folder, 12).bin), 0);
  });

  it("numbers on from the greatest, also of runs that did not finish", async () => {
    mkdirSync(folder);
    write("entropy.000000003.bin");
    write("entropy.000000003.meta", metaText({ ...NOTES, length: 1 }));
    write("entropy.000000007.bin", "longer");
    for (const other of ["entropy.x.bin", "entropy.9.meta", "entropy.000000099.log", "notes.txt"]) write(other);
    const { finished, unfinished, nextNumber } = await readRunFolder(folder);
    assert.deepEqual(
      finished.map(({ number, size }) => [number, size]),
      [[3, 1]],
    );
    assert.equal(finished[0].entries.get("buildid"), NOTES.buildid);
    assert.deepEqual(
      unfinished.map(({ number }) => number),
      [7],
    );
    assert.equal(nextNumber, 8);
  });

  it("takes a run whose .meta cannot be read for unfinished", async () => {
    mkdirSync(folder);
    for (const [number, text] of ["<html>", ""].entries()) {
      write(`entropy.${number}.bin`);
      write(`entropy.${number}.meta`, text);
    }
    assert.deepEqual((await readRunFolder(folder)).unfinished.length, 2);
  });

  it("takes a run whose data are not as long as its .meta says for unfinished", async () => {
    mkdirSync(folder);
    for (const [number, length] of [2, 1, null].entries()) {
      write(`entropy.${number}.bin`);
      write(`entropy.${number}.meta`, metaText({ ...NOTES, length }));
    }
    const { finished, unfinished } = await readRunFolder(folder);
    assert.deepEqual([finished.map(({ number }) => number), unfinished.map(({ number }) => number)], [[1, 2], [0]]);
  });

  it("that cannot be made or written is an error with a remedy", async () => {
    mkdirSync(folder);
    write("file");
    await assert.rejects(readRunFolder(join(folder, "file")), UserError);
    await assert.rejects(writeRunFile(join(folder, "no", "x"), ""), UserError);
  });

  it("is the journal: what it holds need not be booted again, in whatever order it came", async () => {
    const text = `arch: x86\nsource: hw_rng\nlength: 5\niterations: 3\nmatrix: [{ a: [1, 2] }]\nboot: { method: command, command: [x] }\n`;
    const { definition } = readDefinition(join(folder, "../runs.boot-test.yaml"), text);
    assert.ok(definition !== null);
    const all = [0, 1, 2].flatMap((iteration) => [0, 1].map((set) => ({ set, iteration })));
    assert.deepEqual(planRuns(definition, []), all);

    mkdirSync(folder);
    const finish = (number: number, words: string, more: Partial<Parameters<typeof metaText>[0]> = {}): void => {
      const { bin, meta } = runFiles(folder, number);
      writeFileSync(bin, "12345");
      const commandLine = `${words} kernel.entropy-test.src=hw_rng kernel.entropy-test.len=5 zircon.nodename=n${number} `;
      writeFileSync(meta, metaText({ ...NOTES, length: 5, commandLine, ...more }));
    };
    finish(0, "a=2");
    finish(1, "a=1");
    finish(2, "a=2");
    finish(3, "a=3");
    finish(4, "a=1", { arch: "arm64" });
    writeFileSync(runFiles(folder, 5).bin, "123");
    const { finished } = await readRunFolder(folder);
    assert.deepEqual(
      finished.map((run) => setOf(definition, run)),
      [1, 0, 1, null, null],
    );
    assert.deepEqual(planRuns(definition, finished), [
      { set: 0, iteration: 1 },
      { set: 0, iteration: 2 },
      { set: 1, iteration: 2 },
    ]);
  });
});
