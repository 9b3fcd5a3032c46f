import { BLOCK_LENGTH, type Decoder, type NumberBlock } from "./number-block";
import type { PackedBitsFormat } from "./sample-format";

/** One number per byte. */
export function bytesDecoder(): Decoder {
  return {
    pieceLength: BLOCK_LENGTH,
    decode(piece, block) {
      block.lo.set(piece);
      block.length = piece.length;
    },
    finish: nothingKept,
  };
}

/** Eight numbers of one bit per byte. */
export function packedBitsDecoder({ first }: PackedBitsFormat): Decoder {
  const flip = first === "msb" ? 7 : 0;
  return {
    pieceLength: BLOCK_LENGTH / 8,
    decode(piece, block) {
      const { lo } = block;
      for (let i = 0; i < piece.length; i++) {
        for (let bit = 0; bit < 8; bit++) lo[8 * i + (bit ^ flip)] = (piece[i] >>> bit) & 1;
      }
      block.length = 8 * piece.length;
    },
    finish: nothingKept,
  };
}

function nothingKept(block: NumberBlock): number {
  block.length = 0;
  return 0;
}
