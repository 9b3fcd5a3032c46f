import assert from "node:assert/strict";
import fc from "fast-check";
import type { SampleTrace } from "../../src/model/health-tests";
import { SampleTracer } from "../../src/operations/sample-trace";
import { HEALTH_TEST_DEFAULTS, HealthTests } from "../../src/sp800-90b/health-tests";
import { keystream } from "../datasets";

const PARAMETERS = { ...HEALTH_TEST_DEFAULTS, binary: false, minEntropy: 7 };

/** The trace of samples that come in chunks of these lengths, the last length again and again. */
function traceOf(samples: ArrayLike<number>, lengths: readonly number[], parameters = PARAMETERS): SampleTrace {
  const tests = new HealthTests(parameters);
  const tracer = new SampleTracer();
  const all = Float64Array.from(samples);
  for (let at = 0, i = 0; at < all.length; i++) {
    const chunk = all.slice(at, at + lengths[Math.min(i, lengths.length - 1)]);
    tests.feed(chunk);
    tracer.add(chunk, tests.firstFailures());
    at += chunk.length;
  }
  return tracer.result();
}

describe("The trace of samples", () => {
  const noise = keystream("trace", 100_000);
  const stuck = Uint8Array.from(noise).fill(7, 50_000, 50_040);

  it("is each sample as long as there are few", () => {
    const { samplesPerBin, least, greatest } = traceOf([5, 3, 9], [2, 1]);
    assert.deepEqual([samplesPerBin, least, greatest], [1, [5, 3, 9], [5, 3, 9]]);
  });

  it("is of bounded size however many samples there are, and of every sample", () => {
    const { samplesPerBin, least, greatest } = traceOf(noise, [65_536]);
    assert.equal(samplesPerBin, 128);
    assert.equal(least.length, Math.ceil(noise.length / samplesPerBin));
    for (const [bin, from] of [
      [0, 0],
      [400, 51_200],
      [781, 99_968],
    ]) {
      const samples = noise.subarray(from, from + samplesPerBin);
      assert.deepEqual([least[bin], greatest[bin]], [Math.min(...samples), Math.max(...samples)]);
    }
  });

  it("holds the samples around a test's first failure, those before the run among them", () => {
    const { repetitionCount, adaptiveProportion } = traceOf(stuck, [65_536]).firstFailure;
    assert.equal(repetitionCount?.start, 50_000 - 64);
    assert.deepEqual(repetitionCount.samples, [...stuck.subarray(50_000 - 64, 50_003 + 65)]);
    assert.equal(adaptiveProportion, null);
  });

  it("has no samples around a failure where there is none", () => {
    const calm = Uint8Array.from({ length: 5000 }, (_, i) => i);
    assert.deepEqual(traceOf(calm, [1000]).firstFailure, { repetitionCount: null, adaptiveProportion: null });
  });

  it("shows the end of a run that is longer than there is room for", () => {
    const { repetitionCount } = traceOf(new Uint8Array(4000), [700], { ...PARAMETERS, minEntropy: 0.01 }).firstFailure;
    assert.deepEqual([repetitionCount?.start, repetitionCount?.samples.length], [2001 + 64 - 1024, 1024]);
  });

  it("ends with the samples, if they end soon after the failure", () => {
    const { repetitionCount } = traceOf(stuck.subarray(0, 50_010), [4096]).firstFailure;
    assert.equal(repetitionCount?.samples.length, 74);
  });

  it("is the same however the samples are cut into chunks", () => {
    const whole = traceOf(stuck, [stuck.length]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 100, max: 60_000 }), { minLength: 1, maxLength: 8 }), (lengths) => {
        assert.deepEqual(traceOf(stuck, lengths), whole);
      }),
      { numRuns: 30 },
    );
    assert.deepEqual(traceOf(stuck.subarray(0, 51_000), [1]), traceOf(stuck.subarray(0, 51_000), [51_000]));
  });
});
