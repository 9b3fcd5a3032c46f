/** HCL as far as definitions need it: bodies, blocks, attributes, expressions, each with its place in the text. */

/** Offsets in UTF-16 code units, `end` excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface HclAttribute {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: HclExpression;
}

export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  /** From the type to the last label. */
  readonly head: Span;
  /** Between the braces. */
  readonly inner: Span;
  readonly body: HclBody;
}

export interface HclBody {
  readonly attributes: readonly HclAttribute[];
  readonly blocks: readonly HclBlock[];
}

export interface HclItem {
  /** Null for a key that is computed. */
  readonly key: string | null;
  readonly keySpan: Span;
  readonly quoted: boolean;
  readonly separator: "=" | ":";
  /** Offset of the separator. */
  readonly separatorAt: number;
  readonly value: HclExpression;
  readonly comma: boolean;
}

/** A part of a template: text, or what `${}` holds. */
export type HclTemplatePart = string | HclExpression;

export type HclExpression = { readonly span: Span } & (
  | { readonly kind: "template"; readonly parts: readonly HclTemplatePart[] }
  | { readonly kind: "number" | "boolean" | "null"; readonly text: string }
  | { readonly kind: "object"; readonly items: readonly HclItem[] }
  | { readonly kind: "list"; readonly items: readonly HclExpression[] }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly HclExpression[] }
  /** `local.a.b`, `each.value["c"]` */
  | { readonly kind: "reference"; readonly path: readonly string[] }
  /** Anything else: operators, conditions, `for`. */
  | { readonly kind: "other" }
);

/** The text of a template without `${}`; null for anything else. */
export function literalOf(expression: HclExpression): string | null {
  if (expression.kind !== "template") return null;
  return expression.parts.every((part) => typeof part === "string") ? expression.parts.join("") : null;
}
