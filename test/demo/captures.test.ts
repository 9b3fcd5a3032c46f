import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { NOISE_PROGRAM } from "../../src/demo/captures";
import { startDemoMachine, type DemoMachine } from "../../src/demo/machine";
import type { CaptureSource } from "../../src/machine/capture";
import { parseMachineAddress } from "../../src/machine/target";
import type { InventoryReport } from "../../src/model/inventory";
import type { CollectionReport } from "../../src/model/collection";
import { collectRestarts } from "../../src/operations/collect-restarts";
import { collectSamples, type CollectRequest } from "../../src/operations/collect-samples";
import { inventoryMachine } from "../../src/operations/take-inventory";
import { inventoryRows } from "../../src/report/inventory-text";
import { generateKey, NO_SERVICES, publicKey, temporaryFolder } from "../ssh/sshd";

describe("the demo machines, when one collects from them", () => {
  const folder = temporaryFolder();
  const machines: DemoMachine[] = [];
  const never = new AbortController().signal;
  const noise: CaptureSource = { kind: "command", command: NOISE_PROGRAM };
  let services = NO_SERVICES;
  let made = 0;

  before(async () => {
    const [key, host] = ["key", "host"].map((name) => generateKey(folder.path, name));
    const options = { port: 0, hostKey: readFileSync(host, "utf8"), user: "demo", authorizedKey: publicKey(key) };
    for (const healthy of [true, false]) machines.push(await startDemoMachine({ ...options, healthy }));
    const knownHosts = join(folder.path, "known_hosts");
    writeFileSync(knownHosts, machines.map(({ port }) => `[127.0.0.1]:${port} ${publicKey(host)}\n`).join(""));
    services = { ...NO_SERVICES, knownHostsFiles: [knownHosts], identityFiles: [key] };
  });
  after(async () => {
    await Promise.all(machines.map((machine) => machine.close()));
    folder.remove();
  });

  const target = (healthy: boolean) => parseMachineAddress(`ssh://demo@127.0.0.1:${machines[healthy ? 0 : 1].port}`);

  async function collect(healthy: boolean, source: CaptureSource, more: Partial<CollectRequest> = {}) {
    const file = join(folder.path, `samples-${made++}.bin`);
    const asked = { source, count: 100_000, format: null, bits: 8, claim: null, file, resume: false };
    let report: CollectionReport | null = null;
    for await (const event of collectSamples({ target: target(healthy), ...asked, ...more }, services, never))
      if (event.type === "report") report = event.report;
    return report ?? assert.fail();
  }

  async function restarts(healthy: boolean): Promise<Buffer> {
    const path = join(folder.path, `restarts-${made++}.bin`);
    const request = { method: { kind: "process" as const }, source: noise, restarts: 20, samplesPerRestart: 50 };
    const asked = { target: target(healthy), ...request, format: null, path, resume: false };
    const collecting = collectRestarts(asked, services, never);
    while ((await collecting.next()).done !== true);
    return readFileSync(path);
  }

  async function inventory(healthy: boolean): Promise<InventoryReport> {
    const taking = inventoryMachine(target(healthy), services, never);
    for (;;) {
      const step = await taking.next();
      if (step.done === true) return step.value;
    }
  }

  it("give samples of their devices and of their one program, with the SHA-256 of what they sent", async () => {
    for (const source of [{ kind: "hwrng" }, { kind: "random" }, noise] as const) {
      const { file, sha256, segments, short } = await collect(true, source);
      assert.equal(short, null);
      assert.equal(createHash("sha256").update(readFileSync(file)).digest("hex"), sha256);
      assert.deepEqual(
        segments.map(({ sha256There }) => sha256There),
        [sha256],
      );
    }
  });

  it("give the program's samples of four bits, on a bell curve", async () => {
    const bytes = readFileSync((await collect(true, noise)).file);
    const counts = Array.from({ length: 16 }, (_, value) => bytes.filter((byte) => byte === value).length);
    assert.equal(
      counts.reduce((a, b) => a + b),
      100_000,
    );
    // 7 and 8 come 19.6 % of the time each: 40 standard deviations from 25 % and from 15 %
    for (const count of [counts[7], counts[8]]) assert.ok(count > 15_000 && count < 25_000, String(count));
  });

  it("say what they have not: a recorder, a file, another program, and of the weak one a device", async () => {
    const asked: readonly (readonly [boolean, CaptureSource])[] = [
      [true, { kind: "jitter-recorder" }],
      [true, { kind: "jitter-kernel" }],
      [true, { kind: "file", path: "/etc/passwd" }],
      [true, { kind: "command", command: "id" }],
      [false, { kind: "hwrng" }],
    ];
    for (const [healthy, source] of asked)
      await assert.rejects(collect(healthy, source), {
        code: "collect-nothing",
        message: /exit code 127: the demo machine has no such source/,
      });
  });

  it("start their program anew for each restart: the weak one with the same samples each time", async () => {
    const different = (matrix: Buffer) =>
      new Set(Array.from({ length: 20 }, (_, i) => matrix.toString("hex", i * 50, (i + 1) * 50))).size;
    assert.equal(different(await restarts(true)), 20);
    assert.equal(different(await restarts(false)), 1);
  });

  it("go on after what came of the weak one's program, which repeats itself", async () => {
    const { file } = await collect(false, noise);
    const whole = readFileSync(file);
    const cut = join(folder.path, "cut.bin");
    writeFileSync(cut, whole.subarray(0, 40_001));
    const address = `ssh://demo@127.0.0.1:${machines[1].port}`;
    const journal = { machine: address, from: "command", command: NOISE_PROGRAM, format: "bytes", wanted: 100_000 };
    writeFileSync(`${cut}.unfinished`, JSON.stringify({ ...journal, startedAt: "2026-01-01T00:00:00Z", starts: [0] }));
    const report = await collect(false, noise, { file: cut, resume: true });
    assert.equal(report.segments.length, 1);
    assert.deepEqual(readFileSync(cut), whole);
  });

  it("tell what randomness they have, and the weak one's account may not read the kernel's log", async () => {
    const report = await inventory(true);
    const weak = (await inventory(false)).inventory;
    assert.deepEqual(
      inventoryRows(report).filter(({ observation }) => observation.status === "unmeasured"),
      [],
    );
    assert.equal(weak.crngInit.status, "unmeasured");
    assert.ok(weak.processor.status === "measured" && weak.processor.value.instructions.length === 0);
  });
});
