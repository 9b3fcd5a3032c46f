import { readBootTestFile } from "../formats/boot-test-file";
import { chooseFormat } from "../formats/detect-sample-format";
import { estimateReadingMemory } from "../formats/reading-memory";
import { sampleFileSize } from "../formats/sample-file";
import { describeSampleFormat, type SampleFormat, type SampleFormatGuess } from "../formats/sample-format";
import { readSamplesOrigin } from "../formats/samples-origin";
import { requireSubset, type Subset } from "../formats/subset";
import type { SamplesOrigin } from "../model/origin";
import type { PreparationStep } from "../model/preparation";
import type { ReductionRequest } from "../sp800-90b/reduction";
import { bootTestSteps, decodedStep, deltaSteps, subsetStep, trailingSteps } from "./preparation-steps";
import { reduceSamples, type ProgressEvent, type SamplesPart } from "./reduce-samples";

/** A file of samples, and how it shall become symbols. */
export interface ReadSymbolsRequest {
  readonly file: string;
  /** null: guess. */
  readonly format: SampleFormat | null;
  readonly reduction: ReductionRequest;
  /** null: all samples. */
  readonly subset: Subset | null;
}

/** The symbols of a file, and all that was done to get them. */
export interface ReadSymbols {
  /** One symbol per byte, each below 2^bits; shared, so that threads can read them without a copy. */
  readonly symbols: Uint8Array<SharedArrayBuffer>;
  /** The width after reduction; of samples that stayed as they were, that of the highest bit in use. */
  readonly bits: number;
  /** Of the whole file, lower-case hex. */
  readonly sha256: string;
  readonly format: SampleFormat;
  /** null when the request named the format. */
  readonly guess: SampleFormatGuess | null;
  readonly steps: readonly PreparationStep[];
  /** null: no `.meta` file stands beside it. */
  readonly origin: SamplesOrigin | null;
}

/**
 * Reads a file of samples in any format and reduces them to symbols of at most 8 bits. The first event says what memory
 * that can take.
 * @param share of the caller's work that the reading is: its progress goes from 0 to that
 * @throws UserError; the signal's reason when it is aborted
 */
export async function* readSymbols(
  request: ReadSymbolsRequest,
  signal: AbortSignal,
  share = 1,
): AsyncGenerator<ProgressEvent, ReadSymbols> {
  const { file, subset } = request;
  const { format, guess } = await chooseFormat(file, request.format);
  const size = await sampleFileSize(file);
  yield { type: "progress", message: announce(format, size, subset), fraction: 0 };
  const requireSamples = ({ path }: SamplesPart, samples: number): void => {
    if (subset !== null) requireSubset(subset, path, samples);
  };
  const reading = { parts: [{ path: file, subset }], format, reduction: request.reduction, requireSamples };
  const { symbols, plan, reads } = yield* reduceSamples(reading, signal, share);
  const [read] = reads;
  const steps = [
    decodedStep(format, guess),
    ...bootTestSteps(await readBootTestFile(file), size),
    ...trailingSteps(read.trailingBytes),
    ...deltaSteps(format, reads),
    ...(subset === null ? [] : [subsetStep(subset, read.samples)]),
    ...(plan.step === null ? [] : [plan.step]),
  ];
  const origin = await readSamplesOrigin(file, read.sha256);
  return { symbols, bits: plan.reduction.bits, sha256: read.sha256, format, guess, steps, origin };
}

function announce(format: SampleFormat, size: number, subset: Subset | null): string {
  const { samples, bytes } = estimateReadingMemory(format, size, subset);
  const megabytes = Math.ceil(bytes / 1e6).toLocaleString("en");
  return `Reading ${describeSampleFormat(format)}: at most ${samples.toLocaleString("en")} samples, in ${megabytes} MB of memory`;
}
