import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { metaFileOf, readSamplesOrigin } from "../../src/formats/samples-origin";
import { withFolder } from "./sample-data";

const SHA256 = "ab".repeat(32);

describe("where samples are from", () => {
  it("is told by the .meta file beside them, which takes the place of .bin, else comes after the name", async () => {
    assert.deepEqual([metaFileOf("/x/a.bin"), metaFileOf("/x/a.txt")], ["/x/a.meta", "/x/a.txt.meta"]);
    await withFolder(async (write, folder) => {
      await write("a.meta", "source       hwrng\ncmdline      quiet  splash \nlen\n");
      assert.deepEqual(await readSamplesOrigin(`${folder}/a.bin`, SHA256), {
        metaFile: `${folder}/a.meta`,
        entries: [
          ["source", "hwrng"],
          ["cmdline", "quiet  splash"],
          ["len", ""],
        ],
        digestAgrees: null,
      });
    });
  });

  it("is compared with the samples where it names their SHA-256", async () => {
    await withFolder(async (write, folder) => {
      await write("same.txt.meta", `sha256 ${SHA256.toUpperCase()}\n`);
      await write("other.txt.meta", `sha256 ${"cd".repeat(32)}\n`);
      await write("strange.txt.meta", "sha256 unknown\n");
      const agrees = async (name: string) => (await readSamplesOrigin(`${folder}/${name}`, SHA256))?.digestAgrees;
      assert.deepEqual(
        [await agrees("same.txt"), await agrees("other.txt"), await agrees("strange.txt")],
        [true, false, false],
      );
    });
  });

  it("is not told by what is no such file: missing, a folder, of another program, or larger than anybody writes", async () => {
    await withFolder(async (write, folder) => {
      await mkdir(`${folder}/folder.meta`);
      await write("other.meta", "fileFormatVersion: 2\nguid: 7\n");
      await write("large.meta", "source x\n".repeat(10_000));
      for (const name of ["missing", "folder", "other", "large"])
        assert.equal(await readSamplesOrigin(`${folder}/${name}.bin`, SHA256), null, name);
    });
  });
});
