/** What may stand at a place of a boot-test file, by its JSON Schema, and what it means. */
import { isMap, isPair, isScalar, isSeq, parseDocument, visit, type Node, type Pair } from "yaml";
import schema from "../../media/boot-test.schema.json";
import { isUnreasonableYaml } from "../formats/yaml-limits";
import { KERNEL_OPTIONS } from "./kernel-options";

/** Something that may stand there. */
export interface Suggestion {
  readonly kind: "key" | "value";
  readonly label: string;
  /** What it is for; empty where the schema says nothing. */
  readonly about: string;
}

/** A JSON Schema, as far as it is looked into. */
type Schema = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** Stands for what is being typed; nobody writes it. */
const HERE = "entropy-check-is-typed-here";
/** What is half typed is not worth a warning. */
const QUIET = { logLevel: "silent" } as const;
const TYPED = /[\w./-]/;

/**
 * What may be typed at a place.
 * @param offset of the cursor, in UTF-16 units
 */
export function suggest(text: string, offset: number): readonly Suggestion[] {
  if (isUnreasonableYaml(text)) return [];
  const before = text.slice(0, wordStart(text, offset));
  const after = text.slice(offset).replace(/^[\w./-]+/, "");
  const line = before.slice(before.lastIndexOf("\n") + 1);
  if (/(^|\s)#/.test(line)) return [];
  // a word is a key or a value: of those two ways to read it the one that the schema knows
  const asValue = suggestValue(`${before}${HERE}${after}`);
  if (asValue.length > 0 || /:\s+$/.test(line)) return asValue;
  return suggestKey(`${before}${HERE}${after.startsWith(":") ? "" : ": "}${after}`);
}

/** Where the word begins that ends at a place: by steps, for a pattern that ends there is tried from everywhere before. */
function wordStart(text: string, end: number): number {
  let start = end;
  while (start > 0 && TYPED.test(text[start - 1])) start--;
  return start;
}

function suggestValue(text: string): readonly Suggestion[] {
  const found = findHere(text, false);
  if (found === null) return [];
  const { path, root } = found;
  const option = KERNEL_OPTIONS.find(({ name }) => path.at(0) === "matrix" && path.includes(name));
  if (option !== undefined) return option.values.map((label) => ({ kind: "value", label, about: option.about }));
  if (path[0] === "words" && path.length === 2)
    return KERNEL_OPTIONS.map(({ name, about }) => ({ kind: "value", label: `${name}=`, about }));
  return schemasAt(path, root).flatMap(valuesOf);
}

function suggestKey(text: string): readonly Suggestion[] {
  const found = findHere(text, true);
  if (found === null) return [];
  const { path, root, beside } = found;
  const parent = path.slice(0, -1);
  const options = parent[0] === "matrix" && parent.length === 2 ? KERNEL_OPTIONS : [];
  const properties = schemasAt(parent, root).flatMap((at) => Object.entries(recordOf(at["properties"])));
  const keys = new Map(options.map(({ name, about }) => [name, about]));
  for (const [name, property] of properties) keys.set(name, describe(recordOf(property)) || (keys.get(name) ?? ""));
  return [...keys].filter(([name]) => !beside.has(name)).map(([label, about]) => ({ kind: "key", label, about }));
}

/**
 * What the key at a place means.
 * @returns null where there is no key, or none that is known
 */
export function meaningAt(text: string, offset: number): string | null {
  if (isUnreasonableYaml(text)) return null;
  const document = parseDocument(text, QUIET);
  let meaning: string | null = null;
  visit(document, {
    Pair: (_, { key }, above) => {
      if (!isScalar(key) || typeof key.value !== "string" || !covers(key, offset)) return undefined;
      const option = KERNEL_OPTIONS.find(({ name }) => name === key.value);
      const path = [...pathOf(above), key.value];
      const described = schemasAt(path, valueOf(document))
        .map(describe)
        .find((about) => about !== "");
      meaning = option?.about ?? described ?? null;
      return visit.BREAK;
    },
  });
  return meaning;
}

function covers({ range }: Node, offset: number): boolean {
  return range !== null && range !== undefined && range[0] <= offset && offset <= range[1];
}

interface Here {
  readonly path: Path;
  readonly root: unknown;
  /** The other keys of the map. */
  readonly beside: ReadonlySet<unknown>;
}

/** Where the mark stands, as a key or as a value; null where it is neither. */
function findHere(text: string, asKey: boolean): Here | null {
  const document = parseDocument(text, QUIET);
  let found: Here | null = null;
  visit(document, {
    Scalar: (at, { value }, above) => {
      if (value !== HERE || (at === "key") !== asKey) return undefined;
      const parent = above.at(-2);
      const map = asKey && isMap(parent) ? parent.items.map(({ key }) => (isScalar(key) ? key.value : key)) : [];
      const step = typeof at === "number" ? [at] : asKey ? [HERE] : [];
      found = { path: [...pathOf(above), ...step], root: valueOf(document), beside: new Set(map) };
      return visit.BREAK;
    },
  });
  return found;
}

function valueOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS();
  } catch {
    // an alias of nothing
    return null;
  }
}

/** The keys and indices that lead to what stands below these nodes; the last pair's key counts if its value is meant. */
function pathOf(above: readonly unknown[]): Path {
  return above.flatMap((node, i): Path => {
    const next = above.at(i + 1);
    if (isSeq(node) && next !== undefined) return [node.items.indexOf(next)];
    if (isPair(node) && !isHereAsKey(node)) return isScalar(node.key) ? [String(node.key.value)] : [];
    return [];
  });
}

const isHereAsKey = ({ key }: Pair): boolean => isScalar(key) && key.value === HERE;

/** The schemas that hold for a place: of what depends on a value beside it, those that hold with that. */
function schemasAt(path: Path, root: unknown): readonly Schema[] {
  let schemas = resolve(schema, root);
  let value = root;
  for (const step of path) {
    value = memberOf(value, step);
    schemas = schemas.flatMap((at) => {
      if (typeof step === "number") return resolve(recordOf(at["items"]), value);
      const property = recordOf(at["properties"])[step] ?? at["additionalProperties"];
      return resolve(recordOf(property), value);
    });
  }
  return schemas;
}

function resolve(at: Schema, value: unknown): readonly Schema[] {
  const { $ref: reference } = at;
  if (typeof reference === "string") {
    const target = recordOf(recordOf(schema.definitions)[reference.replace("#/definitions/", "")]);
    const own = typeof at["description"] === "string" ? [{ description: at["description"] }] : [];
    return [...own, ...resolve(target, value)];
  }
  const branches = Array.isArray(at["allOf"]) ? at["allOf"].map(recordOf) : [];
  const held = branches.filter((branch) => holds(recordOf(branch["if"]), value));
  return [at, ...held.flatMap((branch) => resolve(recordOf(branch["then"]), value))];
}

function holds(condition: Schema, value: unknown): boolean {
  return Object.entries(recordOf(condition["properties"])).every(
    ([key, expected]) => memberOf(value, key) === recordOf(expected)["const"],
  );
}

function valuesOf(at: Schema): readonly Suggestion[] {
  const listed: unknown = at["enum"] ?? at["examples"] ?? (at["type"] === "boolean" ? [true, false] : []);
  return (Array.isArray(listed) ? listed : []).map((value) => ({
    kind: "value",
    label: String(value),
    about: describe(at),
  }));
}

const describe = ({ description }: Schema): string => (typeof description === "string" ? description : "");

function memberOf(value: unknown, key: string | number): unknown {
  return typeof value === "object" && value !== null
    ? new Map<string, unknown>(Object.entries(value)).get(String(key))
    : undefined;
}

function recordOf(value: unknown): Schema {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
