/**
 * The log of a serial console as a machine: it answers what was written there, and nothing else. A probe's script may have
 * said its answers (`user-data.ts`); the kernel says its version and when its generator was seeded; rngtest's statistics
 * are taken for those of /dev/random, from which the live checks read.
 */
import { open } from "node:fs/promises";
import { stripVTControlCharacters } from "node:util";
import { ConsoleTranscript } from "../formats/console-transcript";
import { codeOf } from "../formats/sample-file";
import { excerpt } from "../ssh/excerpt";
import { COMMANDS } from "./commands";
import { consoleMachine } from "./console";
import { CONSOLE_SILENT, consoleLogSilent, consoleLogTooLong, consoleLogUnreadable } from "./errors";
import { INVENTORY_COMMANDS } from "./inventory-commands";
import type { CommandResult, Machine } from "./machine";
import { machineSource, type MachineTarget } from "./target";

const MOST_BYTES = 64 * 1024 * 1024;

const RUN = /entropy-check:([0-9a-f]{1,32}) (?:\d|hello|doing|bye)/;
const KERNEL = /\bLinux version (\S+) /;
/** What only Zircon's kernel says. */
const ZIRCON = /\b(?:welcome to Zircon|ZIRCON KERNEL PANIC|entropy-(?:boot-test|record): )/i;
const RNGTEST = /\brngtest: /;
const CRNG = /random: (?:crng|nonblocking pool)/;
/** The time that a line of the kernel begins with. */
const KERNEL_TIME = /\[\s*\d+\.\d+\] /;
const HWRNG = /\b(?:hwrng|hw_random|virtio_rng)\b/;

/** A machine whose whole log can be looked at. */
export interface ConsoleLogMachine extends Machine {
  /** The log, as a terminal would show its lines. */
  readonly log: string;
}

/**
 * Reads the log of a console.
 * @throws UserError if it cannot be read, or is far longer than a log
 */
export async function openConsoleLog(target: MachineTarget & { kind: "console" }): Promise<ConsoleLogMachine> {
  const { name, address } = machineSource(target);
  const log = stripVTControlCharacters(await readLog(target.file))
    .replaceAll("\r\n", "\n")
    .replaceAll("\r", "\n");
  const said = wordsOf(log);
  const probe = probeIn(name, address, log);
  return {
    name,
    address,
    log,
    stream: null,
    run: async (command, options) => {
      const answer = said.get(command);
      if (probe !== null)
        try {
          return await probe.run(command, options);
        } catch (error) {
          if (!isSilence(error) || answer === undefined) throw error;
        }
      if (answer === undefined) throw consoleLogSilent(name, command, hintsAt(command, log));
      return answer;
    },
    close: () => Promise.resolve(),
  };
}

async function readLog(file: string): Promise<string> {
  const opened = await open(file).catch((error: unknown) => {
    throw consoleLogUnreadable(file, codeOf(error));
  });
  try {
    const { size } = await opened.stat();
    if (size > MOST_BYTES) throw consoleLogTooLong(file, MOST_BYTES);
    return await opened.readFile("utf8").catch((error: unknown) => {
      throw consoleLogUnreadable(file, codeOf(error));
    });
  } finally {
    await opened.close();
  }
}

/** What the last probe has said that is in a log; null: none has. */
function probeIn(name: string, address: string, log: string): Machine | null {
  const run = log
    .split("\n")
    .flatMap((line) => RUN.exec(line)?.[1] ?? [])
    .at(-1);
  if (run === undefined) return null;
  const transcript = new ConsoleTranscript(run);
  transcript.read(log);
  return consoleMachine(name, address, transcript);
}

/** What the kernel and rngtest have said, by the commands that ask for it. */
function wordsOf(log: string): ReadonlyMap<string, CommandResult> {
  const lines = log.split("\n");
  const kernel = lines.flatMap((line) => KERNEL.exec(line)?.[1] ?? []).at(-1);
  const rngtest = lines.filter((line) => RNGTEST.test(line));
  const crng = lines.flatMap(kernelWords).filter((words) => CRNG.test(words));
  const words = new Map<string, CommandResult>();
  if (kernel !== undefined) words.set(COMMANDS.kernel, answer([`Linux ${kernel}`]));
  else if (ZIRCON.test(log)) words.set(COMMANDS.kernel, answer(["Zircon"]));
  if (rngtest.length > 0) {
    words.set(COMMANDS.findRngtest, answer([]));
    words.set(COMMANDS.rngtest, answer(rngtest));
  }
  if (kernel !== undefined) words.set(INVENTORY_COMMANDS.crngInit, answer(["log console", ...crng]));
  return words;
}

/** What the kernel says in a line, from its time on: looked for by itself, for a line may be as long as the log. */
function kernelWords(line: string): string[] {
  const at = line.search(KERNEL_TIME);
  return at < 0 ? [] : [line.slice(at)];
}

const answer = (lines: readonly string[]): CommandResult => ({
  stdout: Buffer.from(lines.map((line) => `${line}\n`).join("")),
  stderr: "",
  exitCode: 0,
});

/** Lines that do not answer, but are worth a look. */
function hintsAt(command: string, log: string): readonly string[] {
  if (command !== COMMANDS.hwrng) return [];
  const lines = log.split("\n").filter((line) => HWRNG.test(line) && !RUN.test(line));
  return lines.slice(0, 3).map(excerpt);
}

function isSilence(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === CONSOLE_SILENT;
}
