import assert from "node:assert/strict";
import { appendFileSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseSampleFormat } from "../../src/formats/sample-format";
import { parseMachineAddress } from "../../src/machine/target";
import { collectRestarts, type CollectRestartsRequest } from "../../src/operations/collect-restarts";
import { unfinished } from "../../src/operations/unfinished";
import { NO_SERVICES, temporaryFolder } from "../ssh/sshd";

describe("a collection of restarts that was interrupted", () => {
  const folder = temporaryFolder();
  const path = (name: string): string => join(folder.path, name);
  after(() => folder.remove());

  /** Cancelled once `stopAt` of 6 restarts have come. */
  async function interrupted(more: Partial<CollectRestartsRequest>, stopAt = 1): Promise<CollectRestartsRequest> {
    const abort = new AbortController();
    const request: CollectRestartsRequest = {
      target: parseMachineAddress("local"),
      method: { kind: "process" },
      source: { kind: "command", command: "yes | head -c 20; sleep 0.2" },
      restarts: 6,
      samplesPerRestart: 10,
      format: null,
      path: path("restarts.bin"),
      resume: false,
      ...more,
    };
    const collect = async () => {
      for await (const { message } of collectRestarts(request, NO_SERVICES, abort.signal))
        if (message.startsWith(`${stopAt} of 6`)) abort.abort();
    };
    await assert.rejects(collect(), { name: "AbortError" });
    return request;
  }

  it("tells as what it was begun and how many restarts are whole, and goes on as that", async () => {
    const request = await interrupted({});
    appendFileSync(request.path, "half");
    const found = await unfinished(request.path);
    assert.ok(found.kind === "restarts");
    const { done, ...begun } = found;
    assert.ok(done >= 1 && done < 6, String(done));
    assert.deepEqual(begun, {
      kind: "restarts",
      machine: "local",
      method: "process",
      source: request.source,
      restarts: 6,
      samplesPerRestart: 10,
      format: { kind: "bytes" },
    });
    const again = { ...request, source: begun.source, format: begun.format, resume: true };
    const events = collectRestarts(again, NO_SERVICES, new AbortController().signal);
    let step = await events.next();
    while (step.done !== true) step = await events.next();
    assert.equal(step.value.restarts, 6);
  });

  it("tells so of a folder and of numbers per line, too", async () => {
    const lines = {
      source: { kind: "command", command: "seq 10; sleep 0.2" },
      format: parseSampleFormat("decimal"),
    } as const;
    for (const place of [path("numbers.txt"), `${path("folder")}/`]) {
      await interrupted({ ...lines, path: place });
      const found = await unfinished(place.replace(/\/$/, ""));
      assert.ok(found.kind === "restarts" && found.done >= 1, JSON.stringify(found));
      assert.deepEqual(found.format, lines.format);
    }
  });

  it("is refused when no restart is whole, or it names a method of another program", async () => {
    const journal = { machine: "local", command: "x", format: "bytes", wanted: 60, startedAt: "2026-01-01T00:00:00Z" };
    const begin = (name: string, method: string): string => {
      const from = `10 samples each of restarts by ${method} of command`;
      writeFileSync(path(name), "half");
      writeFileSync(`${path(name)}.unfinished`, JSON.stringify({ ...journal, from, starts: [0] }));
      return path(name);
    };
    await assert.rejects(unfinished(begin("none.bin", "process")), { code: "collect-not-resumable" });
    assert.ok(!existsSync(path("none.bin")));
    await assert.rejects(unfinished(begin("other.bin", "incantation")), { code: "collect-not-resumable" });
    assert.ok(existsSync(path("other.bin")));
  });

  it("tells of boots which definition and command line they are of", async () => {
    const commandLine = "quiet kernel.entropy-test.src=hw_rng kernel.entropy-test.len=10";
    const journal = {
      command: commandLine,
      format: "bytes",
      wanted: 60,
      startedAt: "2026-01-01T00:00:00Z",
      starts: [0],
    };
    const begin = (name: string, machine: string): string => {
      writeFileSync(path(name), "0123456789abcdefghijklm");
      const from = "10 samples each of restarts by boot of hw_rng";
      writeFileSync(`${path(name)}.unfinished`, JSON.stringify({ ...journal, machine, from }));
      return path(name);
    };
    const file = "/lab/vm.boot-test.yaml";
    assert.deepEqual(await unfinished(begin("boots.bin", `boot-test:${file}`)), {
      kind: "boots",
      file,
      commandLine,
      restarts: 6,
      samplesPerRestart: 10,
      done: 2,
    });
    await assert.rejects(unfinished(begin("no-boots.bin", "local")), { code: "collect-not-resumable" });
  });
});
