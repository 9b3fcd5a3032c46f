import { BLOCK_LENGTH, type Decoder, type NumberBlock } from "./number-block";
import type { WordsFormat } from "./sample-format";

/** Numbers of 16, 32 or 64 bits; bytes after the last whole one are left over. */
export function wordsDecoder({ width, byteOrder }: WordsFormat): Decoder {
  const bytes = width / 8;
  const readInto = { 16: read16, 32: read32, 64: read64 }[width];
  const little = byteOrder === "little";
  const kept = new Uint8Array(bytes);
  let keptLength = 0;
  return {
    pieceLength: (BLOCK_LENGTH - 1) * bytes,
    decode(piece, block) {
      block.length = 0;
      let start = 0;
      if (keptLength > 0) {
        start = Math.min(bytes - keptLength, piece.length);
        kept.set(piece.subarray(0, start), keptLength);
        keptLength += start;
        if (keptLength < bytes) return;
        readInto(kept, little, block);
      }
      keptLength = (piece.length - start) % bytes;
      const end = piece.length - keptLength;
      readInto(piece.subarray(start, end), little, block);
      kept.set(piece.subarray(end));
    },
    finish(block) {
      block.length = 0;
      return keptLength;
    },
  };
}

/** Appends the numbers that the bytes are to the block. */
type ReadInto = (bytes: Uint8Array, little: boolean, block: NumberBlock) => void;

const read16: ReadInto = (bytes, little, block) => {
  const { lo } = block;
  const view = viewOf(bytes);
  for (let at = 0; at < bytes.length; at += 2) lo[block.length++] = view.getUint16(at, little);
};

const read32: ReadInto = (bytes, little, block) => {
  const { lo } = block;
  const view = viewOf(bytes);
  for (let at = 0; at < bytes.length; at += 4) lo[block.length++] = view.getUint32(at, little);
};

const read64: ReadInto = (bytes, little, block) => {
  const { lo, hi } = block;
  const view = viewOf(bytes);
  const low = little ? 0 : 4;
  for (let at = 0; at < bytes.length; at += 8) {
    lo[block.length] = view.getUint32(at + low, little);
    hi[block.length++] = view.getUint32(at + 4 - low, little);
  }
};

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
