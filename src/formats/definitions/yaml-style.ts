import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import type { EntryPlace, EntryStyle, Quote } from "../../model/definitions";
import { columnAt, endOfLine, lineBreakOf } from "./text-layout";
import { isNode, mapOf, type YamlEntry, type YamlNode } from "./yaml-tree";

/** Blanks per level where the file shows none. */
const USUAL_STEP = 2;

/** The mark of a mapping's texts, as most of them have it. */
export function quotesOf(map: YAMLMap): { readonly key: Quote; readonly value: Quote } {
  return {
    key: firstQuote(map.items.map(({ key }) => key)),
    value: firstQuote(map.items.map(({ value }) => value)),
  };
}

function firstQuote(nodes: readonly unknown[]): Quote {
  for (const node of nodes) {
    if (!isScalar(node)) continue;
    if (node.type === "QUOTE_DOUBLE") return '"';
    if (node.type === "QUOTE_SINGLE") return "'";
  }
  return "";
}

/** One more entry at the end of a mapping; null for one that has no place for it. */
export function placeInMap(at: YamlNode): EntryPlace | null {
  const target = mapOf(at);
  if (target === null) return null;
  const { map } = target;
  const { file, text } = target.at.source;
  const last = map.items.at(-1);
  if (map.flow === true) return placeInFlow(map, file, text);
  const first = map.items.at(0);
  if (last === undefined || !isScalar(first?.key) || first.key.range == null) return null;
  const indent = " ".repeat(columnAt(text, first.key.range[0]));
  const style = { ...styleOf(map), width: alignedWidth(map, text) };
  return lineBelow(file, text, lastOffset(last), indent, style);
}

function placeInFlow(map: YAMLMap, file: string, text: string): EntryPlace | null {
  const [start, end] = map.range ?? [0, 0];
  if (text[end - 1] !== "}") return null;
  const last = map.items.at(-1);
  const quotes = styleOf(map);
  // a colon within a bare key of a flow mapping is an error to older parsers
  const style = { ...quotes, key: quotes.key === "" ? '"' : quotes.key } as const;
  if (last === undefined) return { at: { file, start, end }, before: "{ ", after: " }", style };
  const from = lastOffset(last);
  const rest = text.slice(from, end - 1);
  if (/[^\s,]/.test(rest)) return null;
  const blank = /^[^\S\n]*$/.exec(rest)?.[0] ?? "";
  return {
    at: { file, start: from, end: from + (rest.includes("\n") ? 0 : rest.length) },
    before: ", ",
    after: blank,
    style,
  };
}

/** A mapping `key:` with its first entry, at the end of the mapping that it belongs to. */
export function placeOfMap(parent: YamlNode, key: string): EntryPlace | null {
  const target = mapOf(parent);
  const outer = placeInMap(parent);
  if (target === null || outer === null) return null;
  const { text } = target.at.source;
  const style = { ...styleOf(target.map), key: target.map.flow === true ? '"' : "", width: 0 } as const;
  if (target.map.flow === true)
    return { ...outer, before: `${outer.before}${key}: { `, after: ` }${outer.after}`, style };
  const indent = outer.before.slice(outer.before.lastIndexOf("\n") + 1);
  const nl = lineBreakOf(text);
  return { ...outer, before: `${outer.before}${key}:${nl}${indent}${" ".repeat(stepOf(target.map, text))}`, style };
}

/** The first entry of a mapping that is there by name only: `extra_specs:` with nothing behind it, or null. */
export function placeInNull(parent: YamlNode, entry: YamlEntry): EntryPlace | null {
  const target = mapOf(parent);
  const keyRange = entry.keyNode.node.range;
  if (target === null || keyRange == null) return null;
  const { file, text } = target.at.source;
  const style = { ...styleOf(target.map), key: "", width: 0 } as const;
  const value = entry.value?.node.range;
  if (target.map.flow === true || (value != null && value[1] > value[0])) {
    if (value == null || value[1] === value[0]) return null;
    const flow = { ...style, key: '"' } as const;
    return { at: { file, start: value[0], end: value[1] }, before: "{ ", after: " }", style: flow };
  }
  const indent = " ".repeat(columnAt(text, keyRange[0]) + stepOf(target.map, text));
  return lineBelow(file, text, keyRange[1], indent, style);
}

function lineBelow(file: string, text: string, offset: number, indent: string, style: EntryStyle): EntryPlace {
  const nl = lineBreakOf(text);
  // a block of text ends behind its last line break
  if (text[offset - 1] === "\n") return { at: { file, start: offset, end: offset }, before: indent, after: nl, style };
  const end = endOfLine(text, offset);
  return { at: { file, start: end, end }, before: `${nl}${indent}`, after: "", style };
}

function styleOf(map: YAMLMap): EntryStyle {
  return { ...quotesOf(map), afterKey: ":", width: 0, beforeValue: " " };
}

/** Where the last thing of an entry ends. */
function lastOffset({ key, value }: Pair): number {
  if (isNode(value)) return endOf(value);
  return isNode(key) ? endOf(key) : 0;
}

function endOf(node: Node): number {
  if (isMap(node) && node.flow !== true) {
    const last = node.items.at(-1);
    if (last !== undefined) return lastOffset(last);
  }
  if (isSeq(node) && node.flow !== true) {
    const last = node.items.at(-1);
    if (isNode(last)) return endOf(last);
  }
  return node.range?.[1] ?? 0;
}

/** How far the values stand from their keys, where all of them stand in one column; 0 where they do not. */
function alignedWidth(map: YAMLMap, text: string): number {
  const widths = map.items.flatMap(({ key, value }) => {
    if (!isScalar(key) || !isScalar(value) || key.range == null || value.range == null) return [];
    return value.range[1] > value.range[0] ? [value.range[0] - key.range[0]] : [];
  });
  const padded = map.items.some(({ key, value }) => {
    if (!isScalar(key) || !isScalar(value) || key.range == null || value.range == null) return false;
    return /:[ \t]{2,}$/.test(text.slice(key.range[1], value.range[0]));
  });
  const width = widths.at(0);
  return width !== undefined && padded && widths.every((w) => w === width) ? width - 1 : 0;
}

/** Blanks per level, as a mapping within this one shows. */
function stepOf(map: YAMLMap, text: string): number {
  for (const { key, value } of map.items) {
    const inner = isMap(value) && value.flow !== true ? value.items.at(0)?.key : undefined;
    if (!isScalar(key) || !isScalar(inner) || key.range == null || inner.range == null) continue;
    return Math.max(1, columnAt(text, inner.range[0]) - columnAt(text, key.range[0]));
  }
  return USUAL_STEP;
}
