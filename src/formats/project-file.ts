import { LineCounter, isMap, isScalar, isSeq, parseDocument, type Node, type YAMLMap } from "yaml";
import schema from "../../media/entropy-check.schema.json";
import type { SuppressionRequest } from "../model/suppression";
import type { YamlMapping } from "./definitions/mapped-yaml";

/** What is wrong in the file, and where. */
export interface ProjectFileProblem {
  readonly message: string;
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
  /** From 0. */
  readonly line: number;
}

export interface ProjectFile {
  readonly suppressions: readonly SuppressionRequest[];
  /** Files of the user's own in which definitions stand; `files` is a glob below the file's folder. */
  readonly definitions: readonly (YamlMapping & { readonly files: string })[];
  readonly problems: readonly ProjectFileProblem[];
}

const SUPPRESSION_KEYS = ["rule", "subject", "source", "reason", "expires"];
/** The rules' ids, and `*` for all of them. */
const RULES: readonly string[] = schema.properties.suppress.items.properties.rule.enum;
const DEFINITION_KEYS = ["files", "resource", "items", "properties"];

/**
 * Reads a project file. What is wrong in one entry leaves the others as they are: every entry stands for itself, and an
 * entry that cannot be read takes no effect.
 */
export function parseProjectFile(text: string): ProjectFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: "silent", prettyErrors: false });
  const problems: ProjectFileProblem[] = document.errors.map(({ pos: [start, end], code }) => {
    return { message: `This is not valid YAML (${code}).`, start, end, line: lines.linePos(start).line - 1 };
  });
  const tell = (node: Node | null, message: string): null => {
    const [start, , end] = node?.range ?? [0, 0, 0];
    const shown = text.slice(start, end).trimEnd().split("\n", 1).join("");
    problems.push({ message, start, end: start + shown.length, line: lines.linePos(start).line - 1 });
    return null;
  };
  const top = document.contents;
  if (top === null) return { suppressions: [], definitions: [], problems };
  if (!isMap(top)) {
    tell(top, "The file holds no mapping with suppress: or definitions:.");
    return { suppressions: [], definitions: [], problems };
  }
  for (const { key } of top.items)
    if (isScalar(key) && key.value !== "suppress" && key.value !== "definitions")
      tell(key, "Known here are suppress: and definitions:.");
  return {
    suppressions: entriesOf(top, "suppress", SUPPRESSION_KEYS, tell).flatMap(
      (entry) => suppressionOf(entry, tell) ?? [],
    ),
    definitions: entriesOf(top, "definitions", DEFINITION_KEYS, tell).flatMap((entry) => mappingOf(entry, tell) ?? []),
    problems,
  };
}

type Tell = (node: Node | null, message: string) => null;

interface Entry {
  readonly node: YAMLMap;
  /** The texts of its keys. */
  readonly text: (key: string) => string | null;
  readonly at: (key: string) => Node | null;
}

function entriesOf(top: YAMLMap, list: string, keys: readonly string[], tell: Tell): readonly Entry[] {
  const value: unknown = top.get(list, true);
  if (value === undefined || (isScalar(value) && value.value === null)) return [];
  if (!isSeq(value)) {
    tell(isMap(value) || isScalar(value) ? value : null, `${list}: is a list.`);
    return [];
  }
  return value.items.flatMap((node): Entry[] => {
    if (!isMap(node)) {
      tell(isScalar(node) || isSeq(node) ? node : null, `Each entry of ${list}: is a mapping with ${keys.join(", ")}.`);
      return [];
    }
    for (const { key } of node.items)
      if (isScalar(key) && !keys.includes(String(key.value))) tell(key, `Known here are ${keys.join(", ")}.`);
    const at = (key: string): Node | null => {
      const found: unknown = node.get(key, true);
      return isScalar(found) || isMap(found) || isSeq(found) ? found : null;
    };
    const text = (key: string): string | null => {
      const found = at(key);
      if (!isScalar(found) || found.value === null) return null;
      // a bare date or number is meant as it is written
      return typeof found.value === "string" ? found.value : (found.source ?? null);
    };
    return [{ node, text, at }];
  });
}

function suppressionOf({ node, text, at }: Entry, tell: Tell): SuppressionRequest | null {
  const rule = text("rule");
  const subject = text("subject");
  if (rule === null || subject === null) return tell(node, "A suppression names a rule and a subject.");
  if (!RULES.includes(rule))
    return tell(at("rule"), "There is no such rule: a report names each finding's in brackets.");
  const reason = text("reason")?.trim() ?? "";
  if (reason === "") tell(at("reason") ?? node, "A suppression without a reason takes no effect.");
  const expires = text("expires");
  if (expires !== null && !isDate(expires)) return tell(at("expires"), "The last day is written YYYY-MM-DD.");
  return { rule, subject, source: text("source"), reason, expires };
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

function mappingOf({ node, text, at }: Entry, tell: Tell): (YamlMapping & { files: string }) | null {
  const files = text("files");
  const resource = text("resource");
  const properties = text("properties");
  if (files === null || properties === null) return tell(node, "A mapping has files, resource and properties.");
  if (resource !== "flavor" && resource !== "image")
    return tell(at("resource") ?? node, "resource is flavor or image.");
  return { files, resource, items: text("items") ?? "", properties };
}

/**
 * The file's text with one more suppression; comments and order stay.
 * @param text null: there is no file yet
 */
export function withSuppression(
  text: string | null,
  { rule, subject, source, reason, expires }: SuppressionRequest,
): string {
  const document = parseDocument(text ?? "", { logLevel: "silent" });
  const entry = {
    ...{ rule, subject },
    ...(source === null ? {} : { source }),
    reason,
    ...(expires === null ? {} : { expires }),
  };
  const list: unknown = document.get("suppress", true);
  if (isSeq(list)) list.add(document.createNode(entry));
  else document.set("suppress", document.createNode([entry]));
  return document.toString({ lineWidth: 0 });
}
