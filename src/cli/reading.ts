import { parseSampleFormat, SAMPLE_FORMAT_IDS, type SampleFormat } from "../formats/sample-format";
import { parseBitMask } from "../sp800-90b/bit-mask";
import type { ReductionRequest } from "../sp800-90b/reduction";
import { usageError, wrapWords } from "./command";

/** The options that say how samples stand in a file and become symbols. */
export const READING_OPTIONS = {
  bits: { type: "string" },
  format: { type: "string" },
  mask: { type: "string" },
} as const;

export const READING_USAGE = `  --bits N              bits per sample, 1 to 8; without it, the highest bit in use tells
  --format F            how the samples stand in the file; with --bits: bytes
                        ${wrapWords(SAMPLE_FORMAT_IDS, 90, 24)}
  --mask M              the bits that are assessed, of samples wider than 8: a hexadecimal mask; without it, the 8 bits of
                        most entropy, unless there are at most 256 distinct values
`;

export interface Reading {
  /** null: those of the highest bit in use. */
  readonly bits: number | null;
  /** null: guess. */
  readonly format: SampleFormat | null;
  readonly reduction: ReductionRequest;
}

/** @throws UserError for a value that is none */
export function parseReading(
  values: { readonly [option in keyof typeof READING_OPTIONS]?: string | undefined },
  command: string,
): Reading {
  const { bits, format, mask } = values;
  return {
    bits: parseBits(bits, command),
    format: format === undefined ? null : parseSampleFormat(format),
    reduction: mask === undefined ? { kind: "automatic" } : { kind: "mask", positions: parseBitMask(mask) },
  };
}

function parseBits(text: string | undefined, command: string): number | null {
  if (text === undefined) return null;
  if (!/^[1-8]$/.test(text)) throw usageError(`--bits ${text} is not a number from 1 to 8.`, command);
  return Number(text);
}
