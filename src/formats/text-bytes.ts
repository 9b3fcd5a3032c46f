export const NEWLINE = 10;

/** What stands for no digit in `digitValue`. */
const NO_DIGIT = 255;

const DIGITS = Uint8Array.from({ length: 256 }, (_, byte) => {
  const digit = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(digit) ? NO_DIGIT : digit;
});

/** The value of a byte as a digit of base 16; 255, more than any base allows, for a byte that is none. */
export function digitValue(byte: number): number {
  return DIGITS[byte];
}

/** Space, tab, line feed, carriage return. */
export function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === NEWLINE || byte === 13;
}

/** What stands between columns: a blank, a comma, a semicolon. */
export function isSeparator(byte: number): boolean {
  return isBlank(byte) || byte === 44 || byte === 59;
}

/** Bytes of a file as they may be shown: at most 40 of them, all but printable ASCII as \xNN. */
export function printable(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, 40), (byte) =>
    byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`,
  ).join("");
  return bytes.length > 40 ? `${shown}...` : shown;
}
