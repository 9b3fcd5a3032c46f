import { symbolWidthInvalid, symbolWidthTooNarrow } from "../formats/sample-errors";
import type { SampleFormat } from "../formats/sample-format";

/**
 * The format in which to read a file. Whoever states the width but not the format has a file of one sample per byte, as
 * the NIST tools take it; otherwise the format is guessed, which null asks for.
 */
export function formatToRead(format: SampleFormat | null, statedBits: number | null): SampleFormat | null {
  return format ?? (statedBits === null ? null : { kind: "bytes" });
}

/**
 * The bits per symbol of an assessment: those that were stated, else those of the highest bit in use.
 * @param stated 1 to 8, or null
 * @param read the symbols of a file, and the bits that the widest of them needs
 * @throws UserError if the stated width is none, or the symbols do not fit into it
 */
export function symbolWidth(
  file: string,
  stated: number | null,
  read: { readonly symbols: Uint8Array; readonly bits: number },
): number {
  if (stated === null) return read.bits;
  if (!(Number.isInteger(stated) && stated >= 1 && stated <= 8)) throw symbolWidthInvalid(stated);
  if (stated < read.bits) {
    const at = read.symbols.findIndex((symbol) => symbol >= 2 ** stated);
    throw symbolWidthTooNarrow(file, stated, read.symbols[at], at, read.bits);
  }
  return stated;
}
