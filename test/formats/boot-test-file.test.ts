import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { UserError } from "../../src/errors";
import { readBootTestFile } from "../../src/formats/boot-test-file";
import { withFolder } from "./sample-data";

describe("a .bin file", () => {
  it("with a .meta file beside it is of a finished boot-time test", async () => {
    await withFolder(async (write) => {
      await write("any name.meta", "source       hw_rng\n");
      const file = await readBootTestFile(await write("any name.bin", "data"));
      assert.deepEqual(file, { kind: "finished", meta: new Map([["source", "hw_rng"]]) });
    });
  });

  it("named as a run's data but without .meta is of an unfinished one", async () => {
    await withFolder(async (write) => {
      assert.deepEqual(await readBootTestFile(await write("entropy.000000012.bin", "data")), { kind: "unfinished" });
    });
  });

  it("of another name, or a file of another kind, has nothing to do with boot-time tests", async () => {
    await withFolder(async (write) => {
      await write("entropy.000000000.meta", "source hw_rng");
      assert.deepEqual(await readBootTestFile(await write("samples.bin", "data")), { kind: "none" });
      assert.deepEqual(await readBootTestFile(await write("entropy.000000000.data", "data")), { kind: "none" });
    });
  });

  it("with a .meta that cannot be read or is none ends in a UserError", async () => {
    await withFolder(async (write, folder) => {
      await write("a.meta", "not: meta");
      await mkdir(`${folder}/b.meta`);
      await assert.rejects(
        readBootTestFile(`${folder}/a.bin`),
        (error) => error instanceof UserError && error.message.startsWith(`Line 1 of ${folder}/a.meta, "not: meta"`),
      );
      await assert.rejects(
        readBootTestFile(`${folder}/b.bin`),
        (error) => error instanceof UserError && error.message.includes("EISDIR"),
      );
    });
  });
});
