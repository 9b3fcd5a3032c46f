import { StringDecoder } from "node:string_decoder";
import { stripVTControlCharacters } from "node:util";

/** What a kernel says about its entropy test, or dies of. */
export type BootLogEvent =
  | { readonly kind: "drawn"; readonly nanoseconds: number }
  | { readonly kind: "unrecognized-source"; readonly source: string }
  /** The kernel has room for fewer bytes than it was asked for. */
  | { readonly kind: "length-limited"; readonly bytes: number }
  /** The source gave fewer bytes than it was asked for. */
  | { readonly kind: "source-short"; readonly bytes: number }
  | { readonly kind: "skipped"; readonly line: string }
  | { readonly kind: "data-lost"; readonly line: string }
  | { readonly kind: "panic"; readonly line: string };

/** Characters of a line; what is longer is cut into lines. */
const LONGEST_LINE = 4096;
/** Characters of a log; the entropy test stands near its beginning. */
const MOST_KEPT = 1024 * 1024;
/** Characters of a line that is quoted. */
const QUOTED = 200;

/** What the kernel's own lines begin with; those of 2017 with the second or third. */
const OURS = /\b(?:entropy-boot-test|entropy-test|entropy-record): (.*)$/;
const PANIC = /Kernel panic - not syncing|ZIRCON KERNEL PANIC/;

/**
 * What a line of a serial console says about the entropy test; null for any other line.
 * Sources: zircon/kernel/lib/crypto/entropy/quality_test.cpp and its successors, kernel/panic.c of Linux.
 */
export function parseBootLogLine(line: string): BootLogEvent | null {
  if (PANIC.test(line)) return { kind: "panic", line: quoted(line) };
  const said = OURS.exec(line)?.[1];
  if (said === undefined) return null;
  const drawn = numberIn(/^successful draw in (\d+) nanoseconds?\b/, said);
  if (drawn !== null) return { kind: "drawn", nanoseconds: drawn };
  const source = /^unrecognized source "(.*)"/.exec(said)?.[1];
  if (source !== undefined) return { kind: "unrecognized-source", source: quoted(source) };
  const limit = numberIn(/^only recording (\d+) bytes?\b/, said);
  if (limit !== null) return { kind: "length-limited", bytes: limit };
  const short = numberIn(/^source only returned (\d+) bytes?\b/, said);
  if (short !== null) return { kind: "source-short", bytes: short };
  if (/skipping test/i.test(said)) return { kind: "skipped", line: quoted(said) };
  if (/^Failed to (?:create|write)|partial write/i.test(said)) return { kind: "data-lost", line: quoted(said) };
  return null;
}

function numberIn(pattern: RegExp, text: string): number | null {
  const digits = pattern.exec(text)?.[1];
  const number = digits === undefined ? NaN : Number(digits);
  return Number.isSafeInteger(number) ? number : null;
}

/** Every event of a log, in order. */
export function parseBootLog(text: string): readonly BootLogEvent[] {
  return text.split("\n").flatMap((line) => parseBootLogLine(line) ?? []);
}

/** How long the draw took, as a log tells it; the last time counts. null when it does not. */
export function drawNanoseconds(text: string): number | null {
  const drawn = parseBootLog(text).findLast((event) => event.kind === "drawn");
  return drawn?.kind === "drawn" ? drawn.nanoseconds : null;
}

/** What came over a serial console, in a bounded size, as lines that a terminal can show. */
export class BootLog {
  readonly #decoder = new StringDecoder("utf8");
  #kept = "";
  #dropped = 0;
  #rest = "";
  #last: string | null = null;
  readonly #events: BootLogEvent[] = [];

  /** @param onEvent called with each event as it comes */
  constructor(private readonly onEvent: (event: BootLogEvent) => void = () => undefined) {}

  /** Takes what came next. */
  add(bytes: Uint8Array): void {
    this.#take(this.#decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)));
  }

  /** Says that nothing more comes. */
  end(): void {
    this.#take(this.#decoder.end());
    if (this.#rest !== "") this.#line(this.#rest);
    this.#rest = "";
  }

  /** So far. */
  get events(): readonly BootLogEvent[] {
    return this.#events;
  }

  /** The last line with anything in it, cut to a length that can be quoted; null when there was none. */
  get lastLine(): string | null {
    return this.#last;
  }

  get text(): string {
    return this.#dropped === 0 ? this.#kept : `${this.#kept}[${this.#dropped} more characters]\n`;
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#line(line);
    while (this.#rest.length > LONGEST_LINE) {
      this.#line(this.#rest.slice(0, LONGEST_LINE));
      this.#rest = this.#rest.slice(LONGEST_LINE);
    }
  }

  #line(raw: string): void {
    for (let at = 0; at < Math.max(1, raw.length); at += LONGEST_LINE)
      this.#keep(printableLine(raw.slice(at, at + LONGEST_LINE)));
  }

  #keep(line: string): void {
    if (line.trim() !== "") this.#last = quoted(line);
    if (this.#kept.length + line.length + 1 <= MOST_KEPT) this.#kept += `${line}\n`;
    else this.#dropped += line.length + 1;
    const event = parseBootLogLine(line);
    if (event === null || this.#events.length >= LONGEST_LINE) return;
    this.#events.push(event);
    this.onEvent(event);
  }
}

/** Firmware clears the screen, kernels write in colour: only the text stays. */
function printableLine(line: string): string {
  return stripVTControlCharacters(line)
    .replace(/\r/g, "")
    .replace(/[^\P{C}\t]|[\p{Bidi_Control}\u2028\u2029]/gu, "\ufffd");
}

function quoted(line: string): string {
  const text = line.trim();
  return text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
}
