import assert from "node:assert/strict";
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseMachineAddress } from "../../src/machine/target";
import { filesInTheWay, keptBytes, removeFiles } from "../../src/operations/collection-places";
import { unfinished } from "../../src/operations/unfinished";
import { collectSamples, type CollectRequest } from "../../src/operations/collect-samples";
import { NO_SERVICES, temporaryFolder } from "../ssh/sshd";

const SAMPLES = 100_000;

describe("where samples are collected", () => {
  const folder = temporaryFolder();
  const path = (name: string): string => join(folder.path, name);

  /** Collects, and cancels as soon as so many samples have come; null: never. */
  async function collect(file: string, command: string, cancelAt: number | null): Promise<void> {
    const abort = new AbortController();
    const request: CollectRequest = {
      target: parseMachineAddress("local"),
      source: { kind: "command", command },
      count: SAMPLES,
      format: null,
      bits: 8,
      claim: null,
      file,
      resume: false,
    };
    for await (const event of collectSamples(request, NO_SERVICES, abort.signal))
      if (event.type === "running" && cancelAt !== null && event.running.samples >= cancelAt) abort.abort();
  }

  it("nothing is in the way of a new file", async () => {
    assert.deepEqual(await filesInTheWay(path("new.bin")), []);
  });

  it("the samples and their .meta are in the way of another collection, which can begin when they are gone", async () => {
    const file = path("done.bin");
    await collect(file, "head -c 100000 /dev/urandom", null);
    assert.deepEqual(await filesInTheWay(file), [file, path("done.meta")]);
    await assert.rejects(collect(file, "head -c 100000 /dev/urandom", null), { code: "collect-exists" });
    await removeFiles(await filesInTheWay(file));
    await collect(file, "head -c 100000 /dev/urandom", null);
    assert.equal(statSync(file).size, SAMPLES);
  });

  it("a cancelled collection keeps what came, and tells as what it was begun", async () => {
    const file = path("cancelled.bin");
    const command = "head -c 50000 /dev/urandom; exec sleep 600";
    await assert.rejects(collect(file, command, 1), { name: "AbortError" });
    assert.deepEqual(await filesInTheWay(file), [file, path("cancelled.bin.unfinished")]);
    const kept = statSync(file).size;
    assert.ok(kept > 0 && kept <= 50_000);
    assert.equal(await keptBytes(file), kept);
    assert.deepEqual(await unfinished(file), {
      kind: "samples",
      machine: "local",
      source: { kind: "command", command },
      count: SAMPLES,
      format: { kind: "bytes" },
    });
  });

  it("an empty file is not kept, and a finished one is not unfinished", async () => {
    const file = path("done.bin");
    assert.equal(await keptBytes(file), null);
    assert.equal(statSync(file).size, SAMPLES);
    await assert.rejects(unfinished(file), { code: "collect-not-resumable" });
    const empty = path("empty.bin");
    for (const each of [empty, `${empty}.unfinished`]) writeFileSync(each, "");
    assert.equal(await keptBytes(empty), null);
    assert.deepEqual(
      readdirSync(folder.path).filter((name) => name.startsWith("empty")),
      [],
    );
  });

  it("a journal that names no source of ours is refused", async () => {
    const file = path("strange.bin");
    const journal = { machine: "local", from: "rm -rf", command: null, format: "bytes", wanted: 1000 };
    writeFileSync(`${file}.unfinished`, JSON.stringify({ ...journal, startedAt: "2026-01-01T00:00:00Z", starts: [0] }));
    await assert.rejects(unfinished(file), { code: "collect-not-resumable" });
  });
});
