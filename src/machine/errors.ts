import { UserError } from "../errors";
import { excerpt } from "../ssh/excerpt";

export function addressInvalid(reason: string): UserError {
  return new UserError(
    "machine-address-invalid",
    `This is not a machine's address: ${reason}.`,
    'Give "local" for this machine, or ssh://user@host or ssh://user@host:port.',
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

export function commandTimedOut(machine: string, command: string, seconds: number): UserError {
  return new UserError(
    "machine-command-timeout",
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
