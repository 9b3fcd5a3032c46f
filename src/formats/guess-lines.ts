import { guessMeaning } from "./guess-clock";
import type { FormatGuess, LinesFormat } from "./sample-format";

const TEXT = /^(?:\xef\xbb\xbf)?[\t\r\n\x20-\x7e]*$/;
const DECIMAL = /^\d{1,20}$/;
const HEXADECIMAL = /^(?:0x)?[0-9a-f]{1,16}$/i;
const HEX_PAIRS = /^(?:[0-9a-f]{2})+$/i;
const MOST = 2n ** 64n;

/** More digits than a number of 64 bits has. */
const LONG_LINE = 20;

/** More columns than these are no table with a sample per line. */
const MOST_COLUMNS = 8;

/**
 * Guesses numbers or digits in a text file; nothing when it is no text or the text is something else.
 * @param whole whether the head is the whole file; otherwise its last line may be cut and is not looked at
 */
export function guessLines(head: Uint8Array, whole: boolean): readonly FormatGuess[] {
  const text = new TextDecoder("latin1").decode(head);
  if (!TEXT.test(text)) return [];
  const all = text.replace(/^\xef\xbb\xbf/, "").split("\n");
  const lines = (whole || all.length === 1 ? all : all.slice(0, -1)).map((line) => line.trim()).filter((l) => l !== "");
  if (lines.length === 0) return [];
  const rows = lines.map((line) => line.split(/[\s,;]+/));
  const tables = rows[0].length <= MOST_COLUMNS ? [...guessDecimal(rows), ...guessHexadecimal(rows)] : [];
  return [...guessBinaryDigits(lines), ...tables, ...guessHexDigits(rows)];
}

function guessBinaryDigits(lines: readonly string[]): readonly FormatGuess[] {
  if (!lines.every((line) => /^[01\s]+$/.test(line)) || lines.every((line) => line.length <= LONG_LINE)) return [];
  return [{ format: { kind: "digits", radix: 2 }, reason: "It is a text of the digits 0 and 1." }];
}

function guessDecimal(rows: readonly (readonly string[])[]): readonly FormatGuess[] {
  const columns = rows[0].length;
  const regular = rows.every((row) => row.length === columns && row.every((word) => DECIMAL.test(word)));
  if (!regular || rows.some((row) => row.some((word) => BigInt(word) >= MOST))) return [];
  return rows[0].map((_, i) => {
    const format = linesFormat(
      10,
      columns,
      i + 1,
      rows.map((row) => BigInt(row[i])),
    );
    return { format, reason: `${describeRows(columns, "decimal")}${describeGrowth(format)}.` };
  });
}

function guessHexadecimal(rows: readonly (readonly string[])[]): readonly FormatGuess[] {
  const columns = rows[0].length;
  if (!rows.every((row) => row.length === columns && row.every((word) => HEXADECIMAL.test(word)))) return [];
  if (columns > 1 && rows.every((row) => row.every((word) => word.length === 2))) return [];
  return rows[0].map((_, i) => {
    const format = linesFormat(
      16,
      columns,
      i + 1,
      rows.map((row) => BigInt(row[i].replace(/^(?:0x)?/i, "0x"))),
    );
    return { format, reason: `${describeRows(columns, "hexadecimal")}${describeGrowth(format)}.` };
  });
}

function guessHexDigits(rows: readonly (readonly string[])[]): readonly FormatGuess[] {
  if (!rows.every((row) => row.every((word) => HEX_PAIRS.test(word)))) return [];
  return [{ format: { kind: "digits", radix: 16 }, reason: "It is a text of pairs of hexadecimal digits." }];
}

function linesFormat(radix: 10 | 16, columns: number, column: number, numbers: readonly bigint[]): LinesFormat {
  const width = numbers.every((number) => number < 2n ** 32n) ? 32 : 64;
  const values = guessMeaning(numbers, width);
  return { kind: "lines", radix, columns, column, width: values === "timestamps" ? width : 64, values };
}

function describeRows(columns: number, kind: string): string {
  if (columns === 1) return `Every line is one ${kind} number`;
  const known = columns === 2 && kind === "decimal" ? ", as jitterentropy up to 3.4 wrote them" : "";
  return `Every line is ${columns} ${kind} numbers${known}`;
}

function describeGrowth({ values, columns }: LinesFormat): string {
  if (values === "samples") return "";
  return `${columns === 1 ? ", and they" : "; those of this column"} grow like a clock`;
}
