import { access, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { BootLog } from "./boot-log";
import { bootOnce } from "./boot-once";
import { newNodename } from "./command-line";
import type { BootTestDefinition } from "./definition";
import type { CommandBoot, QemuBoot } from "./document";
import { bootFileMissing } from "./errors";
import { RECORDER_INIT } from "./linux/init";
import { findLinux, linuxInitramfs } from "./linux/initramfs";
import type { ParameterSet } from "./matrix";
import { commandLineOf } from "./plan";
import type { Program } from "./program";
import { qemuProgram, type BootFiles } from "./qemu";
import { metaText, runFiles, writeRunFile, type RunFiles } from "./run-folder";
import { openWay, type OpenWay } from "./ways-out";
import { bootserverProgram, prepareCheckout, resetDevice, runBootTestProgram, zirconBuildId } from "./zircon";

/** Milliseconds: data on this machine are looked at often, a device is asked as often as run-boot-test asks it. */
const LOOK_EVERY = { here: 250, fetched: 5000 } as const;

/** The boots of one definition, one after the other. */
export interface BootSession {
  /** What the `.meta` files call the build; empty where only the checkout's script knows. */
  readonly buildid: string;
  /**
   * Boots once and keeps the data, the console's log and, at the very end, the `.meta`.
   * @param onBytes told how many bytes of data are there
   * @throws UserError when the data do not come; the signal's reason when that aborts
   */
  readonly boot: (
    set: ParameterSet,
    number: number,
    onBytes: (bytes: number) => void,
    signal: AbortSignal,
  ) => Promise<RunFiles>;
  readonly close: () => Promise<void>;
}

/** One boot of a session. */
interface Run {
  readonly files: RunFiles;
  readonly set: ParameterSet;
  readonly nodename: string;
  readonly commandLine: string;
  readonly way: OpenWay;
}

/** How a definition is booted, with everything made ready that all its boots need. */
interface Booter {
  /** For the `.meta` files. */
  readonly buildid: string;
  readonly programOf: (run: Run) => Program;
  /** Whether the machine ends with the program. */
  readonly endsWithProgram: boolean;
  /** Whether the program itself writes the `.meta` file. */
  readonly notes: boolean;
  /** Makes the machine ready for the next boot. */
  readonly reset: (run: Run, signal: AbortSignal) => Promise<void>;
}

/**
 * Makes everything ready that all boots of a definition need: the recorder, the checkout's build.
 * @param fetchEvery milliseconds between two tries to fetch data from a machine
 * @throws UserError when something is missing; the signal's reason when that aborts
 */
export async function openBootSession(
  definition: BootTestDefinition,
  signal: AbortSignal,
  fetchEvery: number = LOOK_EVERY.fetched,
): Promise<BootSession> {
  const scratch = await mkdtemp(join(tmpdir(), "entropy-check-"));
  const close = (): Promise<void> => rm(scratch, { recursive: true, force: true });
  try {
    const ready = { definition, booter: await prepare(definition, scratch, signal), fetchEvery };
    return {
      buildid: ready.booter.buildid,
      boot: (set, number, onBytes, stop) => boot(ready, set, number, onBytes, stop),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const noReset = (): Promise<void> => Promise.resolve();

async function prepare(definition: BootTestDefinition, scratch: string, signal: AbortSignal): Promise<Booter> {
  const { boot: method, folder, buildid, length, words, wayOut } = definition;
  switch (method.method) {
    case "qemu": {
      const { files, build } = await systemOf(method, scratch);
      return {
        buildid: buildid ?? build,
        programOf: ({ commandLine, way }) => qemuProgram(definition, method, files, commandLine, way.qemuArguments),
        endsWithProgram: true,
        notes: false,
        reset: noReset,
      };
    }
    case "netboot":
      await there("kernel", method.kernel);
      if (method.ramdisk !== undefined) await there("ramdisk", method.ramdisk);
      return {
        buildid: buildid ?? (await zirconBuildId(dirname(method.tools))),
        programOf: ({ nodename, commandLine }) => bootserverProgram(method, nodename, commandLine, folder),
        endsWithProgram: false,
        notes: false,
        reset: ({ nodename }, stop) => resetDevice(method, nodename, folder, stop),
      };
    case "command":
      return {
        buildid: buildid ?? "",
        programOf: (run) => commandProgram(definition, method, run),
        // where somebody fetches, the machine goes on when the command has ended
        endsWithProgram: wayOut === null,
        notes: false,
        reset: noReset,
      };
    case "checkout":
      await prepareCheckout(method, length, signal);
      return {
        buildid: "",
        programOf: ({ set }) =>
          runBootTestProgram(definition, method, [...words, ...set.options.map(([name, value]) => `${name}=${value}`)]),
        endsWithProgram: true,
        notes: true,
        reset: noReset,
      };
  }
}

/** What QEMU boots, and what its build is called. */
async function systemOf(
  { kernel, initrd, linux }: QemuBoot,
  scratch: string,
): Promise<{ readonly files: BootFiles; readonly build: string }> {
  if (kernel !== undefined) {
    await there("kernel", kernel);
    if (initrd !== undefined) await there("initrd", initrd);
    return { files: { kernel, initrd: initrd ?? null }, build: await zirconBuildId(dirname(kernel)) };
  }
  const found = await findLinux(linux ?? "/");
  const recorder = join(scratch, "recorder.cpio.gz");
  await writeFile(recorder, await linuxInitramfs(found, RECORDER_INIT));
  return { files: { kernel: found.kernel, initrd: recorder }, build: found.release };
}

async function there(what: string, path: string): Promise<void> {
  await access(path).catch(() => {
    throw bootFileMissing(what, path);
  });
}

function commandProgram(
  { file, arch, source, length }: BootTestDefinition,
  { command: [program, ...args] }: CommandBoot,
  { commandLine, nodename, files }: Run,
): Program {
  const env = {
    ENTROPY_CMDLINE: commandLine,
    ENTROPY_ARCH: arch,
    ENTROPY_SOURCE: source,
    ENTROPY_LENGTH: length === null ? "" : String(length),
    ENTROPY_NODENAME: nodename,
    ENTROPY_OUTPUT: files.bin,
  };
  return { program, args, cwd: dirname(file), env };
}

/** What a session has made ready. */
interface Ready {
  readonly definition: BootTestDefinition;
  readonly booter: Booter;
  readonly fetchEvery: number;
}

async function boot(
  { definition, booter, fetchEvery }: Ready,
  set: ParameterSet,
  number: number,
  onLook: (bytes: number) => void,
  signal: AbortSignal,
): Promise<RunFiles> {
  const { folder, length, timeout, wayOut, arch, source, boot: method } = definition;
  const files = runFiles(folder, number);
  const nodename = definition.nodename ?? newNodename();
  const commandLine = commandLineOf(definition, set, nodename);
  const way = await openWay(wayOut, { run: files, length, nodename });
  const run: Run = { files, set, nodename, commandLine, way };
  let log = new BootLog();
  try {
    const lookEvery = way.fetches ? fetchEvery : LOOK_EVERY.here;
    const { endsWithProgram } = booter;
    const once = {
      program: booter.programOf(run),
      endsWithProgram,
      way,
      run: files,
      length,
      timeout,
      lookEvery,
      onLook,
    };
    await bootOnce(once, (onEvent) => (log = new BootLog(onEvent)), signal);
  } finally {
    await way.close();
    if (log.text !== "") await writeRunFile(files.log, log.text);
  }
  if (!booter.notes) {
    const notes = {
      method: method.method,
      date: new Date(),
      buildid: booter.buildid,
      arch,
      source,
      length,
      commandLine,
    };
    await writeRunFile(files.meta, metaText(notes));
  }
  await booter.reset(run, signal);
  return files;
}
