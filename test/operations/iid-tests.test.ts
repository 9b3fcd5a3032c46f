import assert from "node:assert/strict";
import type { IidProgress, IidTests } from "../../src/model/iid";
import { iidTests, type IidEvent } from "../../src/operations/iid-tests";
import { WorkerPool } from "../../src/workers/pool";
import { keystream } from "../datasets";
import { workerScript } from "../workers/fixture";

type Told = Extract<IidEvent, { type: "progress" }>;

function shared(values: Uint8Array): Uint8Array<SharedArrayBuffer> {
  const samples = new Uint8Array(new SharedArrayBuffer(values.length));
  samples.set(values);
  return samples;
}

describe("the tests of section 5, in threads", () => {
  const noise = shared(keystream("iid", 4000).map((byte) => byte & 7));
  let pool: WorkerPool;

  afterEach(() => pool.dispose());

  async function run(
    samples: Uint8Array<SharedArrayBuffer>,
    threads: number,
    signal = new AbortController().signal,
  ): Promise<{ tests: IidTests; progress: readonly IidProgress[]; told: readonly Told[] }> {
    pool = new WorkerPool(workerScript(), threads);
    let now = 0;
    const clock = (): number => (now += 1000);
    const events = iidTests({ samples, seed: 11, all: false, name: "rows" }, pool, signal, [0.25, 0.75], clock);
    const progress: IidProgress[] = [];
    const told: Told[] = [];
    for (;;) {
      const next = await events.next();
      if (next.done === true) return { tests: next.value, progress, told };
      if (next.value.type === "permutations") progress.push(next.value.progress);
      else told.push(next.value);
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

  it("tell no time left until enough is known, and then by the rate of late", async () => {
    const { progress } = await run(noise, 2);
    // the clock above gains a second a batch
    assert.ok(progress.slice(0, 7).every(({ secondsLeft }) => secondsLeft === null));
    const { permutations, expected, secondsLeft } = progress[7];
    const rate = (permutations - progress[0].permutations) / 7;
    assert.equal(secondsLeft, (expected - permutations) / rate);
  });

  it("tell in a line how many, the slowest statistic's counts and the time left, and never go back", async () => {
    const { told, progress } = await run(noise, 2);
    assert.equal(told[0].fraction, 0.25);
    const fractions = told.map(({ fraction }) => Number(fraction));
    assert.deepEqual(
      fractions,
      fractions.toSorted((a, b) => a - b),
    );
    assert.ok(fractions.every((fraction) => fraction <= 0.75));
    assert.match(
      told[9].message,
      /^Permutation \d+ of about \d+, \d+ (s|min|h) left: \d+ of 19 statistics passed, \S+ \d+\/\d+\/\d+ \(rows\)$/,
    );
    assert.equal(told.length, progress.length + 1);
  });

  it("fail samples that drift, by the statistic that sees it", async () => {
    const sorted = shared(noise.toSorted());
    pool = new WorkerPool(workerScript(), 2);
    const abort = new AbortController();
    const request = { samples: sorted, seed: 1, all: false, name: null };
    for await (const event of iidTests(request, pool, abort.signal)) {
      if (event.type !== "permutations" || event.progress.permutations < 50) continue;
      const { permutation } = event.progress;
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
