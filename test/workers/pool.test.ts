import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../src/errors";
import type { FoundEstimate } from "../../src/model";
import { estimationTasks } from "../../src/sp800-90b/assessment";
import { WorkerPool } from "../../src/workers/pool";
import { keystream } from "../datasets";
import { workerScript } from "./fixture";

const code = (code: string) => (error: unknown) => error instanceof UserError && error.code === code;

/** Threads that misbehave, by the number of samples that they are given. */
const MISBEHAVING = `
const { parentPort } = require("node:worker_threads");
parentPort.on("message", ({ params }) => {
  const n = params.samples.length;
  if (n === 1) process.exit(3);
  if (n === 2) throw new Error("broken");
  if (n === 3) parentPort.postMessage({ type: "err", message: "no memory" });
  if (n === 4) for (;;) ;
  if (n === 5) {
    parentPort.postMessage({ type: "progress", fraction: 0.5 });
    parentPort.postMessage({ type: "ok", value: [] });
  }
});`;

describe("the pool of threads", () => {
  const folder = mkdtempSync(join(tmpdir(), "entropy-check-pool-"));
  const misbehaving = join(folder, "misbehaving.cjs");
  let pool: WorkerPool;

  before(() => writeFileSync(misbehaving, MISBEHAVING));
  after(() => rmSync(folder, { recursive: true }));
  afterEach(() => pool.dispose());

  function start(
    samples: number,
    signal = new AbortController().signal,
    onProgress: (fraction: number) => void = () => undefined,
  ): Promise<readonly FoundEstimate[]> {
    const values = new Uint8Array(new SharedArrayBuffer(samples));
    values.set(keystream("pool", samples));
    const task = estimationTasks(256, 8).find(({ group }) => group === "multi-mmc");
    assert.ok(task);
    return pool.run("estimate", { samples: values, bits: 8, task }, { signal, onProgress });
  }

  it("computes in threads, reading the samples where they are, and tells how far it is", async () => {
    pool = new WorkerPool(workerScript(), 2);
    const heard: number[] = [];
    const [first, second] = await Promise.all([
      start(300_000, undefined, (fraction) => heard.push(fraction)),
      start(1000),
    ]);
    assert.deepEqual([first.length, second.length], [1, 1]);
    assert.ok(heard.length >= 2 && heard.length < 1000 && heard.every((f) => f >= 0 && f <= 1));
    assert.deepEqual(
      heard,
      heard.toSorted((a, b) => a - b),
    );
  });

  it("ends a running job at once when it is aborted, and takes the next", async () => {
    pool = new WorkerPool(misbehaving, 1);
    const abort = new AbortController();
    const stuck = start(4, abort.signal);
    const waiting = start(5);
    abort.abort(new Error("enough"));
    await assert.rejects(stuck, /enough/);
    assert.deepEqual(await waiting, []);
  });

  it("forgets a waiting job that is aborted", async () => {
    pool = new WorkerPool(misbehaving, 1);
    const [ending, abort] = [new AbortController(), new AbortController()];
    const stuck = start(4, ending.signal);
    const waiting = start(1, abort.signal);
    abort.abort(new Error("not wanted"));
    await assert.rejects(waiting, /not wanted/);
    ending.abort(new Error("enough"));
    await assert.rejects(stuck, /enough/);
    assert.deepEqual(await start(5), []);
  });

  it("refuses a job whose signal is aborted already", async () => {
    pool = new WorkerPool(misbehaving, 1);
    await assert.rejects(start(5, AbortSignal.abort(new Error("too late"))), /too late/);
  });

  it("says so when a thread exits, throws, or fails to compute, and goes on with another", async () => {
    pool = new WorkerPool(misbehaving, 1);
    await assert.rejects(start(1), code("workers-thread-crashed"));
    await assert.rejects(start(2), code("workers-thread-crashed"));
    await assert.rejects(start(3), code("workers-computation-failed"));
    assert.deepEqual(await start(5), []);
  });

  it("says so when its script is missing", async () => {
    pool = new WorkerPool(join(folder, "missing.cjs"), 1);
    await assert.rejects(start(5), code("workers-thread-crashed"));
  });

  it("rejects what runs, what waits and what comes when it is disposed", async () => {
    pool = new WorkerPool(misbehaving, 1);
    const outcomes = [start(4), start(5)].map((job) => assert.rejects(job, code("workers-pool-disposed")));
    await pool.dispose();
    await Promise.all(outcomes);
    await assert.rejects(start(5), code("workers-pool-disposed"));
  });
});
