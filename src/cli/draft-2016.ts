import { UserError } from "../errors";
import { readSymbols } from "../operations/read-symbols";
import { draftInputText, type DraftDataset } from "../report/draft-2016";
import { alphabetSize } from "../sp800-90b/sequence";
import { finish, parseCommandLine, type Command, type Terminal } from "./command";

/** What Python exits with after an exception, and argparse after bad usage. */
const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** A script of 2016 with its own arguments. */
export interface DraftScript {
  readonly name: string;
  /** After "usage: NAME [-h] ". */
  readonly arguments: string;
  readonly help: string;
  /** How many words there are, and whether -u is among the options. */
  readonly operands: number;
  readonly useBits: boolean;
  /** What differs from the script, for standard error. */
  readonly remark: string;
  readonly run: (call: DraftCall, terminal: Terminal) => Promise<void>;
}

/** A call of such a script, with the symbols that it assesses. */
export interface DraftCall {
  readonly operands: readonly string[];
  readonly verbose: boolean;
  readonly symbols: Uint8Array<SharedArrayBuffer>;
  readonly bits: number;
}

/** Makes a command of a script. Its exit codes are the script's, which has none for a failed test. */
export function draftCommand(script: DraftScript): Command {
  const usage = `usage: ${script.name} [-h] ${script.arguments}\n`;
  return {
    usage: `${usage}\n${script.help}\n${script.remark}\n`,
    run: async (args, terminal) => {
      try {
        const { values, positionals } = parse(script, args);
        terminal.warn(`${script.name}: ${script.remark}\n`);
        const verbose = values.verbose;
        const data = await read(positionals[0], positionals[1], values.usebits, verbose, terminal);
        await script.run({ operands: positionals, verbose, ...data }, terminal);
        return EXIT.done;
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        if (error.code === "usage") {
          terminal.warn(`${usage}${script.name}: error: ${error.message}\n`);
          return EXIT.usage;
        }
        terminal.warn(`${script.name}: ${error.message}\n${error.remedy}\n`);
        return EXIT.failed;
      }
    },
  };
}

/** @throws UserError of code `usage` */
export function draftUsageError(message: string): UserError {
  return new UserError("usage", message, "See its help: -h.");
}

function parse({ name, operands, useBits }: DraftScript, args: readonly string[]) {
  const parsed = parseCommandLine(name, {
    args: [...args],
    allowPositionals: true,
    options: { verbose: { type: "boolean", short: "v", default: false }, usebits: { type: "string", short: "u" } },
  });
  const { values, positionals } = parsed;
  if (positionals.length !== operands || (!useBits && values.usebits !== undefined))
    throw draftUsageError(`these are not the ${operands} arguments that are expected`);
  return { values, positionals };
}

/** The scripts mask what is wider than stated, without a word. */
async function read(
  file: string,
  width: string,
  usebits: string | undefined,
  verbose: boolean,
  terminal: Terminal,
): Promise<Pick<DraftCall, "symbols" | "bits">> {
  const bits = parseWidth(width, "bits_per_symbol");
  const used = usebits === undefined ? bits : Math.min(bits, parseWidth(usebits, "use_bits"));
  const request = { file, format: { kind: "bytes" }, reduction: { kind: "automatic" }, subset: null } as const;
  const { symbols } = await finish(readSymbols(request, terminal.signal), terminal);
  terminal.print(`reading ${symbols.length} bytes of data\n`);
  mask(symbols, bits);
  const dataset = describe(symbols);
  mask(symbols, used);
  const reduced = used < bits ? { ...describe(symbols), bits: used } : null;
  if (verbose) terminal.print(draftInputText({ file, samples: symbols.length, bits, dataset, reduced }));
  return { symbols, bits: used };
}

function parseWidth(text: string, name: string): number {
  if (!/^[1-8]$/.test(text)) throw draftUsageError(`${name} is ${text}, not a number from 1 to 8`);
  return Number(text);
}

function mask(symbols: Uint8Array, bits: number): void {
  for (let i = 0; i < symbols.length; i++) symbols[i] &= 2 ** bits - 1;
}

function describe(symbols: Uint8Array): DraftDataset {
  let least = 255;
  let greatest = 0;
  for (const symbol of symbols) {
    if (symbol < least) least = symbol;
    if (symbol > greatest) greatest = symbol;
  }
  return { symbols: alphabetSize(symbols), least, greatest };
}
