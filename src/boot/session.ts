import { access, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { BootLog } from "./boot-log";
import { bootOnce } from "./boot-once";
import { newNodename } from "./command-line";
import type { BootTestDefinition } from "./definition";
import type { BootMethod } from "./document";
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

/** What a session has made ready. */
interface Prepared {
  readonly files: BootFiles | null;
  readonly buildid: string;
}

/**
 * Makes everything ready that all boots of a definition need: the recorder, the checkout's build.
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
    const prepared = await prepare(definition, scratch, signal);
    return {
      boot: (set, number, onBytes, stop) => boot(definition, prepared, set, number, onBytes, stop, fetchEvery),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function prepare(definition: BootTestDefinition, scratch: string, signal: AbortSignal): Promise<Prepared> {
  const { boot: method, tools, length } = definition;
  const named = definition.buildid;
  switch (method.method) {
    case "qemu": {
      if (method.linux !== undefined) {
        const linux = await findLinux(method.linux);
        const initrd = join(scratch, "recorder.cpio.gz");
        await writeFile(initrd, await linuxInitramfs(linux, RECORDER_INIT));
        return { files: { kernel: linux.kernel, initrd }, buildid: named ?? linux.release };
      }
      const kernel = await there("kernel", method.kernel ?? "");
      const initrd = method.initrd === undefined ? null : await there("initrd", method.initrd);
      return { files: { kernel, initrd }, buildid: named ?? (await zirconBuildId(dirname(kernel))) ?? "" };
    }
    case "netboot":
      await there("kernel", method.kernel);
      if (method.ramdisk !== undefined) await there("ramdisk", method.ramdisk);
      return { files: null, buildid: named ?? (await zirconBuildId(dirname(tools ?? ""))) ?? "" };
    case "command":
      return { files: null, buildid: named ?? "" };
    case "checkout":
      await prepareCheckout(method, length, signal);
      return { files: null, buildid: named ?? "" };
  }
}

async function there(what: string, path: string): Promise<string> {
  await access(path).catch(() => {
    throw bootFileMissing(what, path);
  });
  return path;
}

async function boot(
  definition: BootTestDefinition,
  prepared: Prepared,
  set: ParameterSet,
  number: number,
  onLook: (bytes: number) => void,
  signal: AbortSignal,
  fetchEvery: number,
): Promise<RunFiles> {
  const { folder, length, timeout, tools, wayOut, boot: method } = definition;
  const run = runFiles(folder, number);
  const nodename = definition.nodename ?? newNodename();
  const commandLine = commandLineOf(definition, set, nodename);
  const way = await openWay(wayOut, { run, length, nodename, tools });
  let log = new BootLog();
  try {
    const program = programOf(definition, prepared, set, commandLine, nodename, run, way);
    const endsWithProgram = method.method === "qemu" || !way.fetches;
    const lookEvery = way.fetches ? fetchEvery : LOOK_EVERY.here;
    const once = { program, endsWithProgram, way, run, length, timeout, lookEvery, onLook };
    await bootOnce(once, (onEvent) => (log = new BootLog(onEvent)), signal);
  } finally {
    await way.close();
    if (log.text !== "") await writeRunFile(run.log, log.text);
  }
  if (method.method !== "checkout")
    await writeRunFile(run.meta, metaText(notesOf(definition, method, prepared, commandLine)));
  if (method.method === "netboot" && tools !== null) await resetDevice(tools, nodename, folder, signal);
  return run;
}

function programOf(
  definition: BootTestDefinition,
  { files }: Prepared,
  set: ParameterSet,
  commandLine: string,
  nodename: string,
  run: RunFiles,
  way: OpenWay,
): Program {
  const { arch, source, length, folder, tools, boot: method, words } = definition;
  switch (method.method) {
    case "qemu":
      return qemuProgram(definition, method, files ?? { kernel: "", initrd: null }, commandLine, way.qemuArguments);
    case "netboot":
      return bootserverProgram(method, tools ?? "", nodename, commandLine, folder);
    case "command": {
      const [program, ...args] = method.command;
      const env = {
        ENTROPY_CMDLINE: commandLine,
        ENTROPY_ARCH: arch,
        ENTROPY_SOURCE: source,
        ENTROPY_LENGTH: length === null ? "" : String(length),
        ENTROPY_NODENAME: nodename,
        ENTROPY_OUTPUT: run.bin,
      };
      return { program, args, cwd: dirname(definition.file), env };
    }
    case "checkout":
      return runBootTestProgram(definition, method, [
        ...words,
        ...set.options.map(([name, value]) => `${name}=${value}`),
      ]);
  }
}

function notesOf(
  { arch, source, length }: BootTestDefinition,
  { method }: BootMethod,
  { buildid }: Prepared,
  commandLine: string,
): Parameters<typeof metaText>[0] {
  return { method, date: new Date(), buildid, arch, source, length, commandLine };
}
