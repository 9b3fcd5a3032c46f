import type { DefinedValue, Definition, Quote, TextEdit } from "../../model/definitions";

/**
 * The least edit that gives a definition an entry: a value that is there is replaced, one that is not is added below its
 * neighbours, written as they are. Null where the file has no place for it.
 */
export function setEntry(definition: Definition, key: string, value: string): TextEdit | null {
  const present = definition.properties.find((property) => property.key === key);
  if (present !== undefined) return replaced(present.value, present.keyAt.end, value, definition);
  const { place } = definition;
  if (place === null) return null;
  const { style } = place;
  const written = (quoted(definition.spelling?.[key] ?? key, style.key) + style.afterKey).padEnd(style.width);
  const entry = written + style.beforeValue + valueText(value, style.value, definition);
  return { at: place.at, text: place.before + entry + place.after };
}

function replaced(present: DefinedValue, keyEnd: number, value: string, definition: Definition): TextEdit {
  const isNumber = present.kind === "number" && /^\d+$/.test(value);
  const text = isNumber ? value : valueText(value, definition.valueQuote, definition);
  // `key:` with nothing behind it
  if (present.at.start < keyEnd || present.at.start === present.at.end)
    return { at: { ...present.at, start: keyEnd + 1, end: keyEnd + 1 }, text: ` ${text}` };
  return { at: present.at, text };
}

/** Bare only where the language reads a bare text as one. */
function valueText(value: string, quote: Quote, { system }: Definition): string {
  const bare = quote === "" && !HCL.has(system) && /^[a-z][a-z-]*$/.test(value) && !BOOLEAN_LIKE.has(value);
  return bare ? value : quoted(value, quote === "" ? '"' : quote);
}

const HCL: ReadonlySet<Definition["system"]> = new Set(["terraform", "packer"] as const);

const BOOLEAN_LIKE = new Set(["true", "false", "yes", "no", "on", "off", "null"]);

/** Keys and values of ours hold nothing that would have to be escaped. */
const quoted = (text: string, quote: Quote): string => quote + text + quote;

/** A text with edits made, in whatever order they come; the same edit twice, and what would overlap another, is left out. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = [...edits].sort((a, b) => b.at.start - a.at.start || b.at.end - a.at.end);
  let result = text;
  let last: TextEdit | null = null;
  for (const edit of sorted) {
    const { start, end } = edit.at;
    const again = last?.at.start === start && last.at.end === end;
    if (again || (last !== null && end > last.at.start)) continue;
    result = result.slice(0, start) + edit.text + result.slice(end);
    last = edit;
  }
  return result;
}
