import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import type { IidProgress, IidTests } from "../../src/model/iid";
import { iidTests } from "../../src/operations/iid-tests";
import { WorkerPool } from "../../src/workers/pool";
import { keystream } from "../datasets";

function shared(values: Uint8Array): Uint8Array<SharedArrayBuffer> {
  const samples = new Uint8Array(new SharedArrayBuffer(values.length));
  samples.set(values);
  return samples;
}

describe("the tests of section 5, in threads", () => {
  const folder = mkdtempSync(join(tmpdir(), "entropy-check-iid-"));
  const script = join(folder, "thread.cjs");
  const noise = shared(keystream("iid", 4000).map((byte) => byte & 7));
  let pool: WorkerPool;

  before(() =>
    build({
      entryPoints: ["src/workers/thread.ts"],
      outfile: script,
      bundle: true,
      platform: "node",
      logLevel: "error",
    }),
  );
  after(() => rmSync(folder, { recursive: true }));
  afterEach(() => pool.dispose());

  async function run(
    samples: Uint8Array<SharedArrayBuffer>,
    threads: number,
    signal = new AbortController().signal,
  ): Promise<{ tests: IidTests; progress: readonly IidProgress[] }> {
    pool = new WorkerPool(script, threads);
    const events = iidTests({ samples, seed: 11, all: false }, pool, signal);
    const progress: IidProgress[] = [];
    for (;;) {
      const next = await events.next();
      if (next.done === true) return { tests: next.value, progress };
      progress.push(next.value);
    }
  }

  it("give the same counts and the same verdict for a seed, however many threads there are", async () => {
    const one = await run(noise, 1);
    await pool.dispose();
    assert.deepEqual((await run(noise, 3)).tests, one.tests);
  });

  it("show the counts of every statistic as they come, and how long it will probably take", async () => {
    const { tests, progress } = await run(noise, 2);
    assert.ok(progress.length > 1);
    const counts = progress.map(({ permutations }) => permutations);
    assert.deepEqual(
      counts,
      counts.toSorted((a, b) => a - b),
    );
    assert.deepEqual(progress.at(-1)?.permutation, tests.permutation);
    assert.ok(progress.every(({ permutations, expected }) => expected >= permutations && expected <= 10_000));
  });

  it("fail samples that drift, by the statistic that sees it", async () => {
    const sorted = shared(noise.toSorted());
    pool = new WorkerPool(script, 2);
    const abort = new AbortController();
    for await (const { permutations, permutation } of iidTests(
      { samples: sorted, seed: 1, all: false },
      pool,
      abort.signal,
    )) {
      if (permutations < 50) continue;
      assert.deepEqual([permutation.excursion.greater, permutation.excursion.passed], [0, false]);
      break;
    }
  });

  it("stop at once when they are aborted", async () => {
    const abort = new AbortController();
    const outcome = assert.rejects(run(shared(keystream("long", 300_000)), 2, abort.signal), /enough/);
    setTimeout(() => abort.abort(new Error("enough")), 100);
    await outcome;
  });
});
