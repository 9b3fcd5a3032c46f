import { BLOCK_LENGTH, type Decoder, type NumberBlock } from "./number-block";
import { sampleLineInvalid, sampleValueTooWide } from "./sample-errors";
import type { LinesFormat } from "./sample-format";
import { digitValue, isBlank, isSeparator, NEWLINE, printable } from "./text-bytes";

/** No line of numbers is longer; what is, is no text. */
const LONGEST_LINE = 4096;

/** Below this a number times 16 plus a digit is exact in a double. */
const EXACT = 2 ** 49;

const UTF8_BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * One number per line. Empty lines, blanks around numbers, carriage returns and a byte order mark count for nothing;
 * hexadecimal numbers may start with 0x.
 * @param file its name, for errors
 */
export class LinesDecoder implements Decoder {
  /** A number takes two bytes at least, with the line's end; the line that was kept may end at once. */
  readonly pieceLength = BLOCK_LENGTH;
  /** The start of a line that the pieces so far have not ended. */
  private readonly kept = new Uint8Array(LONGEST_LINE);
  private keptLength = 0;
  private line = 0;

  constructor(
    private readonly format: LinesFormat,
    private readonly file: string,
  ) {}

  decode(piece: Uint8Array, block: NumberBlock): void {
    block.length = 0;
    let start = 0;
    if (this.keptLength > 0) {
      start = piece.indexOf(NEWLINE) + 1;
      this.keep(start > 0 ? piece.subarray(0, start) : piece);
      if (start === 0) return;
      this.takeLine(this.kept, 0, this.keptLength, block);
      this.keptLength = 0;
    }
    for (;;) {
      const next = this.takePlainLines(piece, start, block);
      const end = piece.indexOf(NEWLINE, next);
      start = next;
      if (end < 0) break;
      this.takeLine(piece, start, end, block);
      start = end + 1;
    }
    this.keep(piece.subarray(start));
  }

  finish(block: NumberBlock): number {
    block.length = 0;
    if (this.keptLength > 0) this.takeLine(this.kept, 0, this.keptLength, block);
    this.keptLength = 0;
    return 0;
  }

  /**
   * Takes lines as long as they are what most are, a number that a double holds exactly and nothing else: three times
   * as fast as `takeLine` for short ones.
   * @returns where the first other line starts
   */
  private takePlainLines(bytes: Uint8Array, start: number, block: NumberBlock): number {
    const { radix, columns, width } = this.format;
    if (columns > 1) return start;
    const limit = width === 32 ? 2 ** 32 : Infinity;
    const { lo, hi } = block;
    let taken = block.length;
    for (;;) {
      let number = 0;
      let at = start;
      for (; at < bytes.length && number < EXACT; at++) {
        const digit = digitValue(bytes[at]);
        if (digit >= radix) break;
        number = number * radix + digit;
      }
      if (at === start || bytes[at] !== NEWLINE || number >= limit) break;
      lo[taken] = number;
      hi[taken++] = number / 2 ** 32;
      start = at + 1;
    }
    this.line += taken - block.length;
    block.length = taken;
    return start;
  }

  private keep(bytes: Uint8Array): void {
    if (this.keptLength + bytes.length > LONGEST_LINE) {
      this.line++;
      throw this.invalid(this.keptLength > 0 ? this.kept.subarray(0, this.keptLength) : bytes);
    }
    this.kept.set(bytes, this.keptLength);
    this.keptLength += bytes.length;
  }

  private takeLine(bytes: Uint8Array, start: number, end: number, block: NumberBlock): void {
    this.line++;
    let from = start;
    let to = end;
    if (this.line === 1 && UTF8_BYTE_ORDER_MARK.every((byte, i) => bytes[from + i] === byte)) from += 3;
    while (to > from && isBlank(bytes[to - 1])) to--;
    while (to > from && isBlank(bytes[from])) from++;
    if (from === to) return;
    if (this.format.columns > 1) [from, to] = this.columnOf(bytes, from, to);
    this.takeNumber(bytes, from, to, block);
  }

  /** Where the column starts and ends in a line without blanks around it. */
  private columnOf(bytes: Uint8Array, from: number, to: number): [number, number] {
    let columns = 0;
    let found: [number, number] = [from, to];
    let at = from;
    while (at < to) {
      const start = at;
      while (at < to && !isSeparator(bytes[at])) at++;
      if (++columns === this.format.column) found = [start, at];
      while (at < to && isSeparator(bytes[at])) at++;
    }
    if (columns !== this.format.columns) throw this.invalid(bytes.subarray(from, to));
    return found;
  }

  private takeNumber(bytes: Uint8Array, from: number, to: number, block: NumberBlock): void {
    const { radix, width } = this.format;
    let at = from;
    if (radix === 16 && to - at > 2 && bytes[at] === 48 && (bytes[at + 1] | 32) === 120) at += 2;
    if (at === to) throw this.invalid(bytes.subarray(from, to));
    let lo = 0;
    for (; at < to && lo < EXACT; at++) {
      const digit = digitValue(bytes[at]);
      if (digit >= radix) throw this.invalid(bytes.subarray(from, to));
      lo = lo * radix + digit;
    }
    let hi = Math.floor(lo / 2 ** 32);
    lo >>>= 0;
    for (; at < to; at++) {
      const digit = digitValue(bytes[at]);
      if (digit >= radix) throw this.invalid(bytes.subarray(from, to));
      lo = lo * radix + digit;
      hi = hi * radix + Math.floor(lo / 2 ** 32);
      lo >>>= 0;
      if (hi >= 2 ** 32) break;
    }
    if (hi >= 2 ** (width - 32)) {
      throw sampleValueTooWide(this.file, this.line, printable(bytes.subarray(from, to)), width);
    }
    block.lo[block.length] = lo;
    block.hi[block.length++] = hi;
  }

  private invalid(text: Uint8Array): Error {
    const { radix, columns, column } = this.format;
    const number = radix === 10 ? "a decimal number" : "a hexadecimal number";
    const expected = columns === 1 ? number : `${columns} columns with ${number} in column ${column}`;
    return sampleLineInvalid(this.file, this.line, printable(text), expected);
  }
}
