import { UserError } from "../errors";
import { excerpt } from "../ssh/excerpt";

export function addressInvalid(reason: string): UserError {
  return new UserError(
    "machine-address-invalid",
    `This is not a machine's address: ${reason}.`,
    'Give "local" for this machine, ssh://user@host or ssh://user@host:port, or console:FILE for a log of its console.',
  );
}

/** @param detail what the system says */
export function commandNotStarted(machine: string, detail: string): UserError {
  return new UserError(
    "machine-no-shell",
    `No command could be run on ${machine} (${detail}).`,
    "The checks need a Linux machine with a POSIX shell; check a Linux machine over SSH instead.",
  );
}

/** @param said what came instead of the command's output */
export function shellAnswersOtherwise(machine: string, said: string): UserError {
  return new UserError(
    "machine-shell-strange",
    `${machine} does not run commands as a shell does; it said "${excerpt(said)}".`,
    "Use an account with an ordinary login shell, whose start-up files neither end nor replace the shell.",
  );
}

export const COMMAND_TIMED_OUT = "machine-command-timeout";

export function commandTimedOut(machine: string, command: string, seconds: number): UserError {
  return new UserError(
    COMMAND_TIMED_OUT,
    `${machine} did not finish "${excerpt(command)}" within ${seconds} seconds.`,
    "Look at the machine's load, then try again.",
  );
}

export function tooMuchOutput(machine: string, command: string): UserError {
  return new UserError(
    "machine-too-much-output",
    `${machine} wrote far more than expected to "${excerpt(command)}".`,
    "Run the command on the machine and look at what it writes.",
  );
}

export function commandFailed(machine: string, command: string, exitCode: number | null, said: string): UserError {
  const end = exitCode === null ? "was stopped by a signal" : `ended with exit code ${exitCode}`;
  return new UserError(
    "machine-command-failed",
    `"${excerpt(command)}" ${end} on ${machine}${said.trim() === "" ? "" : `: ${excerpt(said)}`}.`,
    "Run the command on the machine to see what is missing.",
  );
}

export function mirrorInvalid(): UserError {
  return new UserError(
    "machine-mirror-invalid",
    "The mirror is not the address of an apt mirror.",
    "Give an address such as http://mirror.example/debian, with nothing but letters, digits and - . _ ~ : / % in it.",
  );
}

export const CONSOLE_SILENT = "machine-console-silent";

/** @param what what was to be learned: "uname -sr" */
export function consoleSaidNothing(server: string, what: string): UserError {
  return new UserError(
    CONSOLE_SILENT,
    `The console of ${server} did not say what "${excerpt(what)}" answers.`,
    "Look at the console (openstack console log show) for what cloud-init says, or check the image over SSH.",
  );
}

/** @param what as above */
export function consoleLostLines(server: string, what: string): UserError {
  return new UserError(
    "machine-console-lost",
    `The console of ${server} lost lines of the answer to "${excerpt(what)}", each time it was said.`,
    "Check the image again, or over SSH.",
  );
}

/** @param what as above @param lines that do not say it, but are worth a look */
export function consoleLogSilent(log: string, what: string, lines: readonly string[]): UserError {
  const hints = lines.length === 0 ? "" : ` It has: ${lines.map((line) => `"${line}"`).join(", ")}.`;
  return new UserError(
    CONSOLE_SILENT,
    `The log ${excerpt(log)} does not say what "${excerpt(what)}" answers.${hints}`,
    "A log tells no more than what was written on the console: check the machine itself, over SSH.",
  );
}

/** @param reason the system's code */
export function consoleLogUnreadable(file: string, reason: string): UserError {
  return new UserError(
    "machine-log-unreadable",
    `The console's log ${file} cannot be read (${reason}).`,
    "Name a file that holds what a serial console said, and that you may read.",
  );
}

/** @param most bytes */
export function consoleLogTooLong(file: string, most: number): UserError {
  return new UserError(
    "machine-log-too-long",
    `The console's log ${file} is longer than ${most / 1024 / 1024} MiB.`,
    "Cut the boot that is meant out of it.",
  );
}

export function logGivesNoSamples(log: string): UserError {
  return new UserError(
    "machine-log-no-samples",
    `${excerpt(log)} is the log of a console: no samples can be collected from it.`,
    "Collect from the machine itself, over SSH.",
  );
}

export function captureAnswerStrange(machine: string, command: string): UserError {
  return new UserError(
    "machine-not-linux",
    `${machine} does not say which kernel runs.`,
    `Samples are collected from Linux machines; run "${command}" on it to see what it says.`,
  );
}
