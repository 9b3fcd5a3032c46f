import { openrcUnreadable } from "./errors";
import { shellStatements, type Statement, type Word } from "./shell-words";

/** What an openrc file would leave in the environment. */
export interface OpenrcVariables {
  /** Those of OpenStack, `OS_...`, with their values. */
  readonly variables: ReadonlyMap<string, string>;
  /** 0-based line of each. */
  readonly lines: ReadonlyMap<string, number>;
}

type Value =
  | { readonly kind: "known"; readonly text: string }
  /** The file asks the person for it. */
  | { readonly kind: "asked" }
  /** @param what only running would tell it */
  | { readonly kind: "unreadable"; readonly what: string };

interface Variable {
  readonly value: Value;
  readonly exported: boolean;
  readonly line: number;
}

/** Commands that change no variable. */
const HARMLESS = new Set(["echo", "printf", ":", "true", "clear", "shopt", "alias", "stty", "[", "[[", "test"]);
const OPENING = new Set(["if", "for", "while", "until", "case", "select"]);
const CLOSING = new Set(["fi", "done", "esac"]);
/** What is asked for at each login when it is not known. */
const SECRETS = new Set(["OS_PASSWORD", "OS_PASSCODE", "OS_TOKEN", "OS_APPLICATION_CREDENTIAL_SECRET"]);
const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)=/;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Reads an openrc file as far as it can be read without running it: `export`, assignments, `unset`, quotes, references
 * to variables that the file sets, `if [ -z "$NAME" ]`, and `read` for what it asks for. Passed over is what changes no
 * OpenStack variable: messages, prompts, other variables, loops over something else. The variables of this process do
 * not count: a file that somebody sends could carry them off in an address.
 * @param home the person's, for `~` and `$HOME`
 * @throws UserError that names the first line that matters and cannot be read; never quotes it
 */
export function parseOpenrc(file: string, text: string, home: string): OpenrcVariables {
  const statements = shellStatements(text);
  if (statements === null) throw openrcUnreadable(file, null, "a quotation or a text whose end is missing");
  return new Reader(file, statements, home).run();
}

class Reader {
  readonly #variables = new Map<string, Variable>();
  #at = 0;
  #exportAll = false;
  /** Of each `if` that is open: whether its branch is run. */
  readonly #branches: boolean[] = [];

  constructor(
    private readonly file: string,
    private readonly statements: readonly Statement[],
    home: string,
  ) {
    this.#variables.set("HOME", { value: { kind: "known", text: home }, exported: true, line: 0 });
  }

  run(): OpenrcVariables {
    while (this.#at < this.statements.length && this.#step());
    const variables = new Map<string, string>();
    const lines = new Map<string, number>();
    for (const [name, { value, exported, line }] of this.#variables) {
      if (!name.startsWith("OS_") || !exported) continue;
      if (value.kind === "unreadable") throw openrcUnreadable(this.file, line, value.what);
      if (value.kind === "asked" && SECRETS.has(name)) continue;
      if (value.kind === "asked") throw openrcUnreadable(this.file, line, `the ${name} that a person types`);
      variables.set(name, value.text);
      lines.set(name, line);
    }
    return { variables, lines };
  }

  /** @returns whether the file goes on */
  #step(): boolean {
    const statement = this.statements[this.#at++];
    const words = afterKeyword(statement.words);
    const first = rawAt(words, 0);
    const stray = /^(then|else|elif|fi|do|done|esac)$/.test(rawAt(statement.words, 0));
    if (stray && this.#branches.length === 0)
      throw openrcUnreadable(this.file, statement.line, "an end without a begin");
    if (rawAt(statement.words, 0) === "else") this.#branches.push(!this.#branches.pop());
    if (first === "fi" && this.#branches.length > 0) this.#branches.pop();
    else if (this.#branches.at(-1) === false) this.#skip(first);
    else if (first === "if") this.#branch(statement, words);
    else if (OPENING.has(first)) this.#passOver(statement);
    else return this.#execute({ ...statement, words });
    return true;
  }

  /** Passes over a statement of a branch that is not run, with the whole block that it may begin. */
  #skip(first: string): void {
    if (OPENING.has(first)) this.#at = this.#endOf(this.#at - 1);
  }

  /** `if [ -z "$NAME" ]` and `if [ -n "$NAME" ]` are followed, any other is passed over as a whole. */
  #branch(statement: Statement, words: readonly Word[]): void {
    const operand = words.at(3);
    const isTest = /^(if \[ -[zn] \]|if \[\[ -[zn] \]\])$/.test([0, 1, 2, 4].map((i) => rawAt(words, i)).join(" "));
    const block = this.statements.slice(this.#at, this.#endOf(this.#at - 1));
    const readable =
      isTest && words.length === 5 && statement.alone && !block.some((one) => rawAt(one.words, 0) === "elif");
    const value = readable && operand !== undefined ? this.#expand(operand, true) : null;
    if (value === null || value.kind === "unreadable") {
      this.#passOver(statement);
      return;
    }
    const isEmpty = value.kind === "known" && value.text === "";
    this.#branches.push(isEmpty === (rawAt(words, 2) === "-z"));
  }

  /** Passes over a block that sets no OpenStack variable; one that clears them all is as good as run. */
  #passOver(statement: Statement): void {
    const end = this.#endOf(this.#at - 1);
    const block = this.statements.slice(this.#at - 1, end);
    const [head, body] = [block.at(0)?.raw ?? "", block.at(1)?.raw ?? ""];
    if (/^for \w+ in \$\(\s*(set|env)\b.*\bOS_.*\)$/.test(head) && /^do unset \$\w+\s*$/.test(body)) {
      for (const name of [...this.#variables.keys()]) if (name.startsWith("OS_")) this.#variables.delete(name);
    } else {
      const risky = block.find(({ raw, words }) => {
        const command = rawAt(afterKeyword(words), 0);
        return /(?<!\$\{?)\bOS_/.test(raw) || /^(source|\.|eval|set|exit|return|exec)$/.test(command);
      });
      if (risky !== undefined)
        throw openrcUnreadable(this.file, risky.line, `a condition or a loop (${keyword(statement)})`);
    }
    this.#at = end;
  }

  /** The index after the statement that closes the block which begins at an index. */
  #endOf(start: number): number {
    let depth = 0;
    for (let index = start; index < this.statements.length; index++) {
      const first = rawAt(afterKeyword(this.statements[index].words), 0);
      if (OPENING.has(first)) depth++;
      if (CLOSING.has(first) && --depth === 0) return index + 1;
    }
    throw openrcUnreadable(this.file, this.statements[start].line, "a condition or a loop whose end is missing");
  }

  /** @returns whether the file goes on */
  #execute(statement: Statement): boolean {
    const { words, line } = statement;
    const [command, rest] = [rawAt(words, 0), words.slice(1)];
    if (words.length === 0 || isHarmless(words)) return true;
    if (!statement.alone) throw openrcUnreadable(this.file, line, "commands joined by operators");
    if (words.every(({ raw }) => ASSIGNMENT.test(raw))) for (const word of words) this.#assign(word, line);
    else if (command === "export" || isDeclaration(words)) {
      this.#export(rest.slice(command === "export" ? 0 : 1), line);
    } else if (command === "unset") this.#unset(rest, line);
    else if (command === "read") this.#read(rest, line);
    else if (command === "set") this.#set(rest);
    else if (command === "return" || command === "exit") return false;
    else throw openrcUnreadable(this.file, line, "a command that would have to be run");
    return true;
  }

  #unset(words: readonly Word[], line: number): void {
    for (const { raw } of words) {
      if (!NAME.test(raw) && raw !== "-v") throw openrcUnreadable(this.file, line, "an unset of what is not a name");
      this.#variables.delete(raw);
    }
  }

  /** All values are found before the first is set. */
  #export(words: readonly Word[], line: number): void {
    const exported = words.map((word) => {
      if (ASSIGNMENT.test(word.raw)) return { ...this.#assigned(word), line };
      if (!NAME.test(word.raw)) throw openrcUnreadable(this.file, line, "an option of export");
      return { name: word.raw, value: null, line };
    });
    for (const { name, value } of exported) {
      const known = this.#variables.get(name);
      if (value !== null) this.#variables.set(name, { value, exported: true, line });
      else if (known !== undefined) this.#variables.set(name, { ...known, exported: true });
    }
  }

  #assign(word: Word, line: number): void {
    const { name, value } = this.#assigned(word);
    const exported = this.#exportAll || (this.#variables.get(name)?.exported ?? false);
    this.#variables.set(name, { value, exported, line });
  }

  /** The name of an assignment is the first of its pieces' text. */
  #assigned(word: Word): { readonly name: string; readonly value: Value } {
    const name = ASSIGNMENT.exec(word.raw)?.[1] ?? "";
    const first = word.pieces.at(0);
    const text = first !== undefined && "text" in first ? first.text.slice(name.length + 1) : "";
    const pieces = [{ text }, ...word.pieces.slice(1)].filter((piece) => !("text" in piece) || piece.text !== "");
    return { name, value: this.#expand({ ...word, pieces }, false) };
  }

  /** `read -sr OS_PASSWORD_INPUT`, with or without a prompt. */
  #read(words: readonly Word[], line: number): void {
    const prompt = words.findIndex(({ raw }) => /^-[ser]*p$/.test(raw));
    const plain = words.filter(({ raw }, index) => !raw.startsWith("-") && (prompt === -1 || index !== prompt + 1));
    const options = words.filter(({ raw }) => raw.startsWith("-"));
    const name = plain.at(0);
    if (
      name === undefined ||
      plain.length > 1 ||
      !NAME.test(name.raw) ||
      options.some(({ raw }) => !/^-[serp]+$/.test(raw))
    ) {
      throw openrcUnreadable(this.file, line, "a read of more than one variable");
    }
    const exported = this.#exportAll || (this.#variables.get(name.raw)?.exported ?? false);
    this.#variables.set(name.raw, { value: { kind: "asked" }, exported, line });
  }

  #set(words: readonly Word[]): void {
    const options = words.map(({ raw }) => raw).join(" ");
    if (/^(-[a-z]*a|-o allexport)/.test(options)) this.#exportAll = true;
    if (/^(\+[a-z]*a|\+o allexport)/.test(options)) this.#exportAll = false;
  }

  /** @param orEmpty whether an OpenStack variable that is not set counts as an empty one, as for a test */
  #expand(word: Word, orEmpty: boolean): Value {
    if (word.unreadable !== null) return { kind: "unreadable", what: word.unreadable };
    const only = word.pieces.length === 1 ? word.pieces.at(0) : undefined;
    if (only !== undefined && "variable" in only) {
      const value = this.#variables.get(only.variable)?.value;
      if (value?.kind === "asked") return value;
    }
    let text = "";
    for (const piece of word.pieces) {
      if ("text" in piece) {
        text += piece.text;
        continue;
      }
      const value = this.#variables.get(piece.variable)?.value;
      const missing = value === undefined || (value.kind === "known" && value.text === "");
      if (missing && piece.otherwise !== null) text += piece.otherwise;
      else if (value?.kind === "known") text += value.text;
      else if (value === undefined && orEmpty && piece.variable.startsWith("OS_")) continue;
      else if (value?.kind === "unreadable") return value;
      else return { kind: "unreadable", what: `$${piece.variable}, which the file does not set` };
    }
    return { kind: "known", text };
  }
}

/** A statement without the `then`, `do` or `else` that it begins with. */
function afterKeyword(words: readonly Word[]): readonly Word[] {
  return /^(then|do|else)$/.test(rawAt(words, 0)) ? words.slice(1) : words;
}

/** `declare -x NAME=value`, as `export -p` prints it. */
function isDeclaration(words: readonly Word[]): boolean {
  return /^(declare|typeset) -x$/.test(`${rawAt(words, 0)} ${rawAt(words, 1)}`);
}

function isHarmless(words: readonly Word[]): boolean {
  const command = rawAt(words, 0);
  return HARMLESS.has(command) && !(command === "printf" && rawAt(words, 1).startsWith("-v"));
}

function keyword({ words }: Statement): string {
  return rawAt(afterKeyword(words), 0);
}

/** A word as it is written; "" where there is none. */
function rawAt(words: readonly Word[], index: number): string {
  return words.at(index)?.raw ?? "";
}
