import { UserError } from "../errors";
import { excerpt } from "../ssh/excerpt";

/** As each front end calls it. */
const RESUME = "resume the collection (in the editor Resume Collection, --resume on the command line)";

export function collectionExists(path: string): UserError {
  return new UserError(
    "collect-exists",
    `${path} exists already, and is not overwritten.`,
    `Name another file, or ${RESUME} if it is unfinished.`,
  );
}

/** @param reason the system's code, `ENOSPC` */
export function collectionNotWritten(path: string, reason: string): UserError {
  return new UserError(
    "collect-not-written",
    `${path} cannot be written (${reason}).`,
    "Name a file in a folder that exists, that you may write to, and that has room.",
  );
}

/** @param reason in words */
export function collectionNotResumable(path: string, reason: string): UserError {
  return new UserError(
    "collect-not-resumable",
    `The collection into ${path} cannot go on: ${excerpt(reason)}.`,
    "Repeat the command that began it, with the same machine, source, format and count; or collect into another file.",
  );
}

/** @param code its exit code; null if that is not known @param said what it wrote to standard error */
export function sourceGaveNothing(source: string, machine: string, code: number | null, said: string): UserError {
  const words = excerpt(said);
  return new UserError(
    "collect-nothing",
    `${excerpt(source)} on ${machine} gave nothing${code === null ? "" : ` and ended with exit code ${code}`}` +
      `${words === "" ? "" : `: ${words}`}.`,
    "Run it on the machine to see what is missing: the device, the permission to read it, or the program.",
  );
}

export function hashesDiffer(path: string): UserError {
  return new UserError(
    "collect-hash",
    `What came into ${path} is not what the machine sent: their SHA-256 differ.`,
    "Collect again into another file. If it happens again, look for what lies between you and the machine.",
  );
}

export function formatNotCountable(format: string): UserError {
  return new UserError(
    "collect-format",
    `Samples as ${format} cannot be counted while they come.`,
    "Choose bytes, packed bits, words of a fixed width, or a number per line.",
  );
}

/** @param index of the restart, from 0 @param said what it wrote to standard error, and its exit code */
export function restartShort(index: number, came: number, wanted: number, unit: string, said: string): UserError {
  return new UserError(
    "collect-restart-short",
    `Restart ${index + 1} gave ${came} of ${wanted} ${unit}: ${excerpt(said) || "it said nothing"}.`,
    `Run the command on the machine and see that it writes all samples each time, then ${RESUME}.`,
  );
}

export function restartsNeedFolder(format: string): UserError {
  return new UserError(
    "collect-restart-folder",
    `Samples as ${format} are differences of timestamps, which must not reach from one restart to the next.`,
    "Let the restarts go to a folder, with a file for each: name one, or end its name with a slash.",
  );
}

/** @param sets of parameters, that the matrix has */
export function restartsOfOneSet(file: string, sets: readonly string[]): UserError {
  return new UserError(
    "collect-restart-matrix",
    `${file} has ${sets.length} sets of parameters, and all restarts are of one.`,
    `Say which (--parameters): ${quoted(sets)}.`,
  );
}

/** @param sets of parameters, that the matrix has; empty text: of none */
export function restartsOfUnknownSet(file: string, parameters: string, sets: readonly string[]): UserError {
  return new UserError(
    "collect-restart-matrix",
    `The matrix of ${file} has no set of parameters "${excerpt(parameters)}".`,
    sets.length === 1 && sets[0] === "" ? "It has no matrix: name none." : `Name one of its own: ${quoted(sets)}.`,
  );
}

/** So many are named. */
const MOST_SETS = 10;

function quoted(sets: readonly string[]): string {
  const named = sets.slice(0, MOST_SETS).map((set) => `"${excerpt(set)}"`);
  return [...named, ...(sets.length > MOST_SETS ? [`${sets.length - MOST_SETS} more`] : [])].join(", ");
}

/** @param index of the restart, from 0 @param log a copy of the last boot's, if it said anything */
export function restartBootFailed(index: number, { message }: UserError, log: string): UserError {
  return new UserError(
    "collect-restart-boot",
    `Restart ${index + 1} failed: ${message}`,
    `Read the console's log, ${log}, mend what is wrong, then ${RESUME}.`,
  );
}

export function rebootNotSeen(machine: string, minutes: number): UserError {
  return new UserError(
    "collect-no-reboot",
    `${excerpt(machine)} was told to reboot, and ${minutes} minutes later it has not.`,
    `See that the account may reboot it without a password (sudo), or give the command that does; then ${RESUME}.`,
  );
}
