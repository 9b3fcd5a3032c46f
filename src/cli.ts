#!/usr/bin/env node
import { version } from "../package.json";
import { EXIT } from "./cli/command";
import { COMMANDS, OLD_FACES } from "./cli/commands";
import { processTerminal } from "./cli/terminal";
import { UserError } from "./errors";

const HELP = `entropy-check ${version}: can a machine's random numbers be trusted?

${COMMANDS.map((c) => `  entropy-check ${c.name.padEnd(16)} ${c.summary}`).join("\n")}

With the arguments, the text and the exit codes of other tools:

  ${OLD_FACES.map((c) => c.name).join(" ")}

  entropy-check COMMAND --help    the options of a command
  entropy-check --version

Exit codes: 0 all passed (warnings included), 1 findings of error severity, 2 could not run, 3 inconclusive.
`;

async function main(args: readonly string[]): Promise<number> {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // a reader that has seen enough (| head) is no failure
    if (error.code === "EPIPE") return;
    process.stderr.write(`${explain(outputNotTaken(error.code ?? error.message))}\n`);
    process.exit(EXIT.couldNotRun);
  });

  const terminal = processTerminal(interruption.signal);
  const word = args.at(0);
  const rest = args.slice(1);
  try {
    if (word === undefined) {
      process.stderr.write(HELP);
      return EXIT.couldNotRun;
    }
    if (word === "--help" || word === "-h" || word === "help") {
      terminal.print(HELP);
      return EXIT.passed;
    }
    if (word === "--version") {
      terminal.print(`${version}\n`);
      return EXIT.passed;
    }
    const entry = [...COMMANDS, ...OLD_FACES].find((c) => c.name === word);
    if (entry === undefined) throw unknownCommand(word);
    const command = await entry.load();
    if (rest.includes("--help") || rest.includes("-h")) {
      terminal.print(command.usage);
      return EXIT.passed;
    }
    return await command.run(rest, terminal);
  } catch (error) {
    if (interruption.signal.aborted) {
      process.stderr.write("\nentropy-check: interrupted\n");
      return EXIT.interrupted;
    }
    process.stderr.write(`${explain(error)}\n`);
    return EXIT.couldNotRun;
  }
}

function unknownCommand(word: string): UserError {
  const names = [...COMMANDS, ...OLD_FACES].map((c) => c.name).join(", ");
  return new UserError("usage", `There is no command ${JSON.stringify(word)}.`, `The commands are: ${names}.`);
}

function outputNotTaken(reason: string): UserError {
  const remedy = "Make room where it goes to, or have the report written elsewhere: --json FILE.";
  return new UserError("output-not-written", `Standard output cannot be written (${reason}).`, remedy);
}

/** A sentence and what to do; a defect of ours shows its stack, since only we can act on it. */
function explain(error: unknown): string {
  if (error instanceof UserError) return `entropy-check: ${error.message}\n${error.remedy}`;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `entropy-check: this is a defect of Entropy Check, please report it with the lines below.\n${detail}`;
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
