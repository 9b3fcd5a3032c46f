import { basename } from "node:path";
import { judgeHealthTests } from "../compliance/health-tests";
import { judgeOrigin } from "../compliance/samples-origin";
import { readBootTestFile } from "../formats/boot-test-file";
import { chooseFormat } from "../formats/detect-sample-format";
import { readNumbers } from "../formats/read-numbers";
import { sampleFileEmpty, sampleTooWide } from "../formats/sample-errors";
import { sampleFileSize } from "../formats/sample-file";
import type { SampleFormat } from "../formats/sample-format";
import { readSamplesOrigin } from "../formats/samples-origin";
import type { HealthTestsReport, OperationEvent, SamplesSource } from "../model";
import type { AdaptiveProportionRule } from "../model/health-tests";
import { closeReport } from "../report/build";
import { parameterRange } from "../sp800-90b/errors";
import { HealthTests } from "../sp800-90b/health-tests";
import { bootTestSteps, decodedStep, deltaSteps, trailingSteps } from "./preparation-steps";
import type { ProgressEvent } from "./reduce-samples";
import { SampleTracer } from "./sample-trace";
import { formatToRead } from "./symbol-width";

export { HEALTH_TEST_DEFAULTS } from "../sp800-90b/health-tests";

/** Samples of more bits are not told apart by doubles. */
const MOST_BITS = 53;

/** A file of samples, and what the tests are set to. */
export interface HealthTestsRequest {
  readonly file: string;
  /** null: one sample per byte if they are that narrow, else a guess. */
  readonly format: SampleFormat | null;
  /** Bits per sample, 1 to 53: 1 is a binary source. */
  readonly bits: number;
  /** H, bits per sample: what the source is claimed to give. */
  readonly minEntropy: number;
  readonly alpha: number;
  readonly rule: AdaptiveProportionRule;
  readonly startUpSamples: number;
}

/**
 * Runs the health tests of 4.4 over a file of samples of any width, in memory that does not depend on its size.
 * @throws UserError for a file that cannot be read or holds wider samples; the signal's reason when it is aborted
 */
export async function* healthTestsOfFile(
  request: HealthTestsRequest,
  signal: AbortSignal,
): AsyncGenerator<OperationEvent<HealthTestsReport>> {
  const startedAt = new Date().toISOString();
  const { file, bits, format: named, minEntropy, alpha, rule, startUpSamples } = request;
  checkWidth(bits, minEntropy);
  const tests = new HealthTests({ minEntropy, alpha, binary: bits === 1, rule, startUpSamples });
  const { format, guess } = await chooseFormat(file, formatToRead(named, bits <= 8 ? bits : null));
  const samples = new SampleStream(file, bits);
  const progress = (fraction: number): ProgressEvent => ({
    type: "progress",
    message: "Running the health tests",
    fraction,
  });
  const tracer = new SampleTracer();
  const feed = (lo: Uint32Array, hi: Uint32Array, length: number): void => {
    const next = samples.combine(lo, hi, length);
    tests.feed(next);
    tracer.add(next, tests.firstFailures());
  };
  const read = yield* readNumbers(file, format, feed, progress, signal);
  if (read.samples === 0) throw sampleFileEmpty(file);
  const healthTests = tests.result();
  const preparation = [
    decodedStep(format, guess),
    ...bootTestSteps(await readBootTestFile(file), await sampleFileSize(file)),
    ...trailingSteps(read.trailingBytes),
    ...deltaSteps(format, [read]),
  ];
  const origin = await readSamplesOrigin(file, read.sha256);
  const source: SamplesSource = { kind: "samples", name: basename(file), file };
  const subject = { kind: "samples", id: file, name: source.name } as const;
  const body = {
    kind: "health-tests" as const,
    source,
    startedAt,
    findings: [...judgeHealthTests(healthTests, subject), ...judgeOrigin(origin, read.sha256, subject)],
    input: { file, sha256: read.sha256, bits, preparation, ...(origin === null ? {} : { origin }) },
    healthTests,
    trace: tracer.result(),
  };
  yield { type: "report", report: closeReport<HealthTestsReport>(body, new Date().toISOString()) };
}

function checkWidth(bits: number, minEntropy: number): void {
  if (!(Number.isInteger(bits) && bits >= 1 && bits <= MOST_BITS))
    throw parameterRange(
      "The number of bits per sample",
      bits,
      `a whole number from 1 to ${MOST_BITS}`,
      "Give the width of the samples that the source emits.",
    );
  if (minEntropy > bits)
    throw parameterRange(
      "The min-entropy H",
      minEntropy,
      `at most ${bits}, the bits per sample`,
      "Give the entropy that the source is claimed to have, in bits per sample (3.1.3).",
    );
}

/** Samples as they come, as numbers that were held to the stated width. */
class SampleStream {
  #before = 0;

  constructor(
    private readonly file: string,
    private readonly bits: number,
  ) {}

  combine(lo: Uint32Array, hi: Uint32Array, length: number): Float64Array {
    const limit = 2 ** this.bits;
    const samples = new Float64Array(length);
    for (let i = 0; i < length; i++) {
      const sample = hi[i] * 2 ** 32 + lo[i];
      if (sample >= limit) throw sampleTooWide(this.file, this.bits, sample, this.#before + i);
      samples[i] = sample;
    }
    this.#before += length;
    return samples;
  }
}
