import { parseArgs, type ParseArgsConfig } from "node:util";
import { UserError } from "../errors";
import type { OperationEvent, Verdict } from "../model";
import { writeOutput } from "./output";

/** The exit codes, also for scripts: see `entropy-check --help`. */
export const EXIT = { passed: 0, failed: 1, couldNotRun: 2, inconclusive: 3, interrupted: 130 } as const;

/** What a command may touch of the process around it. */
export interface Terminal {
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Results. */
  readonly print: (text: string) => void;
  /** Bytes on standard output; settles when they are taken. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** Standard input, until the signal aborts. */
  readonly input: () => AsyncIterable<Uint8Array>;
  /** Remarks, on standard error. */
  readonly warn: (text: string) => void;
  /** A line that the next one overwrites; only on a terminal, so that logs stay clean. */
  readonly progress: (message: string, fraction: number | null) => void;
  /** What a person types, hidden if it is a secret; null where there is no terminal to ask at. */
  readonly ask: ((question: { readonly prompt: string; readonly hidden: boolean }) => Promise<string>) | null;
}

/** What one word after `entropy-check` does. */
export interface Command {
  /** The whole help text. */
  readonly usage: string;
  /** @returns the exit code */
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<number>;
}

/** The options that every check has. */
export const REPORT_OPTIONS = { json: { type: "string" }, help: { type: "boolean", short: "h" } } as const;

export function usageError(message: string, command: string): UserError {
  return new UserError("usage", message, `See: entropy-check ${command} --help`);
}

/** Words in lines of at most `width` columns, those after the first indented: an option's text in a usage. */
export function wrapWords(words: readonly string[], width: number, indent: number): string {
  const lines = [""];
  for (const word of words) {
    const line = `${lines[lines.length - 1]} ${word}`;
    if (line.length > width) lines.push(` ${word}`);
    else lines[lines.length - 1] = line;
  }
  return lines.map((line) => line.trimStart()).join(`\n${" ".repeat(indent)}`);
}

/**
 * The command's words and options.
 * @throws UserError for an option that the command does not have, or a value that is missing
 */
export function parseCommandLine<T extends ParseArgsConfig>(
  command: string,
  config: T,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (cause) {
    throw usageError(cause instanceof Error ? cause.message : String(cause), command);
  }
}

/**
 * A number that an option gives.
 * @throws UserError if it is missing or no number
 */
export function requiredNumber(text: string | undefined, option: string, command: string): number {
  if (text === undefined) throw usageError(`--${option} is missing.`, command);
  const number = text.trim() === "" ? NaN : Number(text);
  if (!Number.isFinite(number)) throw usageError(`--${option} ${text} is not a number.`, command);
  return number;
}

/**
 * The one word that a command takes besides its options.
 * @param what what the word names: `file`
 */
export function theOnly(positionals: readonly string[], what: string, command: string): string {
  const first = positionals.at(0);
  if (first === undefined) throw usageError(`Which ${what}? None was named.`, command);
  if (positionals.length > 1) throw usageError(`One ${what} at a time: there are ${positionals.length}.`, command);
  return first;
}

/** Runs work that tells how far it is, and returns what it comes to. */
export async function finish<T>(
  work: AsyncGenerator<Exclude<OperationEvent, { type: "report" }>, T>,
  { progress }: Terminal,
): Promise<T> {
  for (;;) {
    const step = await work.next();
    if (step.done === true) return step.value;
    if (step.value.type === "progress") progress(step.value.message, step.value.fraction);
  }
}

/** What an operation tells: how far it is, and at the end what came of it. */
export type Event<R> = Exclude<OperationEvent, { type: "report" }> | { readonly type: "report"; readonly report: R };

/** Runs an operation to its end, showing how far it is. */
export async function runToEnd<R>(events: AsyncIterable<Event<R>>, { progress }: Terminal): Promise<R> {
  let report: R | undefined;
  for await (const event of events) {
    if (event.type === "progress") progress(event.message, event.fraction);
    else if (event.type === "report") report = event.report;
  }
  if (report === undefined) throw new Error("the operation ended without a report");
  return report;
}

export function exitCodeOf(verdict: Exclude<Verdict, "not-applicable">): number {
  return { pass: EXIT.passed, fail: EXIT.failed, inconclusive: EXIT.inconclusive }[verdict];
}

/**
 * Prints a result as text, or as JSON if `--json -` asks for it; `--json FILE` writes it there beside.
 * @throws UserError if that file cannot be written
 */
export async function writeResult(
  result: { readonly json: () => string; readonly text: () => string },
  json: string | undefined,
  { print }: Terminal,
): Promise<void> {
  if (json === "-") {
    print(result.json());
    return;
  }
  if (json !== undefined) await writeOutput(json, result.json());
  print(result.text());
}
