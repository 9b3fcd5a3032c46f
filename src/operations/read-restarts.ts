import { basename } from "node:path";
import { chooseFormat } from "../formats/detect-sample-format";
import { listRestarts } from "../formats/restart-folder";
import { restartTooShort } from "../formats/sample-errors";
import type { SampleFormat } from "../formats/sample-format";
import type { PreparationStep } from "../model/preparation";
import type { ReductionRequest } from "../sp800-90b/reduction";
import { RESTARTS, SAMPLES_PER_RESTART } from "../sp800-90b/restart";
import { decodedStep, deltaSteps, restartsStep } from "./preparation-steps";
import { reduceSamples, type ProgressEvent, type SamplesPart } from "./reduce-samples";

/** A folder with a file per restart, and how its samples shall become symbols. */
export interface ReadRestartsRequest {
  readonly folder: string;
  /** null: guess from the first file. */
  readonly format: SampleFormat | null;
  /** The same as for the sequential dataset. */
  readonly reduction: ReductionRequest;
}

/** The row dataset of 3.1.4.1, and all that was done to get it. */
export interface ReadRestarts {
  /** 1000 x 1000 symbols, a row a restart; shared, so that threads can read them without a copy. */
  readonly matrix: Uint8Array<SharedArrayBuffer>;
  readonly bits: number;
  readonly files: readonly { readonly file: string; readonly sha256: string }[];
  readonly steps: readonly PreparationStep[];
}

/**
 * The first recording of a folder with a file per restart: the one that the format is guessed from.
 * @throws UserError, naming what is missing
 */
export async function firstRestart(folder: string): Promise<string> {
  const { files } = await listRestarts(folder, RESTARTS);
  return files[0];
}

/**
 * Reads the first 1000 samples of each of 1000 restarts from a folder with a file per restart. A matrix in one file is
 * read as any file of samples.
 * @param share of the caller's work that the reading is: its progress goes from 0 to that
 * @throws UserError, naming the file that is missing or too short; the signal's reason when it is aborted
 */
export async function* readRestarts(
  request: ReadRestartsRequest,
  signal: AbortSignal,
  share = 1,
): AsyncGenerator<ProgressEvent, ReadRestarts> {
  const { files, leftOut } = await listRestarts(request.folder, RESTARTS);
  const { format, guess } = await chooseFormat(files[0], request.format);
  const subset = { first: 0, count: SAMPLES_PER_RESTART };
  const reading = {
    parts: files.map((path) => ({ path, subset })),
    format,
    reduction: request.reduction,
    requireSamples: ({ path }: SamplesPart, samples: number): void => {
      if (samples < SAMPLES_PER_RESTART) throw restartTooShort(path, samples, SAMPLES_PER_RESTART);
    },
  };
  const { symbols, plan, reads } = yield* reduceSamples(reading, signal, share);
  const longest = Math.max(...reads.map(({ samples }) => samples));
  return {
    matrix: symbols,
    bits: plan.reduction.bits,
    files: files.map((file, i) => ({ file, sha256: reads[i].sha256 })),
    steps: [
      decodedStep(format, guess),
      ...deltaSteps(format, reads),
      restartsStep(
        files.map((file) => basename(file)),
        longest,
        leftOut,
      ),
      ...(plan.step === null ? [] : [plan.step]),
    ],
  };
}
