import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../src/errors";
import type { HealthTestFailure, HealthTestParameters } from "../../src/model/health-tests";
import { HEALTH_TEST_DEFAULTS, HealthTests, healthTests } from "../../src/sp800-90b/health-tests";

const settings: HealthTestParameters = { ...HEALTH_TEST_DEFAULTS, minEntropy: 4, binary: false };

/** 4.4.1 as it is written: A is the last sample, B how often it came in a row. */
function repetitionCountAsWritten(samples: readonly number[], c: number): HealthTestFailure[] {
  const failures: HealthTestFailure[] = [];
  let a = samples[0];
  let b = 1;
  for (let i = 1; i < samples.length; i++) {
    const x = samples[i];
    if (x === a) {
      b++;
      if (b === c) failures.push({ position: i, start: i - b + 1, symbol: a });
    } else {
      a = x;
      b = 1;
    }
  }
  return failures;
}

/** 4.4.2 as it is written, window by window; a window that has failed is not counted again. */
function adaptiveProportionAsWritten(samples: readonly number[], w: number, c: number): HealthTestFailure[] {
  const failures: HealthTestFailure[] = [];
  for (let start = 0; start < samples.length; start += w) {
    const a = samples[start];
    let b = 1;
    for (let i = start + 1; i < Math.min(start + w, samples.length); i++) {
      if (samples[i] === a) b++;
      if (b >= c) {
        failures.push({ position: i, start, symbol: a });
        break;
      }
    }
  }
  return failures;
}

/** Samples in which some values stick for a while. */
const noise = fc
  .array(fc.tuple(fc.nat({ max: 3 }), fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 400 }))), { maxLength: 60 })
  .map((runs) => runs.flatMap(([symbol, length]) => Array.from({ length }, () => symbol)));

describe("the health tests of 4.4", () => {
  it("find what the standard's own steps find, at the same places, however the stream is cut into chunks", () => {
    const entropy = fc.double({ min: 0.05, max: 1, noNaN: true });
    const cuts = fc.array(fc.nat({ max: 5000 }), { maxLength: 5 });
    const rule = fc.constantFrom("sp800-90b", "corrected");
    fc.assert(
      fc.property(noise, cuts, entropy, fc.boolean(), rule, (samples, cutsAt, minEntropy, binary, by) => {
        const tests = new HealthTests({ ...settings, minEntropy, binary, rule: by });
        const edges = [0, ...cutsAt.map((at) => Math.min(at, samples.length)).sort((a, b) => a - b), samples.length];
        for (let i = 1; i < edges.length; i++) tests.feed(Uint8Array.from(samples.slice(edges[i - 1], edges[i])));
        const { repetitionCount, adaptiveProportion, startUp, ...result } = tests.result();
        const runs = repetitionCountAsWritten(samples, repetitionCount.cutoff);
        const { window, cutoff } = adaptiveProportion;
        const windows = adaptiveProportionAsWritten(samples, window, cutoff);
        assert.equal(result.samples, samples.length);
        assert.deepEqual(repetitionCount.listed, runs);
        assert.equal(repetitionCount.failures, runs.length);
        assert.deepEqual(adaptiveProportion.listed, windows);
        assert.equal(adaptiveProportion.failures, windows.length);
        assert.equal(startUp.failures, [...runs, ...windows].filter((f) => f.position < 1024).length);
      }),
      { numRuns: 300 },
    );
  });

  it("pass a source that cycles through its values", () => {
    const result = healthTests(
      Uint8Array.from({ length: 4096 }, (_, i) => i & 15),
      settings,
    );
    assert.equal(result.verdict, "pass");
    assert.equal(result.repetitionCount.most, 1);
    assert.equal(result.adaptiveProportion.most, 32);
  });

  it("count a stuck value once a run and once a window, at the sample that reaches the cutoff", () => {
    const samples = Uint16Array.from({ length: 4096 }, (_, i) => (i >= 2000 && i < 3000 ? 777 : i % 600));
    const { repetitionCount, adaptiveProportion, startUp, verdict } = healthTests(samples, settings);
    assert.equal(repetitionCount.cutoff, 6);
    assert.deepEqual(repetitionCount.listed, [{ position: 2005, start: 2000, symbol: 777 }]);
    assert.equal(repetitionCount.most, 1000);
    assert.deepEqual(adaptiveProportion.listed, [
      { position: 2048 + 61, start: 2048, symbol: 777 },
      { position: 2560 + 61, start: 2560, symbol: 777 },
    ]);
    assert.equal(adaptiveProportion.failures, 2);
    assert.equal(startUp.verdict, "pass");
    assert.equal(verdict, "fail");
  });

  it("fail the start-up test for a failure among its samples only", () => {
    const stuckFrom = (start: number) =>
      Uint8Array.from({ length: 8192 }, (_, i) => (i >= start && i < start + 6 ? 99 : i & 15));
    assert.equal(healthTests(stuckFrom(1018), settings).startUp.verdict, "fail");
    assert.equal(healthTests(stuckFrom(1019), settings).startUp.verdict, "pass");
    assert.equal(healthTests(stuckFrom(1019), { ...settings, startUpSamples: 2048 }).startUp.verdict, "fail");
  });

  it("count every failure but list a bounded number", () => {
    const samples = Uint8Array.from({ length: 120_000 }, (_, i) => (i / 6) & 1);
    const { repetitionCount } = healthTests(samples, settings);
    assert.equal(repetitionCount.failures, 20_000);
    assert.equal(repetitionCount.listed.length, 10_000);
    assert.equal(healthTests(samples.subarray(0, 60_000), settings).repetitionCount.listed.at(-1)?.position, 59_999);
  });

  it("are inconclusive before the start-up samples have come", () => {
    const result = healthTests(
      Uint8Array.from({ length: 1023 }, (_, i) => i & 15),
      settings,
    );
    assert.deepEqual([result.startUp.verdict, result.verdict], ["inconclusive", "inconclusive"]);
    assert.equal(healthTests([], settings).repetitionCount.verdict, "inconclusive");
  });

  it("are inconclusive where the claimed entropy is so low that a stuck source would pass", () => {
    const { adaptiveProportion } = healthTests(new Uint8Array(2000), { ...settings, minEntropy: 0.01 });
    assert.deepEqual([adaptiveProportion.cutoff, adaptiveProportion.verdict], [513, "inconclusive"]);
  });

  it("tell what they have found so far while the stream goes on", () => {
    const tests = new HealthTests(settings);
    tests.feed(new Uint8Array(5));
    const before = tests.result();
    tests.feed(new Uint8Array(1));
    assert.equal(before.repetitionCount.failures, 0);
    assert.equal(tests.result().repetitionCount.failures, 1);
    assert.deepEqual(before.repetitionCount.listed, []);
  });

  for (const wrong of [
    { minEntropy: 0 },
    { minEntropy: Number.NaN },
    { minEntropy: 1.5, binary: true },
    { alpha: 0 },
    { alpha: 1 },
    { alpha: Number.NaN },
    { startUpSamples: 1023 },
    { startUpSamples: 1024.5 },
  ])
    it(`refuse ${JSON.stringify(wrong)} with a remedy`, () => {
      assert.throws(() => new HealthTests({ ...settings, ...wrong }), UserError);
    });
});
