import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { Journal, newRunId } from "../../../src/openstack/probe/journal";
import { userError } from "../support";

describe("A run's journal", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "journal-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const begin = (run = newRunId()): Promise<Journal> =>
    Journal.begin(join(folder, "runs"), {
      ...{ run, cloud: "north", authUrl: "https://cloud", region: null, project: "p" },
      startedAt: new Date().toISOString(),
    });
  const readBack = async (): Promise<Journal> => (await Journal.all(join(folder, "runs")))[0];

  it("is on disk before anything is asked for, and for its owner alone", async () => {
    const journal = await begin();
    await journal.asking("server", "s");
    assert.equal(statSync(journal.file).mode & 0o777, 0o600);
    const read = await readBack();
    assert.deepEqual(read.header, journal.header);
    assert.deepEqual(read.entries, [{ kind: "server", name: "s", id: null }]);
  });

  it("knows what was made, and forgets what is gone", async () => {
    const journal = await begin();
    await journal.asking("server", "s");
    await journal.made("server", "s", "1");
    await journal.asking("network", "n");
    await journal.gone("server", "s");
    for (const one of [journal, await readBack()])
      assert.deepEqual(one.entries, [{ kind: "network", name: "n", id: null }]);
    await journal.end();
    assert.deepEqual(readdirSync(join(folder, "runs")), []);
  });

  it("is read as far as it goes when the process was killed while it wrote, at any place", async () => {
    const journal = await begin();
    await journal.asking("server", "s");
    await journal.made("server", "s", "1");
    await journal.asking("network", "n");
    const whole = readFileSync(journal.file, "utf8");
    const lines = whole.trimEnd().split("\n");
    for (let length = lines[0].length + 1; length < whole.length; length++) {
      writeFileSync(journal.file, whole.slice(0, length));
      const { entries } = await readBack();
      if (length > lines[0].length + lines[1].length + 1) assert.equal(entries[0].name, "s");
    }
  });

  it("is nothing that is not one", async () => {
    const journal = await begin();
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        writeFileSync(journal.file, text);
        assert.deepEqual(await Journal.all(join(folder, "runs")), []);
      }),
      { numRuns: 30 },
    );
    assert.deepEqual(await Journal.all(join(folder, "nowhere")), []);
  });

  it("may still be written by the process that began it, but not by one that is gone or a day old", async () => {
    const journal = await begin();
    assert.equal((await readBack()).isRunning, true);
    const other = (change: object): void =>
      writeFileSync(journal.file, `${JSON.stringify({ event: "run", ...journal.header, ...change })}\n`);
    other({ pid: 2 ** 22 + 1 });
    assert.equal((await readBack()).isRunning, false);
    other({ pid: process.ppid });
    assert.equal((await readBack()).isRunning, true);
    other({ pid: process.ppid, startedAt: "2020-01-01T00:00:00Z" });
    assert.equal((await readBack()).isRunning, false);
    other({ host: "elsewhere" });
    assert.equal((await readBack()).isRunning, true);
    other({ host: "elsewhere", startedAt: "2020-01-01T00:00:00Z" });
    assert.equal((await readBack()).isRunning, false);
  });

  it("that cannot be written keeps a run from making anything", async () => {
    appendFileSync(join(folder, "runs"), "a file, no folder");
    await assert.rejects(begin(), userError("openstack-journal", "nothing is made"));
  });
});
