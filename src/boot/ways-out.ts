import { copyFile, mkdtemp, open, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { codeOf } from "../formats/sample-file";
import { BootLog } from "./boot-log";
import { runNotWritten } from "./errors";
import type { NetcpWay, ScpWay, WayOut } from "./document";
import { runProgram, type Program } from "./program";
import { qemuValue } from "./qemu";
import { sizeOf, type RunFiles } from "./run-folder";

/** Where Zircon shows what it recorded. */
const ENTROPY_FILE = "/boot/kernel/debug/entropy.bin";
/** The name by which the system finds the port, the disk and the file. */
const DATA_NAME = "entropy.bin";
const FOLDER_TAG = "entropy";
const SECTOR = 512;

/** A way for the data to come out of a machine, open for one boot. */
export interface OpenWay {
  /** The devices that QEMU gives the machine for it. */
  readonly qemuArguments: readonly string[];
  /** Whether somebody has to fetch, with programs; else the machine brings the data by itself. */
  readonly fetches: boolean;
  /**
   * Looks for the data while the machine runs.
   * @returns whether they are whole
   */
  readonly arrived: (signal: AbortSignal) => Promise<boolean>;
  /** Puts the data into their place when the machine has ended. */
  readonly settle: () => Promise<void>;
  /** What the last look failed by, for people; null when there is nothing to tell. */
  readonly excuse: () => string | null;
  readonly close: () => Promise<void>;
}

/** What a way has to know of a boot. */
export interface WayContext {
  readonly run: RunFiles;
  /** Bytes expected; null when only the kernel knows. */
  readonly length: number | null;
  readonly nodename: string;
}

const nothing = (): Promise<void> => Promise.resolve();
const noExcuse = (): null => null;

/** The program that boots leaves the data, and ends. */
const LEFT_BEHIND: OpenWay = {
  qemuArguments: [],
  fetches: false,
  arrived: () => Promise.resolve(false),
  settle: nothing,
  excuse: noExcuse,
  close: nothing,
};

/**
 * Opens a way out for one boot.
 * @param way null where the boot itself leaves the data
 * @throws UserError when its files cannot be made
 */
export async function openWay(way: WayOut | null, context: WayContext): Promise<OpenWay> {
  switch (way?.way) {
    case undefined:
      return LEFT_BEHIND;
    case "virtio-serial":
      return pushed(context, [
        ...["-device", "virtio-serial-pci"],
        ...["-chardev", `file,id=entropy,path=${qemuValue(context.run.bin)}`],
        ...["-device", `virtserialport,chardev=entropy,name=${DATA_NAME}`],
      ]);
    case "disk":
      return openDisk(context);
    case "folder":
      return openFolder(context);
    case "netcp":
      return fetched(context, netcpProgram(way, context));
    case "scp":
      return fetched(context, scpProgram(way, context));
  }
}

/** The machine writes the file of the data. */
function pushed(context: WayContext, qemuArguments: readonly string[]): OpenWay {
  return {
    qemuArguments,
    fetches: false,
    arrived: () => isWhole(context),
    settle: nothing,
    excuse: noExcuse,
    close: nothing,
  };
}

/** A disk is whole only when the machine has ended. */
async function openDisk({ run, length }: WayContext): Promise<OpenWay> {
  const bytes = length ?? 0;
  await written(run.bin, async () => {
    const file = await open(run.bin, "w");
    await file.truncate(Math.ceil(bytes / SECTOR) * SECTOR);
    await file.close();
  });
  return {
    qemuArguments: [
      ...["-drive", `if=none,id=entropy,format=raw,file=${qemuValue(run.bin)}`],
      ...["-device", `virtio-blk-pci,drive=entropy,serial=${DATA_NAME}`],
    ],
    fetches: false,
    arrived: () => Promise.resolve(false),
    settle: () => written(run.bin, () => truncate(run.bin, bytes)),
    excuse: noExcuse,
    close: nothing,
  };
}

async function openFolder(context: WayContext): Promise<OpenWay> {
  const { run, length } = context;
  const shared = await mkdtemp(join(tmpdir(), "entropy-check-"));
  const file = join(shared, DATA_NAME);
  return {
    qemuArguments: ["-virtfs", `local,path=${qemuValue(shared)},mount_tag=${FOLDER_TAG},security_model=mapped-xattr`],
    fetches: false,
    arrived: async () => length !== null && (await sizeOf(file)) === length,
    settle: async () => {
      if ((await sizeOf(file)) > 0) await written(run.bin, () => copyFile(file, run.bin));
    },
    excuse: noExcuse,
    close: () => rm(shared, { recursive: true, force: true }),
  };
}

async function written(path: string, write: () => Promise<void>): Promise<void> {
  await write().catch((error: unknown) => {
    throw runNotWritten(path, codeOf(error));
  });
}

/** A program fetches the file; it fails while the machine is not up, and leaves what it got. */
function fetched(context: WayContext, program: Program): OpenWay {
  let excuse: string | null = null;
  return {
    qemuArguments: [],
    fetches: true,
    arrived: async (signal) => {
      const words = new BootLog();
      const failed = await runProgram(program, signal, (bytes) => words.add(bytes));
      words.end();
      excuse = failed === null ? null : `${basename(program.program)}: ${words.lastLine ?? failed}`;
      return failed === null && (context.length === null || (await isWhole(context)));
    },
    settle: nothing,
    excuse: () => excuse,
    close: nothing,
  };
}

async function isWhole({ run, length }: WayContext): Promise<boolean> {
  return length !== null && (await sizeOf(run.bin)) === length;
}

/** As run-boot-test calls it. */
function netcpProgram({ tools }: NetcpWay, { run, nodename }: WayContext): Program {
  return {
    program: join(tools, "netcp"),
    args: ["--nowait", "--timeout=1000", `${nodename}:${ENTROPY_FILE}`, run.bin],
    cwd: dirname(run.bin),
  };
}

/** OpenSSH's scp by the SFTP protocol, so that no shell on the machine reads the path; it never asks. */
export function scpProgram({ host, port, path, identity, knownHosts }: ScpWay, { run }: WayContext): Program {
  return {
    program: "scp",
    args: [
      ...["-s", "-B", "-q", "-o", "ConnectTimeout=5"],
      ...(port === undefined ? [] : ["-P", String(port)]),
      ...(identity === undefined ? [] : ["-i", identity, "-o", "IdentitiesOnly=yes"]),
      ...(knownHosts === undefined ? [] : ["-o", `UserKnownHostsFile=${sshValue(knownHosts)}`]),
      "--",
      `${host}:${path ?? ENTROPY_FILE}`,
      run.bin,
    ],
    cwd: dirname(run.bin),
    install: "apt-get install openssh-client",
  };
}

/** A file in an option of ssh's: several would be separated by blanks, and % begins a token. */
function sshValue(path: string): string {
  return `"${path.replaceAll("%", "%%")}"`;
}
