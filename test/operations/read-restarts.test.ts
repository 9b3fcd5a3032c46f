import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../src/errors";
import { parseSampleFormat } from "../../src/formats/sample-format";
import { readRestarts, type ReadRestarts, type ReadRestartsRequest } from "../../src/operations/read-restarts";
import { clock, encode, jitter, withFolder } from "../formats/sample-data";

async function read(request: ReadRestartsRequest): Promise<ReadRestarts> {
  const reading = readRestarts(request, new AbortController().signal);
  for (;;) {
    const next = await reading.next();
    if (next.done === true) return next.value;
  }
}

/** Restart i gives row i % 37: any order but that of the numbers gives another matrix. */
const ROWS = Array.from({ length: 37 }, (_, i) => jitter(`restart ${i}`, 1001));
const LOW_NIBBLE = { kind: "mask", positions: [0, 1, 2, 3] } as const;

/** The matrix of the low four bits of the first 1000 samples of each restart. */
const expected = Buffer.concat(
  Array.from({ length: 1000 }, (_, i) => Uint8Array.from(ROWS[i % 37].slice(0, 1000), (delta) => Number(delta & 15n))),
);

/** Writes a file per restart. */
async function record(nameOf: (i: number) => string, contents: readonly Uint8Array[]): Promise<void> {
  for (let i = 0; i < 1000; i++) await writeFile(nameOf(i), contents[i % contents.length]);
}

describe("reading a folder with a file per restart", () => {
  it("gives jitterentropy's restarts as a matrix, a row a restart, with what was done", async () => {
    await withFolder(async (_, folder) => {
      const decimal = parseSampleFormat("decimal");
      await record(
        (i) => join(folder, `jent-raw-noise-restart-${String(i + 1).padStart(4, "0")}.data`),
        ROWS.map((row) => encode(decimal, row.slice(0, 1000))),
      );
      const result = await read({ folder, format: null, reduction: LOW_NIBBLE });
      assert.equal(Buffer.compare(Buffer.from(result.matrix), expected), 0);
      assert.equal(result.bits, 4);
      assert.equal(result.files.length, 1000);
      assert.deepEqual(
        result.steps.map(({ step }) => step),
        ["decoded", "restarts", "bits-selected"],
      );
      assert.match(
        result.steps[1].text,
        /Took 1000 samples of each of 1000 restarts, jent-raw-noise-restart-0001\.data to/,
      );

      await writeFile(join(folder, "jent-raw-noise-restart-0777.data"), encode(decimal, ROWS[0].slice(0, 999)));
      await assert.rejects(
        read({ folder, format: null, reduction: LOW_NIBBLE }),
        (error) => error instanceof UserError && /restart-0777\.data holds 999 of the 1000/.test(error.message),
      );
    });
  });

  it("takes 1000 differences of the kernel's 1001 timestamps, and of more samples the first 1000", async () => {
    await withFolder(async (_, folder) => {
      const format = parseSampleFormat("u32le-timestamps");
      await record(
        (i) => join(folder, `restart.${i}.bin`),
        ROWS.map((row, i) => encode(format, clock(2n ** 32n - 5000n, i === 5 ? row : row.slice(0, 1000), 32))),
      );
      const result = await read({ folder, format: null, reduction: LOW_NIBBLE });
      assert.equal(Buffer.compare(Buffer.from(result.matrix), expected), 0);
      assert.match(result.steps[2].text, /Took the first 1000 of up to 1001 samples of each of 1000 restarts/);
    });
  });
});
