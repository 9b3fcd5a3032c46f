import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keystream } from "../datasets";
import { runCli } from "./bundle";

describe("entropy-check transpose", () => {
  const folder = mkdtempSync(join(tmpdir(), "entropy-check-transpose-"));
  const rows = keystream("transpose", 1_000_000);
  before(() => writeFileSync(join(folder, "rows.bin"), rows));
  after(() => rmSync(folder, { recursive: true }));
  const run = (...args: readonly string[]) => runCli(["transpose", ...args], { cwd: folder });
  const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));

  it("makes the column dataset of the row dataset, and back", async () => {
    const { code, stdout, stderr } = await run("rows.bin", "columns.bin");
    assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: "", stderr: "" });
    const columns = read("columns.bin");
    assert.deepEqual([columns[0], columns[1], columns[1000]], [rows[0], rows[1000], rows[1]]);
    assert.equal((await run("columns.bin", "again.bin")).code, 0);
    assert.deepEqual(read("again.bin"), rows);
  });

  it("overwrites nothing, unless it is forced to", async () => {
    writeFileSync(join(folder, "kept.bin"), "kept");
    const { code, stderr } = await run("rows.bin", "kept.bin");
    assert.equal(code, 2);
    assert.match(stderr, /kept\.bin exists already\.\n.*--force/);
    assert.equal(read("kept.bin").length, 4);
    assert.equal((await run("rows.bin", "kept.bin", "--force")).code, 0);
    assert.equal(read("kept.bin").length, 1_000_000);
  });

  it("refuses a matrix of another size, and writes nothing", async () => {
    for (const size of [999_999, 1_000_001]) {
      writeFileSync(join(folder, "other.bin"), new Uint8Array(size));
      const { code, stderr } = await run("other.bin", "none.bin");
      assert.equal(code, 2);
      assert.match(stderr, new RegExp(`hold ${size} samples`));
      assert.throws(() => read("none.bin"), /ENOENT/);
    }
  });

  it("exits 2 when one file is named, or cannot be read or written", async () => {
    assert.equal((await run("rows.bin")).code, 2);
    assert.equal((await run("nowhere.bin", "x.bin")).code, 2);
    assert.match((await run("rows.bin", "no/folder/x.bin")).stderr, /could not be written/);
  });
});
