import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from "yaml";
import schema from "../../media/boot-test.schema.json";
import { isUnreasonableYaml } from "../formats/yaml-limits";
import type { BootTestDocument } from "./document";

/** What is wrong with a boot-test file, and where: 0-based, as VS Code counts. */
export interface DefinitionProblem {
  readonly severity: "error" | "warning";
  readonly line: number;
  readonly column: number;
  /** One sentence that stands alone. */
  readonly message: string;
  readonly remedy: string;
}

/** The keys and indices that lead to a place in the file. */
export type DocumentPath = readonly (string | number)[];

/** A parsed file, for looking up places. */
export interface YamlText {
  readonly tree: Document.Parsed;
  readonly lines: LineCounter;
}

export type DocumentRead =
  | { readonly document: BootTestDocument; readonly yaml: YamlText; readonly problems: readonly [] }
  | { readonly document: null; readonly yaml: YamlText | null; readonly problems: readonly DefinitionProblem[] };

let compiled: ValidateFunction<BootTestDocument> | null = null;

/** Compiled when it is first needed: that takes tens of milliseconds, and most runs read no boot-test file. */
function validator(): ValidateFunction<BootTestDocument> {
  const options = { allErrors: true, verbose: true, allowUnionTypes: true };
  return (compiled ??= new Ajv(options).compile<BootTestDocument>(schema));
}

/** Reads YAML and holds it against the JSON Schema; the problems come in the order of their places. */
export function readDocument(text: string): DocumentRead {
  if (isUnreasonableYaml(text)) return { document: null, yaml: null, problems: [TOO_MUCH] };
  const lines = new LineCounter();
  const tree = parseDocument(text, { prettyErrors: false, lineCounter: lines });
  const yaml: YamlText = { tree, lines };
  const [error] = tree.errors;
  if (tree.errors.length > 0) {
    const what = error.code.toLowerCase().replaceAll("_", " ");
    const problem = problemAt(place(yaml, error.pos[0]), `This is not valid YAML (${what}).`, YAML_REMEDY);
    return { document: null, yaml, problems: [problem] };
  }
  const value = valueOf(tree);
  const validate = validator();
  if (validate(value)) return { document: value, yaml, problems: [] };
  const problems = telling(validate.errors ?? []).map((e) => explain(e, yaml));
  return { document: null, yaml, problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
}

const YAML_REMEDY =
  "Mend that line. YAML is indented by spaces, never by tabs, and values with : or # in them need quotation marks.";

const TOO_MUCH: DefinitionProblem = {
  severity: "error",
  line: 0,
  column: 0,
  message: "The file is too long or nested too deeply.",
  remedy: "Write a boot-test file without so many brackets and aliases.",
};

/** An alias that leads nowhere or to itself makes the value null, which the schema refuses. */
function valueOf(tree: Document.Parsed): unknown {
  try {
    return tree.toJS();
  } catch {
    return null;
  }
}

/** The place of a value, or, of what is not there, of what it should be in. */
export function locate(yaml: YamlText, path: DocumentPath): { readonly line: number; readonly column: number } {
  const node: unknown = yaml.tree.getIn(path, true);
  if (isNode(node) && node.range) return place(yaml, node.range[0]);
  return path.length === 0 ? { line: 0, column: 0 } : locate(yaml, path.slice(0, -1));
}

function place({ lines }: YamlText, offset: number): { readonly line: number; readonly column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(0, line - 1), column: Math.max(0, col - 1) };
}

/** The place of a key. */
function locateKey(
  yaml: YamlText,
  path: DocumentPath,
  key: string,
): { readonly line: number; readonly column: number } {
  const map: unknown = path.length === 0 ? yaml.tree.contents : yaml.tree.getIn(path, true);
  const pair = isMap(map) ? map.items.find((item) => isScalar(item.key) && String(item.key.value) === key) : undefined;
  return isScalar(pair?.key) && pair.key.range ? place(yaml, pair.key.range[0]) : locate(yaml, path);
}

function problemAt(at: { line: number; column: number }, message: string, remedy: string): DefinitionProblem {
  return { severity: "error", ...at, message, remedy };
}

/** The errors that a person can act on: not that a branch was refused, and no branch's while its name is wrong. */
function telling(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const chosen = errors.filter(({ keyword }) => keyword !== "if");
  const unnamed = chosen.filter((e) => isDiscriminator(e)).map((e) => parentOf(e));
  const seen = new Set<string>();
  return chosen.filter((error) => {
    const at = parentOf(error);
    if (unnamed.includes(at) && !isDiscriminator(error)) return false;
    const same = `${error.instancePath} ${error.keyword} ${JSON.stringify(error.params)}`;
    return !seen.has(same) && seen.add(same);
  });
}

/** Whether an error is that `method` or `way` is missing or unknown. */
function isDiscriminator({ keyword, instancePath, params }: ErrorObject): boolean {
  if (keyword === "required") return ["method", "way"].includes(String(params.missingProperty));
  return keyword === "enum" && /\/(?:boot\/method|export\/way)$/.test(instancePath);
}

/** The `boot` or `export` that an error is in. */
function parentOf({ instancePath }: ErrorObject): string {
  return instancePath.split("/").slice(0, 2).join("/");
}

/** JSON Schema's types as people call them. */
const TYPES: Readonly<Record<string, string>> = {
  object: "a mapping",
  array: "a list",
  string: "a text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
};

function explain(error: ErrorObject, yaml: YamlText): DefinitionProblem {
  const { keyword, instancePath, message, data } = error;
  const params: Readonly<Record<string, unknown>> = error.params;
  const path = pathOf(instancePath);
  const name = path.length === 0 ? "The file" : nameOf(path);
  const parent = isRecord(error.parentSchema) ? error.parentSchema : {};
  const about = typeof parent.description === "string" ? parent.description : "See the JSON Schema of boot-test files.";
  switch (keyword) {
    case "required": {
      const missing = String(params.missingProperty);
      return problemAt(
        locate(yaml, path),
        `${name} has no ${missing}.`,
        `Add ${missing}: ${descriptionIn(parent, missing)}`,
      );
    }
    case "additionalProperties": {
      const key = String(params.additionalProperty);
      const known = isRecord(parent.properties) ? Object.keys(parent.properties).join(", ") : "";
      const where = path.length === 0 ? "a boot-test file" : name;
      return problemAt(locateKey(yaml, path, key), `There is no ${key} in ${where}.`, `It may have: ${known}.`);
    }
    case "enum": {
      const allowed = Array.isArray(params.allowedValues) ? params.allowedValues.map(String).join(", ") : "";
      return problemAt(
        locate(yaml, path),
        `${name} is ${JSON.stringify(data)}, which is none of ${allowed}.`,
        `Choose one of: ${allowed}.`,
      );
    }
    case "type": {
      const types = [params.type].flat().map((type) => TYPES[String(type)] ?? String(type));
      return problemAt(locate(yaml, path), `${name} is not ${types.join(" or ")}.`, about);
    }
    case "pattern":
      return problemAt(locate(yaml, path), `${name} is not written as it has to be: ${JSON.stringify(data)}.`, about);
    case "minimum":
    case "maximum": {
      const bound = keyword === "minimum" ? "less" : "more";
      return problemAt(locate(yaml, path), `${name} is ${bound} than ${String(params.limit)}.`, about);
    }
    default:
      return problemAt(locate(yaml, path), `${name} ${message ?? "is not right"}.`, about);
  }
}

function descriptionIn(parent: Readonly<Record<string, unknown>>, property: string): string {
  const member = isRecord(parent.properties) ? parent.properties[property] : undefined;
  if (isRecord(member) && typeof member.description === "string") return member.description;
  return isRecord(member) && Array.isArray(member.enum)
    ? `one of ${member.enum.map(String).join(", ")}.`
    : "it is needed.";
}

/** `/boot/arguments/0` as keys; an index is a number where the tree has a list. */
function pathOf(pointer: string): DocumentPath {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** `boot.method`, `matrix[1].quiet[0]` */
export function nameOf(path: DocumentPath): string {
  return path.reduce<string>(
    (name, part) => (typeof part === "number" ? `${name}[${part}]` : name === "" ? part : `${name}.${part}`),
    "",
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
