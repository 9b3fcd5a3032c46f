import { setImmediate } from "node:timers/promises";
import { Composer, Lexer, Parser, isAlias, isMap, isScalar, isSeq, type Document, type Node, type YAMLMap } from "yaml";
import type { DefinedValue, TextSpan } from "../../model/definitions";

/** A YAML file, parsed. */
export interface YamlFile {
  readonly file: string;
  readonly text: string;
  readonly documents: readonly Document.Parsed[];
}

/** A node with what is needed to follow its aliases and to say where it stands. */
export interface YamlNode {
  readonly source: YamlFile;
  readonly document: Document.Parsed;
  readonly node: Node;
}

/** An entry of a mapping. */
export interface YamlEntry {
  readonly key: string;
  readonly keyNode: YamlNode;
  /** Null where nothing stands behind the colon. */
  readonly value: YamlNode | null;
}

/** Merges of merges; a circle of them ends here. */
const DEEPEST_MERGE = 8;

/** How many lexemes are read at a stretch: some milliseconds' worth. To ask for the time at each costs as much again. */
const STRETCH = 2000;

/**
 * Parses YAML as PyYAML and ruamel do, which all the tools use: version 1.1, merge keys. Whatever is broken is left out.
 * The thread is given back again and again, because a file of 10,000 lines takes a fifth of a second in all.
 * @throws the signal's reason when it is aborted
 */
export async function parseYaml(file: string, text: string, signal: AbortSignal): Promise<YamlFile> {
  const parser = new Parser();
  const composer = new Composer({ version: "1.1", uniqueKeys: false, logLevel: "silent", prettyErrors: false });
  const documents: Document.Parsed[] = [];
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
    if (++lexemes % STRETCH !== 0) continue;
    await setImmediate();
    signal.throwIfAborted();
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end(false, text.length));
  // a large document is composed at a stretch; what reads it begins anew
  await setImmediate();
  signal.throwIfAborted();
  return { file, text, documents };
}

/** The top of every document that holds anything. */
export function rootsOf(source: YamlFile): readonly YamlNode[] {
  return source.documents.flatMap((document) => {
    const node: Node | null = document.contents;
    return node === null ? [] : [{ source, document, node }];
  });
}

/** What an alias stands for; the node itself when it is none. Null for an alias of nothing. */
function resolved({ source, document, node }: YamlNode): YamlNode | null {
  if (!isAlias(node)) return { source, document, node };
  const target = node.resolve(document);
  return target === undefined ? null : { source, document, node: target };
}

/** The mapping that a node is; null for anything else. */
export function mapOf(at: YamlNode | null): { readonly at: YamlNode; readonly map: YAMLMap } | null {
  const target = at === null ? null : resolved(at);
  return target !== null && isMap(target.node) ? { at: target, map: target.node } : null;
}

/** The items of a sequence; empty for anything else. */
export function itemsOf(at: YamlNode | null): readonly YamlNode[] {
  const target = at === null ? null : resolved(at);
  if (target === null || !isSeq(target.node)) return [];
  return target.node.items.flatMap((node) => (isNode(node) ? [{ ...target, node }] : []));
}

/**
 * The entries of a mapping, its own before those that `<<` brings in, of which the first counts; of its own, as PyYAML
 * does, the last. Empty for anything else.
 */
export function entriesOf(at: YamlNode | null, depth = 0): readonly YamlEntry[] {
  const target = mapOf(at);
  if (target === null || depth > DEEPEST_MERGE) return [];
  const own = new Map<string, YamlEntry>();
  const merged: YamlEntry[] = [];
  for (const { key, value } of target.map.items) {
    if (!isScalar(key)) continue;
    const valueNode = isNode(value) ? { ...target.at, node: value } : null;
    const name = keyText(key.value, key.source);
    if (name === "<<") {
      const maps = itemsOf(valueNode);
      merged.push(...(maps.length > 0 ? maps : [valueNode]).flatMap((map) => entriesOf(map, depth + 1)));
    } else {
      own.set(name, { key: name, keyNode: { ...target.at, node: key }, value: valueNode });
    }
  }
  const known = new Set(own.keys());
  return [
    ...own.values(),
    ...merged.filter(({ key }) => {
      const isNew = !known.has(key);
      known.add(key);
      return isNew;
    }),
  ];
}

function keyText(value: unknown, source: string | undefined): string {
  return typeof value === "string" ? value : (source ?? "");
}

/** Whether this is part of a document's tree. */
export function isNode(value: unknown): value is Node {
  return isAlias(value) || isScalar(value) || isMap(value) || isSeq(value);
}

/** An entry's value; null when there is no such key, or nothing behind it. */
export function valueAt(at: YamlNode | null, key: string): YamlNode | null {
  return entryAt(at, key)?.value ?? null;
}

export function entryAt(at: YamlNode | null, key: string): YamlEntry | null {
  return entriesOf(at).find((entry) => entry.key === key) ?? null;
}

/** Where a node stands, without what follows it. */
export function spanOf({ source, node }: YamlNode): TextSpan {
  const [start, end] = node.range ?? [0, 0];
  // the parser counts the line end after a block, and empty lines, as the block's own
  const isBlock = isScalar(node) && (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED");
  return { file: source.file, start, end: isBlock ? start + source.text.slice(start, end).trimEnd().length : end };
}

/** Jinja, which Ansible fills in when it runs. */
const TEMPLATE = /\{\{|\{%/;

/** What a file says a value is. */
export function definedValue(at: YamlNode | null, absent: TextSpan): DefinedValue {
  if (at === null) return { kind: "null", at: absent };
  const span = spanOf(at);
  const target = resolved(at);
  if (target === null || !isScalar(target.node)) return { kind: "unknown", at: span };
  const { value, type, source = "" } = target.node;
  if (typeof value === "string")
    return TEMPLATE.test(value) ? unknownAt(span) : { kind: "text", text: value, at: span };
  // PyYAML takes y and n for the letters that they are
  if (typeof value === "boolean" && source.length > 1) return { kind: "boolean", value, text: source, at: span };
  if (value === null) return { kind: "null", at: span };
  if (typeof value === "number" || typeof value === "bigint") return { kind: "number", text: source, at: span };
  return type === "PLAIN" ? { kind: "text", text: source, at: span } : unknownAt(span);
}

function unknownAt(at: TextSpan): DefinedValue {
  return { kind: "unknown", at };
}

/** A node's text, if it is one that the file tells; numbers too, since names may look like them. */
export function plainText(at: YamlNode | null): string | null {
  if (at === null) return null;
  const value = definedValue(at, spanOf(at));
  return value.kind === "text" || value.kind === "number" ? value.text : null;
}
