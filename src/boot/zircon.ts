import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { BootLog } from "./boot-log";
import type { BootTestDefinition } from "./definition";
import type { CheckoutBoot, NetbootBoot } from "./document";
import { buildFailed, checkoutIncomplete } from "./errors";
import { runProgram, type Program } from "./program";

/** What a checkout's make-parallel builds where no length is stated: 1 MiB. */
const DEFAULT_LENGTH = 1024 * 1024;
/** Between two orders to a device that still answers. */
const RESET_EVERY = 2000;
const RESET_TRIES = 30;

/** What local.mk of a checkout has to say, so that the test is part of its kernel. */
function localMkLines(length: number | null): readonly string[] {
  return [
    "EXTERNAL_DEFINES += ENABLE_ENTROPY_COLLECTOR_TEST=1",
    ...(length === null || length <= DEFAULT_LENGTH
      ? []
      : [`EXTERNAL_DEFINES += ENTROPY_COLLECTOR_TEST_MAXLEN=${length}`]),
  ];
}

/** The checkout's own build with the test in it. */
function makeParallelProgram({ checkout }: CheckoutBoot, project: string, length: number | null): Program {
  return {
    program: join(checkout, "scripts/entropy-test/make-parallel"),
    args: ["-l", String(Math.max(length ?? DEFAULT_LENGTH, DEFAULT_LENGTH)), project],
    cwd: checkout,
  };
}

/**
 * The checkout's own script, which numbers, boots, fetches and notes a run.
 * @param words those of the definition and of the matrix; the rest of the command line is the script's
 */
export function runBootTestProgram(
  { arch, source, length, nodename, folder }: BootTestDefinition,
  { checkout, target, build }: CheckoutBoot,
  words: readonly string[],
): Program {
  return {
    program: join(checkout, "scripts/entropy-test/run-boot-test"),
    args: [
      ...["-a", arch],
      ...words.flatMap((word) => ["-c", word]),
      ...(length === null ? [] : ["-l", String(length)]),
      ...["-m", target],
      ...(nodename === null ? [] : ["-n", nodename]),
      ...(build === undefined ? [] : ["-o", build]),
      ...["-s", source],
      folder,
    ],
    cwd: checkout,
  };
}

/**
 * Checks that a checkout has the scripts, and builds it if the definition says so.
 * @throws UserError when a script is missing or the build fails; the signal's reason when that aborts
 */
export async function prepareCheckout(boot: CheckoutBoot, length: number | null, signal: AbortSignal): Promise<void> {
  for (const script of ["make-parallel", "run-boot-test"]) {
    const path = join(boot.checkout, "scripts/entropy-test", script);
    await access(path).catch(() => {
      throw checkoutIncomplete(path, localMkLines(length));
    });
  }
  if (boot.project === undefined) return;
  const make = makeParallelProgram(boot, boot.project, length);
  const words = new BootLog();
  const ended = await runProgram(make, signal, (bytes) => words.add(bytes));
  words.end();
  if (ended !== null) throw buildFailed(make.program, ended, words.lastLine);
}

/** Serves a kernel to a device of that name, until it is stopped. */
export function bootserverProgram(
  { kernel, ramdisk, tools }: NetbootBoot,
  nodename: string,
  commandLine: string,
  cwd: string,
): Program {
  return {
    program: join(tools, "bootserver"),
    args: ["--tftp", "-n", nodename, kernel, ...(ramdisk === undefined ? [] : [ramdisk]), "--", commandLine],
    cwd,
  };
}

/**
 * Lets a device boot again, so that the next run finds it waiting for its kernel: it is told so until it is gone.
 * @throws the signal's reason when that aborts
 */
export async function resetDevice(
  { tools }: NetbootBoot,
  nodename: string,
  cwd: string,
  signal: AbortSignal,
): Promise<void> {
  const ask = (program: string, ...words: readonly string[]): Promise<string | null> =>
    runProgram(
      { program: join(tools, program), args: ["--nowait", "--timeout=1000", nodename, ...words], cwd },
      signal,
    );
  for (let i = 0; i < RESET_TRIES && (await ask("netaddr")) === null; i++) {
    await ask("netruncmd", "dm", "reboot");
    await delay(RESET_EVERY, undefined, { signal });
  }
}

/** The id of a Zircon build, as its config-buildid.h tells it; empty when it does not. */
export async function zirconBuildId(build: string): Promise<string> {
  const text = await readFile(join(build, "config-buildid.h"), "utf8").catch(() => "");
  return /^#define\s+BUILDID\s+"([^"\n]*)"/m.exec(text)?.[1] ?? "";
}
