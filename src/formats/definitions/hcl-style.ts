import type { EntryPlace, EntryStyle } from "../../model/definitions";
import type { HclBlock, HclItem, Span } from "./hcl-syntax";
import type { HclSource } from "./hcl-values";
import { columnAt, endOfLine, indentAt, lineBreakOf } from "./text-layout";

/** As Terraform's own formatter writes an entry. */
export const HCL_STYLE: EntryStyle = { key: '"', value: '"', afterKey: "", width: 0, beforeValue: " = " };

/** One more entry at the end of an object that is written out, aligned as its neighbours are. */
export function placeInObject(literal: {
  readonly source: HclSource;
  readonly span: Span;
  readonly items: readonly HclItem[];
}): EntryPlace | null {
  const { source, span, items } = literal;
  const { file, text } = source;
  // an object that is still being typed has no end yet
  if (text[span.end - 1] !== "}") return null;
  const last = items.at(-1);
  const inside = text.slice(span.start + 1, span.end - 1);
  if (last === undefined) {
    if (inside.trim() !== "") return null;
    return { at: { file, ...span }, before: "{ ", after: " }", style: HCL_STYLE };
  }
  const colon: Partial<EntryStyle> = last.separator === ":" ? { afterKey: ":", beforeValue: " " } : {};
  const key = items.every((item) => !item.quoted) ? "" : '"';
  const afterLast = text.slice(last.value.span.end, span.end - 1);
  if (!afterLast.includes("\n")) {
    const end = last.value.span.end;
    const at = { file, start: end, end: span.end - (/\s$/.test(afterLast) ? 2 : 1) };
    return { at, before: ", ", after: "", style: { ...HCL_STYLE, ...colon, key } };
  }
  const end = endOfLine(text, last.comma ? text.indexOf(",", last.value.span.end) : last.value.span.end);
  const before = `${lineBreakOf(text)}${indentAt(text, last.keySpan.start)}`;
  const style: EntryStyle = { ...HCL_STYLE, ...colon, key, width: last.separator === ":" ? 0 : keyWidth(items, text) };
  return { at: { file, start: end, end }, before, after: last.comma ? "," : "", style };
}

/** How wide the keys are padded where the separators stand one below the other; 0 where they do not. */
function keyWidth(items: readonly HclItem[], text: string): number {
  const columns = new Set(items.map((item) => columnAt(text, item.separatorAt)));
  const last = items.at(-1);
  return columns.size === 1 && items.length > 1 && last !== undefined ? last.separatorAt - last.keySpan.start - 1 : 0;
}

/** One more argument of a block `properties { }`. */
export function placeInBlock(block: HclBlock, { file, text }: HclSource): EntryPlace | null {
  const { start, end } = block.inner;
  const last = block.body.attributes.at(-1);
  const inside = text.slice(start, end);
  if (text[end] !== "}") return null;
  const style: EntryStyle = { ...HCL_STYLE, key: "" };
  if (last === undefined) {
    if (inside.trim() !== "") return null;
    return { at: { file, start, end }, before: " ", after: " ", style };
  }
  if (!inside.includes("\n")) return null;
  const at = endOfLine(text, last.value.span.end);
  const before = `${lineBreakOf(text)}${indentAt(text, last.nameSpan.start)}`;
  return { at: { file, start: at, end: at }, before, after: "", style };
}

/** The whole argument, for a resource that has none: below its last one. */
export function placeOfMap(block: HclBlock, argument: string, { file, text }: HclSource): EntryPlace | null {
  const { start, end } = block.inner;
  if (text[end] !== "}" || !text.slice(start, end).includes("\n")) return null;
  const lastAttribute = block.body.attributes.at(-1);
  const lastEnd = Math.max(lastAttribute?.value.span.end ?? start, ...block.body.blocks.map((b) => b.inner.end + 1));
  const indent =
    lastAttribute === undefined
      ? `${indentAt(text, block.head.start)}  `
      : indentAt(text, lastAttribute.nameSpan.start);
  const step = indent.includes("\t") ? "\t" : "  ";
  const nl = lineBreakOf(text);
  const at = endOfLine(text, lastEnd);
  return {
    at: { file, start: at, end: at },
    before: `${nl}${nl}${indent}${argument} = {${nl}${indent}${step}`,
    after: `${nl}${indent}}`,
    style: HCL_STYLE,
  };
}
