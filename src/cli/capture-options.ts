import { parseSampleFormat, SAMPLE_FORMAT_IDS, type SampleFormat } from "../formats/sample-format";
import type { CaptureSource } from "../machine/capture";
import { parseMachineAddress, type MachineTarget } from "../machine/target";
import { requiredNumber, theOnly, usageError, wrapWords } from "./command";

/** The options of every command that collects samples from a machine. */
export const CAPTURE_OPTIONS = {
  source: { type: "string" },
  width: { type: "string" },
  format: { type: "string" },
  out: { type: "string" },
  resume: { type: "boolean", default: false },
} as const;

/** The lines of a usage that say how samples stand in what comes. */
export const FORMAT_USAGE = `  --width W            u8, u16, u32 or u64: numbers of so many bits, little-endian; short for --format
  --format F           how the samples stand in what the source gives; without it, as that source is known to give them
                       ${wrapWords(SAMPLE_FORMAT_IDS, 90, 23)}
`;

/**
 * Which machine, how the samples stand in what its source gives, and whether an earlier collection is to go on.
 * @throws UserError for what is no machine or no format
 */
export function parseCapture(
  positionals: readonly string[],
  values: { readonly width?: string | undefined; readonly format?: string | undefined; readonly resume: boolean },
  command: string,
): { readonly target: MachineTarget; readonly format: SampleFormat | null; readonly resume: boolean } {
  return {
    target: parseMachineAddress(theOnly(positionals, "machine", command)),
    format: parseCaptureFormat(values.format, values.width, command),
    resume: values.resume,
  };
}

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

/** null: as the source is known to give them. */
function parseCaptureFormat(
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
