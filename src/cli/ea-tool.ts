import { version } from "../../package.json";
import { UserError } from "../errors";
import type { NistVerbosity } from "../report/ea-estimates";
import { nistJson, NIST_TOOL_VERSION } from "../report/nist-json";
import { EXIT, type Command, type Terminal } from "./command";
import { getopt, type Option } from "./getopt";
import { writeOutput } from "./output";

/** What NIST's C++ tools exit with, -1, when a test failed or could not run. */
const FAILED = 255;

/** A tool of NIST's with its own arguments. */
export interface EaTool {
  readonly name: string;
  /** After "Usage is: ". */
  readonly usage: string;
  /** As `getopt` reads them. */
  readonly letters: string;
  /** What the file of -o has as its type. */
  readonly jsonType: "" | "Restart" | "Conditioning";
  /** What it says of the track after a failure; false unless told. */
  readonly jsonIid?: boolean;
  /**
   * @returns whether what was tested passed
   * @throws EaFailure
   */
  readonly run: (call: EaCall) => Promise<boolean>;
}

/** A call of such a tool. */
export interface EaCall {
  readonly options: readonly Option[];
  readonly operands: readonly string[];
  readonly verbosity: NistVerbosity;
  readonly terminal: Terminal;
  /** What the file of -o tells of the call. */
  readonly run: { readonly commandline: string; readonly dateTimeStamp: string };
  /** Writes the file of -o, if it was asked for. */
  readonly save: (json: string) => Promise<void>;
}

/** The end of a tool that could not do what it was asked for. */
export class EaFailure extends Error {
  /**
   * @param text for standard output
   * @param details.usage whether the tool's usage follows
   * @param details.recorded the message in the file of -o; null when the tool writes none
   */
  constructor(
    readonly text: string,
    readonly details: {
      readonly usage: boolean;
      readonly recorded: string | null;
      readonly filename?: string;
      readonly sha256?: string;
    },
  ) {
    super(text);
    this.name = "EaFailure";
  }
}

/** The failure of a command line that is none. */
export function badUsage(text = "Incorrect usage.\n"): EaFailure {
  return new EaFailure(text, { usage: true, recorded: null });
}

/** The last of the options with one of these letters: of -i and -c, the one that came later counts. */
export function lastOf(options: readonly Option[], letters: string): Option | undefined {
  return options.findLast(({ letter }) => letters.includes(letter));
}

/** Makes a command of a tool: its exit codes are the tool's, 0 and 255. */
export function eaCommand(tool: EaTool): Command {
  const usage = `Usage is: ${tool.usage}`;
  return {
    usage,
    run: async (args, terminal) => {
      if (args.includes("--version")) {
        terminal.print(`${tool.name} of entropy-check ${version}, after NIST's ${NIST_TOOL_VERSION}\n`);
        return EXIT.passed;
      }
      const words = getopt(args, tool.letters);
      if (!words.ok) {
        terminal.warn(`${tool.name}: ${words.reason}\n`);
        terminal.print(usage);
        return FAILED;
      }
      const call = callOf(tool, args, words, terminal);
      try {
        return (await tool.run(call)) ? EXIT.passed : FAILED;
      } catch (error) {
        if (error instanceof EaFailure) {
          terminal.print(error.details.usage ? error.text + usage : error.text);
          await saveFailure(tool, call, error);
        } else if (error instanceof UserError) {
          terminal.warn(`${tool.name}: ${error.message}\n${error.remedy}\n`);
        } else throw error;
        return FAILED;
      }
    },
  };
}

function callOf(
  tool: EaTool,
  args: readonly string[],
  words: { readonly options: readonly Option[]; readonly operands: readonly string[] },
  terminal: Terminal,
): EaCall {
  const { options } = words;
  const quiet = options.some(({ letter }) => letter === "q");
  const file = lastOf(options, "o")?.argument;
  return {
    ...words,
    verbosity: quiet ? 0 : 1 + options.filter(({ letter }) => letter === "v").length,
    terminal,
    run: { commandline: [tool.name, ...args].join(" "), dateTimeStamp: localTimestamp(new Date()) },
    save: async (json) => {
      if (file !== undefined) await writeOutput(file, json);
    },
  };
}

async function saveFailure(tool: EaTool, call: EaCall, { details }: EaFailure): Promise<void> {
  if (details.recorded === null) return;
  const { filename = null, sha256 = null, recorded } = details;
  await call.save(nistJson({ ...call.run, filename, sha256 }, tool.jsonType, tool.jsonIid ?? false, [], recorded));
}

/** `YYYYMMDDhhmmss` */
function localTimestamp(now: Date): string {
  const parts = [now.getMonth() + 1, now.getDate(), now.getHours(), now.getMinutes(), now.getSeconds()];
  return now.getFullYear().toString() + parts.map((part) => String(part).padStart(2, "0")).join("");
}
