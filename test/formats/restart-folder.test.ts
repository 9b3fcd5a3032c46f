import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { basename } from "node:path";
import { UserError } from "../../src/errors";
import { listRestarts } from "../../src/formats/restart-folder";
import { withFolder } from "./sample-data";

/** The names that are listed from a folder of these files. */
async function list(
  names: readonly string[],
  wanted: number,
): Promise<{ files: string[]; leftOut: readonly string[] }> {
  return withFolder(async (write, folder) => {
    for (const name of names) await write(name, "1\n");
    const { files, leftOut } = await listRestarts(folder, wanted);
    return { files: files.map((file) => basename(file)), leftOut };
  });
}

function refusal(...parts: string[]): (error: unknown) => boolean {
  return (error) => error instanceof UserError && parts.every((part) => error.message.includes(part));
}

describe("a folder with a file per restart", () => {
  it("is in the order of the numbers, with zeros before them or without", async () => {
    assert.deepEqual((await list(["r-10.data", "r-9.data", "r-1.data"], 3)).files, [
      "r-1.data",
      "r-9.data",
      "r-10.data",
    ]);
    assert.deepEqual((await list(["r-02.data", "r-11.data"], 2)).files, ["r-02.data", "r-11.data"]);
  });

  it("is the largest series of its names; other files count for nothing", async () => {
    const other = ["jent-raw-noise-0001.data", "jent-raw-noise-restart-consolidated.data", "processdata.log", "0.txt"];
    const restarts = ["1", "2", "3"].map((n) => `jent-raw-noise-restart-000${n}-u64.bin`);
    assert.deepEqual(await list([...other, ...restarts], 3), { files: restarts, leftOut: [] });
  });

  it("gives as many as are wanted and names the rest", async () => {
    assert.deepEqual(await list(["a1", "a2", "a3", "a4"], 2), { files: ["a1", "a2"], leftOut: ["a3", "a4"] });
  });

  it("of boot-time tests leaves out the runs that did not finish", async () => {
    const runs = [0, 1, 2].map((n) => `entropy.00000000${n}`);
    const names = [...runs.map((run) => `${run}.bin`), `${runs[0]}.meta`, `${runs[2]}.meta`];
    assert.deepEqual(await list(names, 2), {
      files: [`${runs[0]}.bin`, `${runs[2]}.bin`],
      leftOut: [`${runs[1]}.bin`],
    });
    await assert.rejects(list(names, 3), refusal("2 restarts, not 3"));
  });

  it("with too few is refused with the names that are missing", async () => {
    await assert.rejects(
      list(["r-0001.data", "r-0002.data", "r-0005.data"], 1000),
      refusal("3 restarts, not 1000", "missing: r-0003.data, r-0004.data"),
    );
    await assert.rejects(list(["r-1", "r-2", "r-900000000"], 1000), refusal("missing: r-3, r-4, r-5"));
    await assert.rejects(list(["notes.txt"], 1000), refusal("0 restarts, not 1000"));
    await assert.rejects(list([], 1000), refusal("0 restarts, not 1000"));
  });

  it("with two files of one number is refused with their names", async () => {
    await assert.rejects(list(["r-1.data", "r-01.data"], 1), refusal("r-1.data", "r-01.data"));
  });

  it("that is missing or no folder ends in a UserError; folders in it are no recordings", async () => {
    await withFolder(async (write, folder) => {
      await assert.rejects(listRestarts(`${folder}/none`, 1), refusal("ENOENT"));
      await assert.rejects(listRestarts(await write("file", "x"), 1), refusal("ENOTDIR"));
      await mkdir(`${folder}/r-1`);
      await assert.rejects(listRestarts(folder, 1), refusal("0 restarts"));
    });
  });
});
