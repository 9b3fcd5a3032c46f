import { parseSampleFormat, type SampleFormat } from "../formats/sample-format";
import type { CaptureSource } from "../machine/capture";
import { requiredNumber, usageError } from "./command";

const DEVICES = ["hwrng", "random", "urandom", "jitter-kernel", "jitter-recorder"] as const;

/**
 * Where samples come from.
 * @throws UserError for what is no source
 */
export function parseSource(text: string | undefined, command: string): CaptureSource {
  if (text === undefined) throw usageError("--source is missing.", command);
  const device = DEVICES.find((kind) => kind === text);
  if (device !== undefined) return { kind: device };
  const [, kind, rest] = /^(file|command):(.+)$/s.exec(text) ?? [];
  if (kind === "file") return { kind, path: rest };
  if (kind === "command") return { kind, command: rest };
  throw usageError(`--source ${text} is none of ${DEVICES.join(", ")}, file:PATH, command:"COMMAND".`, command);
}

/**
 * How they stand in what it gives; null: as it is known to give them.
 * @throws UserError for what is no format
 */
export function parseCaptureFormat(
  format: string | undefined,
  width: string | undefined,
  command: string,
): SampleFormat | null {
  if (format !== undefined && width !== undefined) throw usageError("Give --format or --width, not both.", command);
  if (width === undefined) return format === undefined ? null : parseSampleFormat(format);
  if (!/^u(?:8|16|32|64)$/.test(width)) throw usageError(`--width ${width} is none of u8, u16, u32, u64.`, command);
  return parseSampleFormat(width === "u8" ? "bytes" : `${width}le`);
}

/** @throws UserError for what is no whole number from 1 to `most` */
export function wholeNumber(text: string | undefined, option: string, most: number, command: string): number {
  const number = requiredNumber(text, option, command);
  if (!Number.isInteger(number) || number < 1 || number > most)
    throw usageError(`--${option} ${text ?? ""} is not a whole number from 1 to ${most}.`, command);
  return number;
}
