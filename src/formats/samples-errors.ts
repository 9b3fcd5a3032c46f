import { UserError } from "../errors";

/** @param limit the greatest size that is read, bytes */
export function samplesTooLarge(file: string, size: number, limit: number): UserError {
  return new UserError(
    "formats-samples-too-large",
    `${file} has ${size.toLocaleString("en")} bytes; at most ${limit.toLocaleString("en")} samples are assessed at once.`,
    "Assess a part of it: SP 800-90B 3.1.1 asks for 1,000,000 samples, and more seldom change the result.",
  );
}

export function symbolWidthInvalid(bits: number): UserError {
  return new UserError(
    "formats-symbol-width-invalid",
    `${bits} is not a number of bits per sample.`,
    "Give a whole number from 1 to 8, or none: then the highest bit in use tells.",
  );
}

/** @param offset of the first byte that does not fit @param needed bits of the greatest value in the file */
export function symbolWidthTooNarrow(
  file: string,
  bits: number,
  value: number,
  offset: number,
  needed: number,
): UserError {
  return new UserError(
    "formats-symbol-width-too-narrow",
    `${file} does not fit into ${bits} bits per sample: byte ${offset.toLocaleString("en")} is ${value}.`,
    `All of it fits into ${needed} bits (--bits ${needed}). If it should be narrower, it is not a file of one sample per byte.`,
  );
}
