import { stringify } from "yaml";

/** The text of a read-only document, and on which 0-based line each thing stands that a finding may be about. */
export interface DocumentText {
  readonly text: string;
  readonly lines: ReadonlyMap<string, number>;
}

/** Puts a YAML document together, remembering where things stand. */
export class DocumentWriter {
  private readonly written: string[] = [];
  private readonly lines = new Map<string, number>();

  /** @param text one line; what came from elsewhere can't break out of the comment */
  comment(text: string, indent = 0): this {
    this.written.push(`${" ".repeat(indent)}# ${printable(text)}`);
    return this;
  }

  /** @param text one line of our own, as it is */
  line(text: string): this {
    this.written.push(text);
    return this;
  }

  blank(): this {
    this.written.push("");
    return this;
  }

  /**
   * @param value whatever YAML can say; its first line is where `keys` stand
   * @param indent in columns
   */
  yaml(value: unknown, indent = 0, ...keys: readonly string[]): this {
    for (const key of keys) if (!this.lines.has(key)) this.lines.set(key, this.written.length);
    const text = stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd();
    this.written.push(...text.split("\n").map((line) => (line === "" ? "" : " ".repeat(indent) + line)));
    return this;
  }

  end(): DocumentText {
    return { text: `${this.written.join("\n")}\n`, lines: this.lines };
  }
}

/** Control and bidirectional characters show themselves as U+FFFD instead of acting. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, "\ufffd");
}
