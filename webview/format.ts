/** How figures, times and foreign text are written. Pure, and without a word of the DOM. */

const DIGITS = new Intl.NumberFormat("en-US");

/** An integer with thousands separators. */
export function integer(value: number): string {
  return DIGITS.format(value);
}

/** An entropy, in bits: three decimals where they say something, else three significant digits. */
export function entropy(bits: number): string {
  if (bits === 0) return "0";
  return Math.abs(bits) < 0.01 ? bits.toPrecision(3) : bits.toFixed(3);
}

/** Any other figure of a calculation: integers whole, the rest to six significant digits. */
export function figure(value: number): string {
  if (Number.isInteger(value)) return integer(value);
  const magnitude = Math.abs(value);
  return magnitude < 1e-4 || magnitude >= 1e9 ? value.toExponential(5) : value.toPrecision(6);
}

/** A probability in percent, with two significant digits. */
export function percent(probability: number): string {
  return `${Number((100 * probability).toPrecision(2))} %`;
}

/** A count and its noun: `1 warning`, `2 warnings`. */
export function plural(count: number, noun: string): string {
  return `${integer(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** An amount of memory given in MiB. */
export function mebibytes(value: number): string {
  return value >= 1024 && value % 256 === 0 ? `${String(value / 1024)} GiB` : `${integer(value)} MiB`;
}

/** The time between two ISO 8601 moments; null when either is not one. */
export function duration(from: string, to: string): string | null {
  const milliseconds = Date.parse(to) - Date.parse(from);
  if (!Number.isFinite(milliseconds) || milliseconds < 0) return null;
  if (milliseconds < 1000) return `${integer(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${integer(Math.floor(whole / 60))} min ${whole % 60} s`;
}

/** An ISO 8601 moment in the reader's own zone; what is not one is returned as it came. */
export function moment(iso: string): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return printable(iso, 40);
  return new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" }).format(time);
}

/** The last part of a path. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).pop() || path;
}

// C0 and C1 controls but tab and line feed, and the characters that reorder or hide text around them.
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Makes text that came from a machine or a file safe to look at: controls and bidirectional overrides are written out
 * as code points, and the length is bounded.
 * @param limit in UTF-16 units; what is longer is cut, and the cut is said
 */
export function printable(text: string, limit: number): string {
  const cut = text.length > limit ? text.slice(0, limit) : text;
  const shown = cut.replace(UNPRINTABLE, (c) => `<U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}>`);
  return text.length > limit ? `${shown}… (${integer(text.length - limit)} more characters)` : shown;
}

/** A name as it is shown: printable, bounded, and never nothing. */
export function displayName(name: string): string {
  return name.trim() === "" ? "(no name)" : printable(name, LIMITS.name);
}

/** The longest that a name, a value and a raw answer are shown. */
export const LIMITS = { name: 200, value: 500, sentence: 2_000, raw: 20_000 } as const;
