/** The most numbers that a block holds. */
export const BLOCK_LENGTH = 65_536;

/**
 * Up to `BLOCK_LENGTH` numbers of up to 64 bits in two halves, so that no number costs an allocation. Made once for a
 * file and filled anew for each piece of it.
 */
export class NumberBlock {
  readonly lo = new Uint32Array(BLOCK_LENGTH);
  /** Stays zero for numbers of at most 32 bits. */
  readonly hi = new Uint32Array(BLOCK_LENGTH);
  length = 0;
}

/** Turns the bytes of a file, piece by piece, into numbers. */
export interface Decoder {
  /** The longest piece whose numbers fit a block, whatever was left over from the piece before. */
  readonly pieceLength: number;
  /** Fills the block from its start with the numbers that end within this piece; keeps a number that does not. */
  decode(piece: Uint8Array, block: NumberBlock): void;
  /** Fills the block with what was kept and is whole. @returns how many bytes are no whole number */
  finish(block: NumberBlock): number;
}
