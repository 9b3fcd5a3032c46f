import { UserError } from "../errors";
import type { DefinitionProblem } from "./read-document";

/** @param reason the system's code, `ENOENT` */
export function definitionUnreadable(file: string, reason: string): UserError {
  return new UserError(
    "boot-definition-unreadable",
    `${file} cannot be read (${reason}).`,
    "Name a boot-test file, NAME.boot-test.yaml, that you may read.",
  );
}

export function definitionInvalid(file: string, { line, column, message, remedy }: DefinitionProblem): UserError {
  return new UserError(
    "boot-definition-invalid",
    `${file}, line ${line + 1}, column ${column + 1}: ${message}`,
    remedy,
  );
}

/** @param program as it was to be run @param install what brings it; null when only the user knows */
export function programMissing(program: string, install: string | null): UserError {
  return new UserError(
    "boot-program-missing",
    `${program} could not be run: there is no such program.`,
    install === null ? "Check its path in the boot-test file." : `On Debian: ${install}`,
  );
}

/** @param detail what the system says */
export function programNotStarted(program: string, detail: string): UserError {
  return new UserError(
    "boot-program-not-started",
    `${program} could not be run (${detail}).`,
    "Check that it is a program that you may run.",
  );
}

/** @param what it was to be: `kernel` */
export function bootFileMissing(what: string, path: string): UserError {
  return new UserError(
    "boot-file-missing",
    `There is no ${what} at ${path}.`,
    "Correct its path in the boot-test file, or build it.",
  );
}

/** @param missing of kernel, modules and busybox */
export function linuxFilesMissing(folder: string, missing: readonly string[], commands: string): UserError {
  return new UserError(
    "boot-linux-missing",
    `${folder} has no ${missing.join(", no ")} for the recorder to run on.`,
    `On Debian: ${commands}`,
  );
}

/** @param reason the system's code */
export function runNotWritten(path: string, reason: string): UserError {
  return new UserError(
    "boot-run-not-written",
    `${path} could not be written (${reason}).`,
    "Check the folder, its permissions and the space on its disk.",
  );
}

/**
 * @param said the last line on the console; null when there was none
 * @param excuse why the data could not be fetched; null when nobody fetches
 */
export function bootTimedOut(seconds: number, said: string | null, excuse: string | null): UserError {
  const console =
    said === null
      ? `The machine said nothing on its console and left no data within ${seconds} seconds.`
      : `The machine left no data within ${seconds} seconds; its last words were "${said}".`;
  return new UserError(
    "boot-timeout",
    excuse === null ? console : `${console} The last try to fetch them ended with "${excuse}".`,
    said === null
      ? "Check that the kernel is for this architecture and talks on the serial port (console=ttyS0 on Linux)."
      : "Read the .log file beside the data, or give it more time: timeout.",
  );
}

export function kernelPanicked(line: string): UserError {
  return new UserError("boot-panic", `The kernel panicked: ${line}`, "Read the .log file beside the data.");
}

/** @param ending `exit code 1` @param said the last line on the console */
export function bootFailed(program: string, ending: string, said: string | null): UserError {
  return new UserError(
    "boot-failed",
    `${program} ended with ${ending}${said === null ? "" : `: ${said}`}.`,
    "Read the .log file beside the data.",
  );
}

/** @param length null when any would do */
export function dataMissing(bytes: number, length: number | null, said: string | null): UserError {
  const found = bytes === 0 ? "The boot left no data" : `The boot left ${bytes} of ${length ?? 0} bytes`;
  return new UserError(
    "boot-data-missing",
    `${found}${said === null ? "" : `; the console's last words were "${said}"`}.`,
    "Read the .log file beside the data: the test has to be built into the kernel " +
      "(EXTERNAL_DEFINES += ENABLE_ENTROPY_COLLECTOR_TEST=1 in Zircon's local.mk), and the data have to find their way out.",
  );
}

export function sourceUnrecognized(source: string): UserError {
  return new UserError(
    "boot-source-unrecognized",
    `The kernel knows no entropy source "${source}".`,
    "Choose one that this kernel has: hw_rng or jitterentropy in Zircon, hw_rng or random in Entropy Check's recorder.",
  );
}

/** @param said the kernel's own line */
export function testSkipped(said: string): UserError {
  return new UserError(
    "boot-test-skipped",
    `The kernel recorded nothing: ${said}`,
    "Check that the machine has the source, and that the kernel may read it.",
  );
}

/** @param limit bytes that the kernel has room for */
export function lengthLimited(limit: number, length: number): UserError {
  return new UserError(
    "boot-length-limited",
    `The kernel recorded ${limit} bytes only, not ${length}.`,
    `Build it with EXTERNAL_DEFINES += ENTROPY_COLLECTOR_TEST_MAXLEN=${length} in local.mk, or record less.`,
  );
}

/** @param bytes that came before the source ran dry */
export function sourceShort(bytes: number): UserError {
  return new UserError(
    "boot-source-short",
    `The source gave ${bytes} bytes only.`,
    "Check that the source was running, or record less.",
  );
}

/** @param said the kernel's own line */
export function dataLost(said: string): UserError {
  return new UserError("boot-data-lost", `The kernel lost the data: ${said}`, "Boot again with more memory.");
}

/** @param lines what local.mk of the checkout is to hold */
export function checkoutIncomplete(path: string, lines: readonly string[]): UserError {
  return new UserError(
    "boot-checkout-incomplete",
    `There is no ${path}.`,
    `Name a checkout that has scripts/entropy-test, or build the kernel yourself with these lines in local.mk: ${lines.join(" and ")}.`,
  );
}

/** @param said the last line that it wrote */
export function buildFailed(program: string, ending: string, said: string | null): UserError {
  return new UserError(
    "boot-build-failed",
    `${program} ended with ${ending}${said === null ? "" : `: ${said}`}.`,
    "Build the checkout by hand to see what is missing, then leave project out of the boot-test file.",
  );
}
