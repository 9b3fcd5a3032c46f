import type { SampleVisitor } from "../formats/number-stream";
import { readNumbers, type NumbersRead } from "../formats/read-numbers";
import { sampleFileChanged, sampleFileTooShort, samplesDoNotFit, samplesTooMany } from "../formats/sample-errors";
import { describeSampleFormat, numberWidth, type SampleFormat } from "../formats/sample-format";
import { withinSubset, type Subset } from "../formats/subset";
import type { OperationEvent } from "../model";
import { planReduction, reducerOf, type ReductionPlan, type ReductionRequest } from "../sp800-90b/reduction";
import { SymbolSurvey } from "../sp800-90b/symbol-survey";

/** The estimators number the bits of all samples with 31 bits. */
const MOST_SAMPLES = 2 ** 28 - 1;

export type ProgressEvent = Extract<OperationEvent, { type: "progress" }>;

/** A file and the samples of it that count; null: all. */
export interface SamplesPart {
  readonly path: string;
  readonly subset: Subset | null;
}

/** Files of one format, and how they shall become symbols. */
export interface SamplesReading {
  readonly parts: readonly SamplesPart[];
  readonly format: SampleFormat;
  readonly reduction: ReductionRequest;
  /** Throws when a file holds too few samples. */
  readonly requireSamples: (part: SamplesPart, samples: number) => void;
}

/** The symbols of some files, end to end. */
export interface ReducedSamples {
  /** Shared, so that threads can read them without a copy. */
  readonly symbols: Uint8Array<SharedArrayBuffer>;
  readonly plan: ReductionPlan;
  /** What each file was found to hold. */
  readonly reads: readonly NumbersRead[];
}

/**
 * Reads files of one format and reduces their samples, all in the same way, to symbols of at most 8 bits. Every file is
 * read twice, first to survey the values and then to reduce them, so that only the symbols stand in memory.
 * @param share of the caller's work that this is: its progress goes from 0 to that
 * @throws UserError; the signal's reason when it is aborted
 */
export async function* reduceSamples(
  reading: SamplesReading,
  signal: AbortSignal,
  share = 1,
): AsyncGenerator<ProgressEvent, ReducedSamples> {
  const { parts, format, reduction } = reading;
  const survey = new SymbolSurvey(numberWidth(format));
  const reads = yield* readParts(reading, (lo, hi, length) => survey.add(lo, hi, length), 0, share, signal);
  if (survey.samples === 0) throw sampleFileTooShort(parts[0].path, describeSampleFormat(format));
  const plan = planReduction(survey, reduction);
  const symbols = allocate(survey.samples, parts[0].path);
  const reduce = reducerOf(plan.reduction);
  let at = 0;
  const write: SampleVisitor = (lo, hi, length) => {
    reduce(lo, hi, length, symbols, at);
    at += length;
  };
  const again = yield* readParts(reading, write, 1, share, signal);
  again.forEach(({ sha256 }, i) => {
    if (sha256 !== reads[i].sha256) throw sampleFileChanged(parts[i].path);
  });
  return { symbols, plan, reads };
}

async function* readParts(
  { parts, format, requireSamples }: SamplesReading,
  visit: SampleVisitor,
  pass: 0 | 1,
  share: number,
  signal: AbortSignal,
): AsyncGenerator<ProgressEvent, readonly NumbersRead[]> {
  const reads: NumbersRead[] = [];
  const message = pass === 0 ? "Surveying the samples" : "Reducing the samples to symbols";
  for (const [i, part] of parts.entries()) {
    const { path, subset } = part;
    const progress = (fraction: number): ProgressEvent => ({
      type: "progress",
      message,
      fraction: (share * (pass + (i + fraction) / parts.length)) / 2,
    });
    const read = yield* readNumbers(
      path,
      format,
      subset === null ? visit : withinSubset(subset, visit),
      progress,
      signal,
    );
    requireSamples(part, read.samples);
    reads.push(read);
  }
  return reads;
}

function allocate(samples: number, path: string): Uint8Array<SharedArrayBuffer> {
  if (samples > MOST_SAMPLES) throw samplesTooMany(path, samples, MOST_SAMPLES);
  try {
    return new Uint8Array(new SharedArrayBuffer(samples));
  } catch {
    throw samplesDoNotFit(path, samples);
  }
}
