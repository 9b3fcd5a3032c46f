import { BLOCK_LENGTH, type Decoder } from "./number-block";
import { sampleDigitInvalid } from "./sample-errors";
import type { DigitsFormat } from "./sample-format";
import { digitValue, isBlank, printable } from "./text-bytes";

/**
 * Binary digits, each a number, or hexadecimal ones, two a number; white space between them counts for nothing.
 * An odd hexadecimal digit at the end is left over.
 * @param file its name, for errors
 */
export function digitsDecoder({ radix }: DigitsFormat, file: string): Decoder {
  let offset = 0;
  /** The first digit of a pair, or -1. */
  let upper = -1;
  return {
    pieceLength: BLOCK_LENGTH,
    decode(piece, block) {
      const { lo } = block;
      block.length = 0;
      for (const byte of piece) {
        offset++;
        if (isBlank(byte)) continue;
        const digit = digitValue(byte);
        if (digit >= radix) throw sampleDigitInvalid(file, offset, printable(Uint8Array.of(byte)), radix);
        if (radix === 2) lo[block.length++] = digit;
        else if (upper < 0) upper = digit;
        else {
          lo[block.length++] = 16 * upper + digit;
          upper = -1;
        }
      }
    },
    finish(block) {
      block.length = 0;
      return upper < 0 ? 0 : 1;
    },
  };
}
