import type { SamplesReport, Scope } from "../model";
import { count } from "./text";

/**
 * Where something stands, in words: the sample, of a bitstring also the bit, and the byte of the file where the
 * preparation of the data leaves it known.
 * @param index 0-based, into the sequence of the scope
 */
export function placeInWords({ input }: SamplesReport, scope: Scope, index: number): string {
  const bits = scope === "bitstring" ? input.bits : 1;
  const sample = Math.floor(index / bits);
  const byte = byteOf(input.preparation, sample);
  const ofFile = byte === null ? [] : [`byte ${count(byte)} of the file`];
  if (scope === "bitstring")
    return `bit ${count(index)} (${[`bit ${index % bits} of sample ${count(sample)}`, ...ofFile].join(", ")})`;
  return `sample ${count(sample)}${ofFile.map((place) => ` (${place})`).join("")}`;
}

/** The 0-based byte at which a sample begins; null where the preparation does not tell. */
export function byteOf(preparation: SamplesReport["input"]["preparation"], sample: number): number | null {
  let bytesPerSample: number | null = null;
  let first = 0;
  for (const step of preparation) {
    switch (step.step) {
      case "decoded":
        bytesPerSample = bytesOf(step.format);
        break;
      case "subset":
        first = step.first;
        break;
      case "restarts":
      case "timestamps-to-deltas":
        return null;
      case "boot-test-run":
      case "trailing-bytes-ignored":
      case "translated":
      case "bits-selected":
        break;
    }
  }
  return bytesPerSample === null ? null : Math.floor((first + sample) * bytesPerSample);
}

function bytesOf(format: string): number | null {
  if (format === "bytes") return 1;
  if (format === "packed-msb" || format === "packed-lsb") return 1 / 8;
  if (format === "binary-digits" || format === "hex-digits") return null;
  const width = /^u(16|32|64)(?:le|be)$/.exec(format)?.[1];
  return width === undefined ? null : Number(width) / 8;
}
