import { sampleFormatUnknown } from "./sample-errors";

export type ByteOrder = "little" | "big";

/**
 * What a number in a file stands for: a sample, or a reading of a clock, whose differences are the samples.
 * `seconds-nanoseconds` is a clock of 64 bits with seconds in the upper half and nanoseconds in the lower, as
 * jitterentropy makes one where the CPU has no cycle counter.
 */
export type NumberMeaning = "samples" | "timestamps" | "seconds-nanoseconds";

/** One sample per byte, its low bits: what the NIST tools read. */
export interface BytesFormat {
  readonly kind: "bytes";
}

/** Eight samples of one bit per byte. */
export interface PackedBitsFormat {
  readonly kind: "packed-bits";
  readonly first: "msb" | "lsb";
}

/** Numbers of fixed width: jitterentropy's `-u64.bin`, the kernel's `jent_raw_hires` (32 bits before Linux 6.13). */
export interface WordsFormat {
  readonly kind: "words";
  readonly width: 16 | 32 | 64;
  readonly byteOrder: ByteOrder;
  readonly values: NumberMeaning;
}

/** A line of text per sample, in columns between blanks, commas or semicolons; jitterentropy up to 3.4 wrote two. */
export interface LinesFormat {
  readonly kind: "lines";
  readonly radix: 10 | 16;
  /** How many columns every line has, and which of them, from 1, is read. */
  readonly columns: number;
  readonly column: number;
  /** No number needs more bits; clocks wrap around at this width. */
  readonly width: 32 | 64;
  readonly values: NumberMeaning;
}

/** Digits without a line per sample: a sample of one bit per binary digit, or of 8 bits per two hexadecimal ones. */
export interface DigitsFormat {
  readonly kind: "digits";
  readonly radix: 2 | 16;
}

/** How samples stand in a file. */
export type SampleFormat = BytesFormat | PackedBitsFormat | WordsFormat | LinesFormat | DigitsFormat;

/** A format and, in one sentence, why the file may be in it. */
export interface FormatGuess {
  readonly format: SampleFormat;
  readonly reason: string;
}

export interface SampleFormatGuess extends FormatGuess {
  /** What else it may be, the likelier first. */
  readonly alternatives: readonly FormatGuess[];
}

/** The formats to choose from, by id. Lines of several columns have more: `decimal:2/3` is the second of three. */
export const SAMPLE_FORMAT_IDS: readonly string[] = [
  "bytes",
  "packed-msb",
  "packed-lsb",
  "binary-digits",
  "hex-digits",
  ...["decimal", "decimal:1/2", "decimal:2/2", "hex"].flatMap((lines) => [
    lines,
    `${lines}-timestamps32`,
    `${lines}-timestamps64`,
    `${lines}-seconds-nanoseconds`,
  ]),
  ...["16", "32", "64"].flatMap((width) => ["le", "be"].flatMap((order) => wordsIds(`u${width}${order}`))),
];

function wordsIds(id: string): readonly string[] {
  const ids = [id, `${id}-timestamps`];
  return id.startsWith("u64") ? [...ids, `${id}-seconds-nanoseconds`] : ids;
}

/** The id that `parseSampleFormat` reads back. */
export function sampleFormatId(format: SampleFormat): string {
  switch (format.kind) {
    case "bytes":
      return "bytes";
    case "packed-bits":
      return `packed-${format.first}`;
    case "digits":
      return format.radix === 2 ? "binary-digits" : "hex-digits";
    case "words": {
      const order = format.byteOrder === "little" ? "le" : "be";
      return `u${format.width}${order}${format.values === "samples" ? "" : `-${format.values}`}`;
    }
    case "lines": {
      const columns = format.columns === 1 ? "" : `:${format.column}/${format.columns}`;
      const base = `${format.radix === 10 ? "decimal" : "hex"}${columns}`;
      if (format.values === "samples") return base;
      return format.values === "timestamps" ? `${base}-timestamps${format.width}` : `${base}-${format.values}`;
    }
  }
}

const WORDS = /^u(16|32|64)(le|be)(?:-(timestamps|seconds-nanoseconds))?$/;
const LINES = /^(decimal|hex)(?::(\d{1,3})\/(\d{1,3}))?(?:-(timestamps32|timestamps64|seconds-nanoseconds))?$/;

/**
 * Reads a format's id.
 * @throws UserError when there is no such format
 */
export function parseSampleFormat(id: string): SampleFormat {
  switch (id) {
    case "bytes":
      return { kind: "bytes" };
    case "packed-msb":
      return { kind: "packed-bits", first: "msb" };
    case "packed-lsb":
      return { kind: "packed-bits", first: "lsb" };
    case "binary-digits":
      return { kind: "digits", radix: 2 };
    case "hex-digits":
      return { kind: "digits", radix: 16 };
    default:
      return parseWords(id) ?? parseLines(id) ?? unknown(id);
  }
}

function parseWords(id: string): WordsFormat | null {
  const match = WORDS.exec(id);
  if (match === null) return null;
  const width = match[1] === "16" ? 16 : match[1] === "32" ? 32 : 64;
  const values = meaningOf(match.at(3));
  if (values === "seconds-nanoseconds" && width !== 64) return null;
  return { kind: "words", width, byteOrder: match[2] === "le" ? "little" : "big", values };
}

function parseLines(id: string): LinesFormat | null {
  const match = LINES.exec(id);
  if (match === null) return null;
  const column = Number(match.at(2) ?? 1);
  const columns = Number(match.at(3) ?? 1);
  if (column < 1 || column > columns) return null;
  const values = meaningOf(match.at(4));
  const width = match.at(4) === "timestamps32" ? 32 : 64;
  return { kind: "lines", radix: match[1] === "decimal" ? 10 : 16, columns, column, width, values };
}

function meaningOf(suffix: string | undefined): NumberMeaning {
  if (suffix === undefined) return "samples";
  return suffix === "seconds-nanoseconds" ? suffix : "timestamps";
}

function unknown(id: string): never {
  throw sampleFormatUnknown(id, SAMPLE_FORMAT_IDS);
}

/** The format in words, to follow "read as". */
export function describeSampleFormat(format: SampleFormat): string {
  switch (format.kind) {
    case "bytes":
      return "one sample per byte";
    case "packed-bits":
      return `eight 1-bit samples per byte, ${format.first === "msb" ? "most" : "least"} significant first`;
    case "digits":
      return format.radix === 2 ? "one 1-bit sample per binary digit" : "one sample per two hexadecimal digits";
    case "words":
      return `${format.width}-bit ${format.byteOrder}-endian ${describeMeaning(format.values)}`;
    case "lines": {
      const { radix, columns, column, values } = format;
      const place = columns === 1 ? "" : `, column ${column} of ${columns}`;
      const width = values === "timestamps" ? `${format.width}-bit ` : "";
      return `one ${radix === 10 ? "decimal" : "hexadecimal"} number per line${place}, ${width}${describeMeaning(values)}`;
    }
  }
}

function describeMeaning(values: NumberMeaning): string {
  if (values === "samples") return "samples";
  return values === "timestamps" ? "timestamps" : "timestamps of seconds (upper 32 bits) and nanoseconds (lower)";
}

/** Bits of the numbers that the format holds. */
export function numberWidth(format: SampleFormat): 8 | 16 | 32 | 64 {
  return format.kind === "words" || format.kind === "lines" ? format.width : 8;
}

/** What the numbers stand for. */
export function meaningOfNumbers(format: SampleFormat): NumberMeaning {
  return format.kind === "words" || format.kind === "lines" ? format.values : "samples";
}
