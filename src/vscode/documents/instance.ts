import type { InstanceReport, Observation } from "../../model";
import { DocumentWriter, type DocumentText } from "./text";

/** What the servers of a run answered, one an image; each image's id leads to its line. */
export function instanceDocument({ source, run, instances, leftBehind }: InstanceReport): DocumentText {
  const writer = new DocumentWriter().comment(
    `Sample instances of the cloud ${source.name}, run ${run}. Read-only: written by Entropy Check from their answers.`,
  );
  for (const { image, flavor, volume, notes, observations } of instances) {
    writer.blank();
    for (const note of notes) writer.comment(note);
    const { kernel, rngd, hwrng, entropyAvail, fips140 } = observations;
    const answers = {
      kernel: answer(kernel),
      rngd: answer(rngd),
      hw_random: answer(hwrng),
      entropy_avail: answer(entropyAvail),
      fips_140_2: answer(fips140),
    };
    writer.yaml([{ image, flavor, volume, answers }], 0, image.id);
  }
  if (leftBehind.length > 0) writer.blank().yaml({ leftBehind }, 0, "probe-clean-up");
  return writer.end();
}

function answer<T>(observation: Observation<T>): T | string {
  return observation.status === "measured" ? observation.value : `not measured: ${observation.reason}`;
}
