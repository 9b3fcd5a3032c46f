import { isScalar, LineCounter, isMap, parseDocument, Scalar, visit, type Document } from "yaml";
import { UserError } from "../errors";
import { cloudsFileInvalid, cloudsFileUnusable, cloudsMappingMissing } from "./errors";
import { isUnreasonableYaml } from "./yaml-limits";

/** A value of a settings file. Scalars stay as they are written: a project id of digits only is no number. */
export type Setting = string | null | readonly Setting[] | Settings;
export type Settings = ReadonlyMap<string, Setting>;

/** The plain words that YAML reads as null. */
const NULL = /^(|~|null|Null|NULL)$/;

/** What a settings file says below one of its top keys. */
export interface SettingsFile {
  readonly entries: Settings;
  /** 0-based line of each entry's key. */
  readonly lines: ReadonlyMap<string, number>;
}

/**
 * Reads YAML or JSON, merge keys and anchors included.
 * @param topKey the mapping that holds the entries: `clouds`
 * @throws UserError when the text is not YAML or has no such mapping; the message never quotes the file
 */
export function parseSettings(file: string, text: string, topKey: string): SettingsFile {
  if (isUnreasonableYaml(text)) throw cloudsFileUnusable(file);
  try {
    const lineCounter = new LineCounter();
    const document = parseDocument(text, {
      schema: "failsafe",
      merge: true,
      uniqueKeys: false,
      prettyErrors: false,
      lineCounter,
    });
    const invalid = (offset: number, what: string): UserError => {
      const { line, col } = lineCounter.linePos(offset);
      return cloudsFileInvalid(file, line, col, what);
    };
    const error = document.errors.at(0);
    if (error !== undefined) throw invalid(error.pos[0], error.code.toLowerCase().replaceAll("_", " "));
    resolveNodes(document, invalid);
    const root = toSetting(document.toJS({ mapAsMap: true }));
    const entries = isSettings(root) ? root.get(topKey) : undefined;
    if (!isSettings(entries)) throw cloudsMappingMissing(file, topKey);
    return { entries, lines: linesOf(document, topKey, lineCounter) };
  } catch (error) {
    throw error instanceof UserError ? error : cloudsFileUnusable(file);
  }
}

/** Makes plain nulls null, and checks that every alias leads to a node outside itself. */
function resolveNodes(document: Document, invalid: (offset: number, what: string) => UserError): void {
  visit(document, {
    Scalar: (_, node) => {
      if (node.type === Scalar.PLAIN && typeof node.value === "string" && NULL.test(node.value)) node.value = null;
    },
    Alias: (_, node, path) => {
      const target = node.resolve(document);
      if (target === undefined || path.includes(target)) throw invalid(node.range?.[0] ?? 0, "bad alias");
    },
  });
}

function toSetting(value: unknown): Setting {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(toSetting);
  if (!isMapping(value)) return null;
  const settings = new Map<string, Setting>();
  for (const [key, member] of value) if (typeof key === "string") settings.set(key, toSetting(member));
  return settings;
}

function isMapping(value: unknown): value is ReadonlyMap<unknown, unknown> {
  return value instanceof Map;
}

function linesOf(document: Document, topKey: string, lineCounter: LineCounter): Map<string, number> {
  const lines = new Map<string, number>();
  const top = document.get(topKey, true);
  if (!isMap(top)) return lines;
  for (const { key } of top.items) {
    if (isScalar(key) && typeof key.value === "string" && key.range) {
      lines.set(key.value, lineCounter.linePos(key.range[0]).line - 1);
    }
  }
  return lines;
}

/** `over` laid on `base`: mappings are merged deep, everything else is replaced. */
export function mergeSettings(base: Settings, over: Settings): Settings {
  const merged = new Map(base);
  for (const [key, value] of over) {
    const under = merged.get(key);
    merged.set(key, isSettings(under) && isSettings(value) ? mergeSettings(under, value) : value);
  }
  return merged;
}

export function isSettings(value: Setting | undefined): value is Settings {
  return value instanceof Map;
}

export function isList(value: Setting | undefined): value is readonly Setting[] {
  return Array.isArray(value);
}
