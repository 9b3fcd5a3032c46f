import type { DefinedValue, TextSpan } from "../../model/definitions";
import type { HclExpression, HclItem, Span } from "./hcl-syntax";

/** A file of HCL, for what its expressions come to. */
export interface HclSource {
  readonly file: string;
  readonly text: string;
}

/** What an expression comes to, as far as the files alone tell. */
export type HclValue =
  | { readonly kind: "scalar"; readonly value: DefinedValue }
  | HclMap
  | { readonly kind: "unknown"; readonly at: TextSpan };

export interface HclMap {
  readonly kind: "map";
  readonly at: TextSpan;
  readonly entries: ReadonlyMap<string, { readonly keyAt: TextSpan; readonly value: HclValue }>;
  /** False where entries may join that the files do not show. */
  readonly complete: boolean;
  /** The last object that is written out, where an entry can be added. */
  readonly literal: { readonly source: HclSource; readonly span: Span; readonly items: readonly HclItem[] } | null;
}

/** What a name may stand for. */
export interface HclScope {
  readonly locals: ReadonlyMap<string, { readonly source: HclSource; readonly value: HclExpression }>;
  readonly each: { readonly key: HclValue; readonly value: HclValue } | null;
}

/** Locals may lead to locals; a circle of them ends here. */
const LONGEST_CHAIN = 20;

/** Functions that give back what they are given, as far as maps of texts are concerned. */
const TRANSPARENT = new Set(["tomap", "tostring", "nonsensitive", "sensitive"]);

/** Evaluates what needs no running Terraform: literals, locals, `each`, `merge`, `lookup`, `try` and the like. */
export function evaluateHcl(expression: HclExpression, source: HclSource, scope: HclScope, depth = 0): HclValue {
  const at = { file: source.file, start: expression.span.start, end: expression.span.end };
  const unknown: HclValue = { kind: "unknown", at };
  if (depth > LONGEST_CHAIN) return unknown;
  const inner = (part: HclExpression): HclValue => evaluateHcl(part, source, scope, depth + 1);
  switch (expression.kind) {
    case "number":
      return { kind: "scalar", value: { kind: "number", text: expression.text, at } };
    case "boolean":
      return {
        kind: "scalar",
        value: { kind: "boolean", value: expression.text === "true", text: expression.text, at },
      };
    case "null":
      return { kind: "scalar", value: { kind: "null", at } };
    case "template": {
      const parts = expression.parts.map((part) => (typeof part === "string" ? part : textOf(inner(part))));
      return parts.includes(null) ? unknown : { kind: "scalar", value: { kind: "text", text: parts.join(""), at } };
    }
    case "object":
      return {
        kind: "map",
        at,
        entries: new Map(
          expression.items.flatMap((item) =>
            item.key === null
              ? []
              : [[item.key, { keyAt: { file: source.file, ...item.keySpan }, value: inner(item.value) }] as const],
          ),
        ),
        complete: expression.items.every((item) => item.key !== null),
        literal: { source, span: expression.span, items: expression.items },
      };
    case "reference":
      return resolve(expression.path, scope, unknown, depth);
    case "call":
      return call(expression.name, expression.args, inner, unknown);
    case "list":
    case "other":
      return unknown;
  }
}

function resolve(path: readonly string[], scope: HclScope, unknown: HclValue, depth: number): HclValue {
  const root = path.at(0);
  const name = path.at(1);
  if (root === "each" && scope.each !== null) {
    if (name === "key") return path.length === 2 ? scope.each.key : unknown;
    if (name === "value") return descend(scope.each.value, path.slice(2), unknown);
  }
  const local = root === "local" && name !== undefined ? scope.locals.get(name) : undefined;
  // a local is evaluated without `each`, which only the resource has
  if (local === undefined) return unknown;
  const value = evaluateHcl(local.value, local.source, { ...scope, each: null }, depth + 1);
  return descend(value, path.slice(2), unknown);
}

/** A member that a complete map lacks is null, as `try` and `lookup` see it. */
function descend(value: HclValue, path: readonly string[], unknown: HclValue): HclValue {
  let here = value;
  for (const step of path) {
    if (here.kind !== "map") return unknown;
    const entry = here.entries.get(step);
    if (entry === undefined)
      return here.complete ? { kind: "scalar", value: { kind: "null", at: unknownAt(unknown) } } : unknown;
    here = entry.value;
  }
  return here;
}

const unknownAt = (value: HclValue): TextSpan => (value.kind === "scalar" ? value.value.at : value.at);

function call(
  name: string,
  args: readonly HclExpression[],
  inner: (part: HclExpression) => HclValue,
  unknown: HclValue,
): HclValue {
  const first = args.at(0);
  const second = args.at(1);
  const third = args.at(2);
  if (name === "merge") return args.map(inner).reduce(merge, emptyMap(unknownAt(unknown)));
  if (TRANSPARENT.has(name) && first !== undefined) return inner(first);
  if (name === "try" || name === "coalesce" || name === "coalescelist")
    return args.map(inner).find((value) => value.kind !== "scalar" || value.value.kind !== "null") ?? unknown;
  if (name === "lookup" && first !== undefined && second !== undefined) {
    const key = textOf(inner(second));
    const map = inner(first);
    if (key === null || map.kind !== "map") return unknown;
    const found = map.entries.get(key);
    if (found !== undefined) return found.value;
    return map.complete && third !== undefined ? inner(third) : unknown;
  }
  return unknown;
}

function emptyMap(at: TextSpan): HclMap {
  return { kind: "map", at, entries: new Map(), complete: true, literal: null };
}

/** Later maps win; a null counts as an empty map. */
function merge(left: HclValue, right: HclValue): HclValue {
  if (left.kind !== "map") return left;
  if (right.kind === "map")
    return {
      ...left,
      // an unknown map that comes later may overwrite anything that came before
      entries: new Map([...left.entries, ...right.entries]),
      complete: left.complete && right.complete,
      literal: right.literal ?? left.literal,
    };
  if (right.kind === "scalar" && right.value.kind === "null") return left;
  const overwritten = [...left.entries].map(([key, { keyAt, value }]) => {
    const at = unknownAt(value);
    return [key, { keyAt, value: { kind: "unknown", at } as const }] as const;
  });
  return { ...left, entries: new Map(overwritten), complete: false };
}

/** The text that a value comes to; null when it is not known or no text. */
export function textOf(value: HclValue): string | null {
  if (value.kind !== "scalar" || value.value.kind === "null" || value.value.kind === "unknown") return null;
  return value.value.text;
}
