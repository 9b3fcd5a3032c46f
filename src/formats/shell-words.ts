/**
 * The words of a shell script, as far as they can be told without running it (POSIX.1-2017, Shell Command Language, 2.2
 * Quoting, 2.3 Token Recognition, 2.6.2 Parameter Expansion). What only running would tell is marked, and never guessed.
 */

/** A piece of a word: a text, or a variable with what stands for it while it is empty or not set. */
export type Piece = { readonly text: string } | { readonly variable: string; readonly otherwise: string | null };

export interface Word {
  /** As it is written. */
  readonly raw: string;
  readonly pieces: readonly Piece[];
  /** What in it only running would tell: `a command's output`; null: nothing. */
  readonly unreadable: string | null;
}

export interface Statement {
  /** 0-based. */
  readonly line: number;
  readonly raw: string;
  readonly words: readonly Word[];
  /** Whether it stands alone, so that it is run whatever becomes of the others, in this shell, to this terminal. */
  readonly alone: boolean;
}

const BLANK = /[ \t]/;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*/;
/** `${NAME}` and `${NAME:-a plain text}`, after the dollar sign. */
const BRACED = /^\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^$`'"\\{}~]*))?\}/;

/** How any other expansion in braces begins, after the dollar sign; what does not is an error that ends the script. */
const EXPANSION = /^\{(!?[A-Za-z_][A-Za-z0-9_]*|#[A-Za-z_][A-Za-z0-9_]*(?=\})|[\d@*#?$!-])(:?[-=+?]|[#%/^,@:[}])/;

/**
 * The statements of a script, in order; null for one that has no
 * whole statements: a quote without its end, a here-document.
 */
export function shellStatements(text: string): readonly Statement[] | null {
  return new Scanner(text.replace(/^\uFEFF/, "").replace(/\r+$/gm, "")).statements();
}

class Scanner {
  #at = 0;
  #line = 0;
  readonly #statements: Statement[] = [];
  #start = { at: 0, line: 0 };
  #words: Word[] = [];
  #alone = true;

  constructor(private readonly text: string) {}

  statements(): readonly Statement[] | null {
    while (this.#at < this.text.length) if (!this.#next()) return null;
    this.#end();
    return this.#statements;
  }

  /** Takes what comes next outside of a word. */
  #next(): boolean {
    const rest = this.text.slice(this.#at, this.#at + 3);
    if (this.#words.length === 0 && this.#alone) this.#start = { at: this.#at, line: this.#line };
    if (BLANK.test(rest.charAt(0))) this.#at++;
    else if (rest.startsWith("\\\n")) this.#take(2);
    else if (rest.startsWith("#")) this.#at = this.#indexOf("\n");
    else if (rest.startsWith("\n") || (rest.startsWith(";") && !rest.startsWith(";;"))) {
      this.#end();
      this.#take(1);
    } else if (rest.startsWith("<<") && rest !== "<<<") return false;
    else if (/^[<>()]/.test(rest)) {
      this.#alone = false;
      this.#at += /^[<>]+&?/.exec(rest)?.[0].length ?? 1;
    } else if (/^[;&|]/.test(rest)) {
      // what is before and after such an operator is run on conditions, or elsewhere
      this.#alone = false;
      this.#end();
      this.#alone = false;
      this.#start = { at: this.#at, line: this.#line };
      this.#at += /^(;;|&&|\|\||.)/.exec(rest)?.[0].length ?? 1;
    } else {
      const word = this.#word();
      if (word === null) return false;
      this.#words.push(word);
    }
    return true;
  }

  #end(): void {
    const { at, line } = this.#start;
    if (this.#words.length > 0) {
      const raw = this.text.slice(at, this.#at);
      this.#statements.push({ line, raw, words: this.#words, alone: this.#alone });
    }
    this.#words = [];
    this.#alone = true;
  }

  #word(): Word | null {
    const start = this.#at;
    const found = new Found();
    for (;;) {
      const char = this.text.charAt(this.#at);
      if (char === "" || /[ \t\n;&|<>()]/.test(char)) break;
      if (char === "'") {
        const end = this.text.indexOf("'", this.#at + 1);
        if (end === -1) return null;
        found.add(this.text.slice(this.#at + 1, end));
        this.#take(end + 1 - this.#at);
      } else if (char === '"') {
        if (!this.#quoted(found)) return null;
      } else if (char === "\\") {
        if (this.#at + 1 === this.text.length) return null;
        if (this.text.charAt(this.#at + 1) !== "\n") found.add(this.text.charAt(this.#at + 1));
        this.#take(2);
      } else if (char === "$" || char === "`") {
        if (!this.#expansion(found, false)) return null;
      } else {
        const before = this.text.slice(start, this.#at);
        if (char === "~") this.#tilde(found, before);
        else {
          if (char === "{" && before !== "") found.unreadable ??= "braces";
          found.add(char);
        }
        this.#at++;
      }
    }
    return { raw: this.text.slice(start, this.#at), pieces: found.pieces, unreadable: found.unreadable };
  }

  /** A home folder at the start of an assignment's value; elsewhere the sign itself, or another user's folder. */
  #tilde(found: Found, before: string): void {
    const here = /^[A-Za-z_][A-Za-z0-9_]*=$/.test(before) || before === "";
    const folder = /^~(?=[/\s;]|$)/.test(this.text.slice(this.#at, this.#at + 2));
    if (here && folder) found.pieces.push({ variable: "HOME", otherwise: null });
    else if (here || before.endsWith(":")) found.unreadable ??= "a home folder";
    else found.add("~");
  }

  /** From one quotation mark to the other. */
  #quoted(found: Found): boolean {
    for (this.#at++; ;) {
      const char = this.text.charAt(this.#at);
      if (char === "") return false;
      if (char === '"') {
        this.#at++;
        found.add("");
        return true;
      }
      if (char === "\\") {
        const next = this.text.charAt(this.#at + 1);
        if (next !== "\n") found.add(/[$`"\\]/.test(next) ? next : char + next);
        this.#take(2);
      } else if (char === "$" || char === "`") {
        if (!this.#expansion(found, true)) return false;
      } else {
        found.add(char);
        this.#take(1);
      }
    }
  }

  /** What begins with a dollar sign or a backtick. */
  #expansion(found: Found, quoted: boolean): boolean {
    const rest = this.text.slice(this.#at + 1, this.#at + 400);
    const braced = BRACED.exec(rest);
    const plain = NAME.exec(rest);
    if (this.text.charAt(this.#at) === "`") {
      found.unreadable ??= "a command's output";
      const end = this.text.indexOf("`", this.#at + 1);
      if (end === -1) return false;
      this.#take(end + 1 - this.#at);
    } else if (braced !== null || plain !== null) {
      const name = braced?.[1] ?? plain?.[0] ?? "";
      found.pieces.push({ variable: name, otherwise: braced?.[2] ?? null });
      this.#at += 1 + (braced ?? plain ?? [""])[0].length;
    } else if (rest.startsWith("(") || EXPANSION.test(rest)) {
      found.unreadable ??= rest.startsWith("(") ? "a command's output" : "an expansion";
      return this.#skipBrackets();
    } else if (rest.startsWith("{")) return false;
    else if (/^[\d@*#?$!-]/.test(rest) || (!quoted && /^['"]/.test(rest))) {
      found.unreadable ??= "an expansion";
      this.#at++;
    } else {
      found.add("$");
      this.#at++;
    }
    return true;
  }

  /** Passes over `$(...)` or `${...}`, whatever is in it. */
  #skipBrackets(): boolean {
    const closing: string[] = [];
    for (this.#at++; this.#at < this.text.length;) {
      const char = this.text.charAt(this.#at);
      if (char === "\\") this.#take(1);
      else if (char === "'" && closing.at(-1) !== '"') {
        const end = this.text.indexOf("'", this.#at + 1);
        if (end === -1) return false;
        this.#take(end - this.#at);
      } else if (char === closing.at(-1)) closing.pop();
      else if (char === "(") closing.push(")");
      else if (char === "{") closing.push("}");
      else if (char === '"') closing.push('"');
      this.#take(1);
      if (closing.length === 0) return true;
    }
    return false;
  }

  #take(characters: number): void {
    const taken = this.text.slice(this.#at, this.#at + characters);
    this.#line += taken.split("\n").length - 1;
    this.#at += characters;
  }

  #indexOf(char: string): number {
    const index = this.text.indexOf(char, this.#at);
    return index === -1 ? this.text.length : index;
  }
}

/** A word in the making. */
class Found {
  readonly pieces: Piece[] = [];
  unreadable: string | null = null;

  add(text: string): void {
    const last = this.pieces.at(-1);
    if (last !== undefined && "text" in last) this.pieces[this.pieces.length - 1] = { text: last.text + text };
    else this.pieces.push({ text });
  }
}
