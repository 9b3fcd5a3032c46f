import type { Span } from "./hcl-syntax";

/** What begins a block at the top of a file of Terraform or Packer: in the first column it ends whatever was left open above. */
const TOP_LEVEL =
  /(?:resource|data|locals|variable|module|output|provider|terraform|import|moved|removed|check|ephemeral|packer|source|build)(?=[ \t]*["{])/y;
const CLOSING: ReadonlyMap<string, string> = new Map([
  ["{", "}"],
  ["[", "]"],
  ["(", ")"],
]);

/** Steps through HCL's text: what separates and what encloses, without what it means. */
export class HclScanner {
  protected at = 0;

  constructor(protected readonly text: string) {}

  /** From an opening bracket to behind its closing one. */
  protected skipBalanced(inTemplate = false): void {
    const open: string[] = [];
    for (;;) {
      const here = this.text.charAt(this.at);
      if (here === "" || (inTemplate && here === "\n")) return;
      if (here === "\n" && this.atTopLevel(this.at + 1)) return;
      if (here === '"') {
        this.skipQuoted();
        continue;
      }
      if (this.skipComment()) continue;
      const close = CLOSING.get(here);
      if (close !== undefined) open.push(close);
      else if (here === open.at(-1)) open.pop();
      this.at++;
      if (open.length === 0) return;
    }
  }

  protected skipQuoted(): void {
    const match = /"(?:[^"\\\n]|\\.)*"?/y;
    match.lastIndex = this.at;
    match.exec(this.text);
    this.at = Math.max(match.lastIndex, this.at + 1);
  }

  protected lineEnd(): number {
    const end = this.text.indexOf("\n", this.at);
    return end < 0 ? this.text.length : end;
  }

  /** Blanks and comments, and line ends if `lines` says so. */
  protected skip(lines: boolean): void {
    for (;;) {
      const here = this.text.charAt(this.at);
      if (here === " " || here === "\t" || here === "\r" || here === "\ufeff" || (lines && here === "\n")) this.at++;
      else if (!this.skipComment()) return;
    }
  }

  protected skipComment(): boolean {
    const here = this.text.charAt(this.at);
    if (here === "#" || this.text.startsWith("//", this.at)) this.at = this.lineEnd();
    else if (here === "/" && this.text.charAt(this.at + 1) === "*") {
      const end = this.text.indexOf("*/", this.at + 2);
      this.at = end < 0 ? this.text.length : end + 2;
    } else return false;
    return true;
  }

  protected atTopLevel(at = this.at): boolean {
    if (at > 0 && this.text.charAt(at - 1) !== "\n") return false;
    TOP_LEVEL.lastIndex = at;
    return TOP_LEVEL.test(this.text);
  }

  protected matches(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }

  protected take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return null;
    this.at = pattern.lastIndex;
    return match[0];
  }

  /** Whether an opening bracket stands here. */
  protected opens(): boolean {
    return CLOSING.has(this.text.charAt(this.at));
  }

  protected since(start: number): Span {
    return { start, end: this.at };
  }
}
