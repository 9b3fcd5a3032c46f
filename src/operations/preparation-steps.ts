import type { BootTestFile } from "../formats/boot-test-file";
import type { NumbersRead } from "../formats/read-numbers";
import {
  describeSampleFormat,
  numberWidth,
  sampleFormatId,
  type SampleFormat,
  type SampleFormatGuess,
} from "../formats/sample-format";
import type { Subset } from "../formats/subset";
import type { PreparationStep } from "../model/preparation";
import { SAMPLES_PER_RESTART } from "../sp800-90b/restart";

/** @param guess null when the user named the format */
export function decodedStep(format: SampleFormat, guess: SampleFormatGuess | null): PreparationStep {
  const what = `Read as ${describeSampleFormat(format)} (${sampleFormatId(format)})`;
  return {
    step: "decoded",
    text: guess === null ? `${what}, as asked.` : `${what}, a guess: ${guess.reason}`,
    format: sampleFormatId(format),
    guessedBecause: guess?.reason ?? null,
  };
}

/** @param size of the data file in bytes */
export function bootTestSteps(bootTest: BootTestFile, size: number): readonly PreparationStep[] {
  switch (bootTest.kind) {
    case "none":
      return [];
    case "unfinished":
      return [
        {
          step: "boot-test-run",
          text: "No .meta file stands beside these data of a boot-time test: the run did not finish, and the data may be cut short.",
        },
      ];
    case "finished": {
      const known = ["source", "arch", "date"].flatMap((key) => bootTest.meta.get(key) || []).join(", ");
      const length = bootTest.meta.get("len") ?? "";
      const short =
        length === "" || Number(length) === size
          ? ""
          : ` The .meta file speaks of ${length} bytes, but there are ${size}.`;
      const how = bootTest.meta.get("entropy-test") === "collect" ? "Collected" : "Recorded by a boot-time test";
      const text = `${how}${known === "" ? "" : ` (${known})`}.${short}`;
      return [{ step: "boot-test-run", text }];
    }
  }
}

export function trailingSteps(bytes: number): readonly PreparationStep[] {
  if (bytes === 0) return [];
  const text = `Ignored ${plural(bytes, "trailing byte")}: no whole number.`;
  return [{ step: "trailing-bytes-ignored", text, bytes }];
}

/** What became of the timestamps in one file or several. */
export function deltaSteps(format: SampleFormat, reads: readonly NumbersRead[]): readonly PreparationStep[] {
  const deltas = reads.flatMap((read) => read.deltas ?? []);
  if (deltas.length === 0) return [];
  const wraps = deltas.reduce((sum, delta) => sum + delta.wraps, 0);
  const backwards = deltas.reduce((sum, delta) => sum + delta.backwards, 0);
  const text =
    `Took the differences of neighbouring timestamps, modulo 2^${numberWidth(format)}; the first timestamp of a file has none. ` +
    `The clock wrapped around ${plural(wraps, "time")} and stepped backwards ${plural(backwards, "time")}.`;
  return [{ step: "timestamps-to-deltas", text, wraps, backwards }];
}

/** @param samples how many there were to choose from */
export function subsetStep({ first, count }: Subset, samples: number): PreparationStep {
  return {
    step: "subset",
    text: `Took ${plural(count, "sample")} of ${samples}, from sample ${first} on.`,
    first,
    count,
  };
}

/**
 * @param names of the files that were read, in order
 * @param longest the most samples that one of them holds
 */
export function restartsStep(names: readonly string[], longest: number, leftOut: readonly string[]): PreparationStep {
  const first = names[0];
  const last = names[names.length - 1];
  const each = longest > SAMPLES_PER_RESTART ? `the first ${SAMPLES_PER_RESTART} of up to ${longest}` : `${longest}`;
  const rest = leftOut.length === 0 ? "" : ` Left out ${plural(leftOut.length, "file")}.`;
  const text = `Took ${each} samples of each of ${names.length} restarts, ${first} to ${last}.${rest}`;
  return { step: "restarts", text, first, last, leftOut };
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
