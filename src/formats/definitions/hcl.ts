import { HclScanner } from "./hcl-scanner";
import {
  literalOf,
  type HclAttribute,
  type HclBlock,
  type HclBody,
  type HclExpression,
  type HclItem,
  type HclTemplatePart,
} from "./hcl-syntax";

const IDENTIFIER = /[\p{L}_][\p{L}\p{N}_-]*/uy;
/** `hw_rng:allowed = ` without its quotation marks, which Terraform refuses with a reason of its own. */
const BARE_EXTRA_SPEC = /[\p{L}_][\p{L}\p{N}_-]*:[\p{L}_][\p{L}\p{N}_-]*(?=[ \t]*=[^=])/uy;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** What goes on after a value, and no reference is. */
const FURTHER = /[[.]/y;
const OPERATOR = /[+\-*/%<>?&|]|==|!=/y;

const ESCAPES = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/** Deeper nesting is stepped over: half-typed or hostile text must not end the stack. */
const DEEPEST = 64;

/**
 * Reads HCL. Takes any text: what is not understood is stepped over, and what is half typed ends where the line or the
 * next top-level block does. https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */
export function parseHcl(text: string): HclBody {
  return new HclReader(text).body(0);
}

class HclReader extends HclScanner {
  /**
   * Where a bracket opens whose content was read in vain. What follows is then read again from there, so without this
   * a text that nests them, and closes none, would take twice as long with each.
   */
  private readonly inVain = new Set<number>();

  body(depth: number): HclBody {
    const attributes: HclAttribute[] = [];
    const blocks: HclBlock[] = [];
    for (;;) {
      this.skip(true);
      if (this.at >= this.text.length || (depth > 0 && (this.text.charAt(this.at) === "}" || this.atTopLevel()))) break;
      const start = this.at;
      const name = this.take(IDENTIFIER);
      if (name === null) {
        this.stepOver();
        continue;
      }
      this.skip(false);
      if (this.text.charAt(this.at) === "=" && this.text.charAt(this.at + 1) !== "=") {
        const nameSpan = { start, end: start + name.length };
        this.at++;
        attributes.push({ name, nameSpan, value: this.expression(depth, false) });
        continue;
      }
      const block = this.block(name, start, depth);
      if (block === null) this.stepOver();
      else blocks.push(block);
    }
    return { attributes, blocks };
  }

  private block(type: string, start: number, depth: number): HclBlock | null {
    const labels: string[] = [];
    let end = this.at;
    for (;;) {
      const label = this.text.charAt(this.at) === '"' ? this.label(depth) : this.take(IDENTIFIER);
      if (label === null) break;
      labels.push(label);
      end = this.at;
      this.skip(false);
    }
    if (labels.length === 0) end = start + type.length;
    if (this.text.charAt(this.at) !== "{") return null;
    const head = { start, end };
    const innerStart = this.at + 1;
    if (depth >= DEEPEST) {
      this.skipBalanced();
      return { type, labels, head, inner: { start: innerStart, end: this.at }, body: { attributes: [], blocks: [] } };
    }
    this.at++;
    const body = this.body(depth + 1);
    const inner = { start: innerStart, end: this.at };
    if (this.text.charAt(this.at) === "}") this.at++;
    return { type, labels, head, inner, body };
  }

  private label(depth: number): string {
    return literalOf(this.quoted(depth)) ?? "";
  }

  /** @param within whether a bracket is open, so that line ends do not end the expression */
  private expression(depth: number, within: boolean): HclExpression {
    this.skip(within);
    const start = this.at;
    const primary = depth > DEEPEST ? this.other(within) : this.primary(depth, within);
    const end = this.at;
    this.skip(within);
    if (this.matches(OPERATOR) || this.matches(FURTHER)) return this.other(within, start);
    this.at = end;
    return primary;
  }

  private primary(depth: number, within: boolean): HclExpression {
    const start = this.at;
    const here = this.text.charAt(start);
    if (here === '"') return this.quoted(depth);
    if (this.text.startsWith("<<", start)) return this.heredoc();
    if (here === "{") return this.object(depth);
    if (here === "[") return this.list(depth);
    if (here === "(") return this.parenthesised(depth);
    const number = this.take(NUMBER);
    if (number !== null) return { kind: "number", text: number, span: this.since(start) };
    const name = this.take(IDENTIFIER);
    if (name === null) return this.other(within);
    if (name === "true" || name === "false") return { kind: "boolean", text: name, span: this.since(start) };
    if (name === "null") return { kind: "null", text: name, span: this.since(start) };
    if (this.text.charAt(this.at) === "(") return this.call(name, start, depth);
    return this.reference(name, start);
  }

  private reference(root: string, start: number): HclExpression {
    const path = [root];
    for (;;) {
      const here = this.at;
      if (this.text.charAt(here) === ".") {
        this.at++;
        const step = this.take(IDENTIFIER) ?? this.take(/\d+/y);
        if (step !== null) {
          path.push(step);
          continue;
        }
      } else if (this.text.charAt(here) === "[") {
        const step = /\["([^"\\$%\n]*)"\]|\[(\d+)\]/y;
        step.lastIndex = here;
        const match = step.exec(this.text);
        if (match !== null) {
          this.at = step.lastIndex;
          path.push(match.at(1) ?? match.at(2) ?? "");
          continue;
        }
      }
      this.at = here;
      return { kind: "reference", path, span: this.since(start) };
    }
  }

  private call(name: string, start: number, depth: number): HclExpression {
    this.at++;
    const args = this.items(")", depth);
    return { kind: "call", name, args, span: this.since(start) };
  }

  private list(depth: number): HclExpression {
    const start = this.at;
    if (this.isFor()) return this.balanced();
    this.at++;
    const items = this.items("]", depth);
    return { kind: "list", items, span: this.since(start) };
  }

  private items(close: string, depth: number): HclExpression[] {
    const items: HclExpression[] = [];
    for (;;) {
      this.skip(true);
      if (this.at >= this.text.length || this.atTopLevel()) return items;
      if (this.text.charAt(this.at) === close) {
        this.at++;
        return items;
      }
      const before = this.at;
      if (this.text.charAt(this.at) === ",") this.at++;
      else items.push(this.expression(depth + 1, true));
      // `...` after the last argument, and whatever else is no expression
      if (this.at === before) this.at++;
    }
  }

  private parenthesised(depth: number): HclExpression {
    return this.enclosed(depth, true, ")") ?? this.balanced();
  }

  /** From an opening bracket to behind its closing one; null, and nothing is passed, if more than an expression is within. */
  private enclosed(depth: number, within: boolean, close: string): HclExpression | null {
    const open = this.at;
    if (this.inVain.has(open)) return null;
    this.at++;
    const inner = this.expression(depth + 1, within);
    this.skip(within);
    if (this.text.charAt(this.at) === close) {
      this.at++;
      return inner;
    }
    this.inVain.add(open);
    this.at = open;
    return null;
  }

  private object(depth: number): HclExpression {
    const start = this.at;
    if (this.isFor()) return this.balanced();
    this.at++;
    const items: HclItem[] = [];
    for (;;) {
      this.skip(true);
      if (this.at >= this.text.length || this.atTopLevel()) break;
      if (this.text.charAt(this.at) === "}") {
        this.at++;
        break;
      }
      const before = this.at;
      const item = this.item(depth);
      if (item !== null) items.push(item);
      else this.other(false);
      if (this.at === before) this.at++;
    }
    return { kind: "object", items, span: this.since(start) };
  }

  private item(depth: number): HclItem | null {
    const keyStart = this.at;
    const quoted = this.text.charAt(keyStart) === '"';
    let key: string | null;
    if (quoted) key = literalOf(this.quoted(depth));
    else if (this.text.charAt(keyStart) === "(") {
      this.skipBalanced();
      key = null;
    } else {
      key = this.take(BARE_EXTRA_SPEC) ?? this.take(IDENTIFIER) ?? this.take(NUMBER);
      if (key === null) return null;
    }
    const keySpan = this.since(keyStart);
    this.skip(false);
    const separator = this.text.charAt(this.at);
    if (separator !== "=" && separator !== ":") return null;
    const separatorAt = this.at;
    this.at++;
    const value = this.expression(depth + 1, false);
    const end = this.at;
    this.skip(false);
    const comma = this.text.charAt(this.at) === ",";
    this.at = comma ? this.at + 1 : end;
    return { key, keySpan, quoted, separator, separatorAt, value, comma };
  }

  /** A quoted template; one that is not closed ends with its line. */
  private quoted(depth: number): HclExpression {
    const start = this.at;
    const parts: HclTemplatePart[] = [];
    let literal = "";
    this.at++;
    for (;;) {
      const here = this.text.charAt(this.at);
      if (here === "" || here === "\n" || here === '"') {
        if (here === '"') this.at++;
        break;
      }
      const two = this.text.slice(this.at, this.at + 2);
      if (two === "${" || two === "%{") {
        if (literal.endsWith(two.charAt(0))) {
          // $${ and %%{ write the two characters themselves
          literal += "{";
          this.at += 2;
        } else {
          parts.push(literal, this.interpolation(depth, two === "${"));
          literal = "";
        }
      } else if (here === "\\") {
        literal += this.escape();
      } else {
        literal += here;
        this.at++;
      }
    }
    parts.push(literal);
    return { kind: "template", parts, span: this.since(start) };
  }

  private interpolation(depth: number, value: boolean): HclExpression {
    const start = this.at;
    this.at++;
    const inner = value && depth < DEEPEST ? this.enclosed(depth, false, "}") : null;
    if (inner !== null) return inner;
    this.skipBalanced(true);
    return { kind: "other", span: this.since(start) };
  }

  private escape(): string {
    const match = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.)|)/sy;
    match.lastIndex = this.at;
    const found = match.exec(this.text);
    this.at += found?.[0].length ?? 1;
    const code = found?.at(1) ?? found?.at(2);
    if (code !== undefined) {
      const point = Number.parseInt(code, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : "\ufffd";
    }
    const single = found?.at(3) ?? "\\";
    return ESCAPES.get(single) ?? single;
  }

  private heredoc(): HclExpression {
    const start = this.at;
    const opening = /<<-?([\p{L}_][\p{L}\p{N}_-]*)[ \t]*\r?\n/uy;
    opening.lastIndex = start;
    const match = opening.exec(this.text);
    if (match === null) return this.other(false);
    this.at = opening.lastIndex;
    const from = this.at;
    while (this.at < this.text.length) {
      const end = this.lineEnd();
      const line = this.text.slice(this.at, end);
      const body = this.at;
      this.at = end;
      if (line.trim() === match[1]) {
        const content = this.text.slice(from, body);
        const parts = /[$%]\{/.test(content) ? [{ kind: "other", span: this.since(from) } as const] : [content];
        return { kind: "template", parts, span: this.since(start) };
      }
      this.at = Math.min(end + 1, this.text.length);
    }
    return { kind: "other", span: this.since(start) };
  }

  private isFor(): boolean {
    const match = /[[{]\s*for\s/y;
    match.lastIndex = this.at;
    return match.test(this.text);
  }

  private balanced(): HclExpression {
    const start = this.at;
    this.skipBalanced();
    return { kind: "other", span: this.since(start) };
  }

  /** The rest of an expression that is not understood. */
  private other(within: boolean, start = this.at): HclExpression {
    let end = Math.max(start, this.at);
    for (;;) {
      const here = this.text.charAt(this.at);
      if (here === "" || here === "," || here === "}" || here === "]" || here === ")") break;
      if (here === "\n" && (!within || this.atTopLevel(this.at + 1))) break;
      if (this.skipComment()) continue;
      if (here === '"') this.quoted(DEEPEST);
      else if (this.opens()) this.skipBalanced();
      else this.at++;
      if (/\S/.test(here)) end = this.at;
    }
    return { kind: "other", span: { start, end } };
  }

  /** What cannot begin an attribute or block. */
  private stepOver(): void {
    const here = this.text.charAt(this.at);
    if (here === '"') this.skipQuoted();
    else if (this.opens()) this.skipBalanced();
    else if (here !== "\n" && here !== "") this.at++;
  }
}
