import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../src/errors";
import { readSamples } from "../../src/formats/samples";

const never = new AbortController().signal;

describe("reading a file of one sample per byte", () => {
  const folder = mkdtempSync(join(tmpdir(), "entropy-check-samples-"));
  after(() => rmSync(folder, { recursive: true }));

  function file(name: string, bytes: readonly number[]): string {
    const path = join(folder, name);
    writeFileSync(path, Uint8Array.from(bytes));
    return path;
  }

  async function refuses(path: string, bits: number | null, code: string, ...words: readonly RegExp[]): Promise<void> {
    await assert.rejects(readSamples(path, bits, never), (error) => {
      assert.ok(error instanceof UserError && error.code === code, String(error));
      for (const word of words) assert.match(`${error.message} ${error.remedy}`, word);
      return true;
    });
  }

  it("tells its size, its symbols and its SHA-256, and takes the width of the highest bit in use", async () => {
    const path = file("plain", [0, 5, 3, 5]);
    const { input, bitsInUse, values } = await readSamples(path, null, never);
    const sha256 = createHash("sha256")
      .update(Uint8Array.of(0, 5, 3, 5))
      .digest("hex");
    assert.deepEqual(input, { file: path, sha256, samples: 4, symbols: 3, bits: 3, bitsInferred: true });
    assert.equal(bitsInUse, 3);
    assert.deepEqual([...values], [0, 5, 3, 5]);
    assert.ok(values.buffer instanceof SharedArrayBuffer);
  });

  it("takes a stated width that is wider than the data, and tells how many bits are in use", async () => {
    const { input, bitsInUse } = await readSamples(file("wide", [1, 2]), 8, never);
    assert.deepEqual([input.bits, input.bitsInferred, bitsInUse], [8, false, 2]);
  });

  it("takes zeros for one bit wide", async () => {
    assert.equal((await readSamples(file("zeros", [0, 0]), null, never)).input.bits, 1);
  });

  it("refuses data wider than stated: which value, where, and what would fit", () =>
    refuses(file("narrow", [1, 2, 9, 200]), 3, "formats-symbol-width-too-narrow", /byte 2 is 9/, /--bits 8/));

  it("refuses a width that is not from 1 to 8", async () => {
    for (const bits of [0, 9, 2.5, NaN]) await refuses(file("plain", [0]), bits, "formats-symbol-width-invalid");
  });

  it("refuses what is missing, a directory, or empty, each with its own words", async () => {
    mkdirSync(join(folder, "directory"));
    await refuses(join(folder, "missing"), null, "formats-samples-unreadable", /ENOENT/);
    await refuses(join(folder, "directory"), null, "formats-samples-directory");
    await refuses(file("empty", []), null, "formats-samples-empty");
  });

  it("refuses a file with more samples than it can number, before it reads any", async () => {
    const path = file("huge", [1]);
    truncateSync(path, 2 ** 31 + 1);
    await refuses(path, null, "formats-samples-too-large", /2,147,483,649/, /268,435,455/);
  });

  it("stops when it is aborted", async () => {
    const aborted = AbortSignal.abort(new Error("enough"));
    await assert.rejects(readSamples(file("plain", [1]), null, aborted), /enough/);
  });
});
