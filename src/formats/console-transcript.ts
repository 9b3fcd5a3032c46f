/**
 * What a script of ours says over a server's serial console, where the kernel, the init system and a login prompt write
 * between and into its lines, and lines get lost. So every line carries the run, its number and a checksum, and the
 * script says everything several times: a line that came whole once has come.
 *
 *     [   23.501] cloud-init[526]: entropy-check:3f9c0a1b2c4d 7 rngd> visible ~5e1d03aa
 *
 * `NAME>` is a line of a command's standard output, `NAME!` of its standard error, `NAME=` how it ended and how many
 * lines of each there were, `end` how many lines there are in all; after ~ stand the first digits of the SHA-256 of what is between the run and it.
 */
import { createHash } from "node:crypto";

/** What a command left behind, as far as it came through. */
export interface ConsoleResult {
  readonly stdout: string;
  readonly stderr: string;
  /** null: the console did not say; "timeout": the script stopped it. */
  readonly status: number | "timeout" | null;
  /** Whether every line of standard output came. */
  readonly whole: boolean;
}

const LINE = /entropy-check:([0-9a-f]{1,32}) (\d{1,4}) ([A-Za-z]{1,20}[>!=]?) (.{0,400}) ~([0-9a-f]{8})/;
const WORD = /entropy-check:([0-9a-f]{1,32}) (hello|bye|doing ([A-Za-z]{1,20}))\b/;

interface Line {
  readonly section: string;
  readonly text: string;
}

/** Gathers a run's lines from as many looks at the console as it takes. */
export class ConsoleTranscript {
  readonly #lines = new Map<number, Line>();
  #doing: string | null = null;
  #said: "nothing" | "hello" | "bye" = "nothing";

  /** @param run lines of other runs are not ours */
  constructor(private readonly run: string) {}

  /** Takes in what the console shows now; what was seen before may come again, or be gone. */
  read(text: string): void {
    for (const line of text.split(/[\r\n]+/)) {
      this.#takeLine(line);
      this.#takeWord(line);
    }
  }

  /** Whether the script has begun. */
  get begun(): boolean {
    return this.#said !== "nothing" || this.#lines.size > 0;
  }

  /** The name of the command that runs, as the script said last; null before the first. */
  get doing(): string | null {
    return this.#doing;
  }

  /** Whether every line has come, or the script has said for the last time what it had to say. */
  get finished(): boolean {
    return this.#said === "bye" || this.missing === 0;
  }

  /** How many lines have not come; null as long as the script has not said how many there are. */
  get missing(): number | null {
    const end = [...this.#lines.values()].find(({ section }) => section === "end");
    const all = Number(end?.text ?? NaN);
    return Number.isNaN(all) ? null : all - this.#lines.size;
  }

  /** What a command left behind; null if nothing of it came. */
  result(name: string): ConsoleResult | null {
    const of = (mark: string): string[] =>
      [...this.#lines]
        .filter(([, { section }]) => section === name + mark)
        .sort(([a], [b]) => a - b)
        .map(([, { text }]) => text);
    const [stdout, stderr, ended] = [of(">"), of("!"), of("=").at(0)];
    if (stdout.length === 0 && stderr.length === 0 && ended === undefined) return null;
    const [, status, lines] =
      /^(\d{1,3}|timeout) (\d{1,4}) \d{1,4}$/.exec(ended ?? "") ?? ([] as (string | undefined)[]);
    return {
      stdout: stdout.map((line) => `${line}\n`).join(""),
      stderr: stderr.map((line) => `${line}\n`).join(""),
      status: status === undefined ? null : status === "timeout" ? status : Number(status),
      whole: lines !== undefined && Number(lines) === stdout.length,
    };
  }

  #takeLine(line: string): void {
    const [, run, number, section, text, check] = LINE.exec(line) ?? [];
    if (run !== this.run || checkOf(`${number} ${section} ${text}`) !== check) return;
    this.#lines.set(Number(number), { section, text });
  }

  #takeWord(line: string): void {
    const [, run, word, name] = WORD.exec(line) ?? [];
    if (run !== this.run) return;
    if (word === "bye") this.#said = "bye";
    else if (this.#said === "nothing") this.#said = "hello";
    if (name) this.#doing = name;
  }
}

/** A line as the script writes it. */
export function consoleLine(run: string, number: number, section: string, text: string): string {
  const said = `${number} ${section} ${text}`;
  return `entropy-check:${run} ${said} ~${checkOf(said)}`;
}

/** The beginning of a text's SHA-256, which is all that a line has room for; cksum is not in every busybox. */
function checkOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
