import { maskInvalid } from "./reduction-errors";

/** 6.4: symbols are at most 8 bits wide. */
const MOST_BITS = 8;

/**
 * Reads which bits of a sample to keep, as extractlsb's lists have it: `FF`, `0x7F8`, or `7F8:4` for the lowest four of
 * its ones.
 * @returns positions, least significant first, 1 to 8 of them
 * @throws UserError
 */
export function parseBitMask(text: string): readonly number[] {
  const match = /^\s*(?:0x)?([0-9a-f]{1,16})(?::([1-8]))?\s*$/i.exec(text);
  if (match === null) throw maskInvalid(text);
  const mask = BigInt(`0x${match[1]}`);
  const ones = Array.from({ length: 64 }, (_, position) => position).filter(
    (position) => ((mask >> BigInt(position)) & 1n) === 1n,
  );
  const wanted = match.at(2) === undefined ? ones.length : Number(match[2]);
  if (wanted < 1 || wanted > MOST_BITS || wanted > ones.length) throw maskInvalid(text);
  return ones.slice(0, wanted);
}

/** The mask in hexadecimal that has a one at each position: `7F8`. */
export function formatBitMask(positions: readonly number[]): string {
  const mask = positions.reduce((sum, position) => sum | (1n << BigInt(position)), 0n);
  return mask.toString(16).toUpperCase();
}
