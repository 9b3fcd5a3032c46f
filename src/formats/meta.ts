import { metaEntryInvalid, metaLineInvalid } from "./sample-errors";
import { printable } from "./text-bytes";

/** What a `.meta` file says: keys and values in the order of its lines. Values may be empty. */
export type Meta = ReadonlyMap<string, string>;

/** Where the values start: one blank after `entropy-test`, the longest key that run-boot-test writes. */
const VALUE_COLUMN = 13;

/** A key alone is one whose value is empty and whose blanks an editor has stripped. */
const LINE = /^([A-Za-z0-9_-]+)(?:[ \t]+(.*))?$/su;
const KEY = /^[A-Za-z0-9_-]+$/;

/**
 * Reads a `.meta` file, as Zircon's run-boot-test writes one when a boot-time test has succeeded. Unknown keys are kept;
 * of a key that comes twice the last value counts.
 * @param file its path, for people
 * @throws UserError when a line is not a key and a value
 */
export function parseMeta(text: string, file = "the .meta file"): Meta {
  const meta = new Map<string, string>();
  text.split("\n").forEach((line, i) => {
    if (line.trim() === "") return;
    const match = LINE.exec(line.replace(/\r$/, ""));
    if (match === null) throw metaLineInvalid(file, i + 1, printable(new TextEncoder().encode(line)));
    meta.set(match[1], (match.at(2) ?? "").trimEnd());
  });
  return meta;
}

/**
 * Writes a `.meta` file as run-boot-test does: `len          1048576`.
 * @throws UserError for a key that is no word or a value that is no single line
 */
export function formatMeta(meta: Meta): string {
  return [...meta].map(([key, value]) => formatEntry(key, value)).join("");
}

function formatEntry(key: string, value: string): string {
  if (!KEY.test(key) || /[\r\n]/.test(value)) throw metaEntryInvalid(key);
  return `${key.padEnd(Math.max(VALUE_COLUMN, key.length + 1))}${value}\n`;
}

/** The options of a kernel's command line; a word without = has the value "", of a key that comes twice the last counts. */
export function parseKernelCommandLine(text: string): ReadonlyMap<string, string> {
  const words = text.split(/[ \t]+/).filter((word) => word !== "");
  return new Map(
    words.map((word) => {
      const at = word.indexOf("=");
      return at < 0 ? [word, ""] : [word.slice(0, at), word.slice(at + 1)];
    }),
  );
}
