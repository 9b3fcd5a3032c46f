import { UserError } from "../errors";

export function maskInvalid(text: string): UserError {
  return new UserError(
    "sp800-90b-mask-invalid",
    `"${text}" is no bit mask.`,
    "Write the bits to keep as a hexadecimal number of up to 64 bits with 1 to 8 ones: 0F, 7F8; or with the number of " +
      "its lowest ones to keep: 7F8:4.",
  );
}

/** @param width bits per sample, as the format says */
export function maskTooWide(mask: string, width: number): UserError {
  return new UserError(
    "sp800-90b-mask-too-wide",
    `The mask ${mask} selects bits that samples of ${width} bits do not have.`,
    "Choose bits within the width of the samples, or name the format if the width was guessed wrongly.",
  );
}

export function tooManyValues(): UserError {
  return new UserError(
    "sp800-90b-too-many-values",
    "The samples have more than 256 distinct values, so they cannot be translated to symbols of 8 bits.",
    "Select bits instead: by their measured min-entropy, or by a mask.",
  );
}

/** @param value decimal */
export function valueNotTranslated(value: string): UserError {
  return new UserError(
    "sp800-90b-value-not-translated",
    `The value ${value} did not occur in the data that the translation was made from.`,
    "All data of one source must go through one reduction: make it from all of them, or select bits by a mask.",
  );
}
