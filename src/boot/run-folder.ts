import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "../formats/sample-file";
import { formatMeta, parseMeta, type Meta } from "../formats/meta";
import { runNotWritten } from "./errors";

/** The name of a run's data; the number has nine digits at least. */
const DATA = /^entropy\.(\d{1,15})\.bin$/;

/** A run of a boot test, and its files. */
export interface RunFiles {
  readonly number: number;
  /** The data. */
  readonly bin: string;
  /** Written last: without it the run did not finish. */
  readonly meta: string;
  /** What came over the console. */
  readonly log: string;
}

/** A run that has its `.meta`. */
export interface FinishedRun extends RunFiles {
  readonly entries: Meta;
  /** Bytes of data. */
  readonly size: number;
}

/** What a folder holds: it is the journal of a boot test. */
export interface RunFolder {
  /** By number. */
  readonly finished: readonly FinishedRun[];
  /** Runs without `.meta`, or with one that cannot be read or that says another length. */
  readonly unfinished: readonly RunFiles[];
  /** One more than the greatest in use, as run-boot-test counts. */
  readonly nextNumber: number;
}

/** The files of a run. */
export function runFiles(folder: string, number: number): RunFiles {
  const stem = join(folder, `entropy.${String(number).padStart(9, "0")}`);
  return { number, bin: `${stem}.bin`, meta: `${stem}.meta`, log: `${stem}.log` };
}

/**
 * Makes the folder if it is not there, and reads what it holds.
 * @throws UserError when it cannot be made or read
 */
export async function readRunFolder(folder: string): Promise<RunFolder> {
  const failed = (error: unknown): never => {
    throw runNotWritten(folder, codeOf(error));
  };
  await mkdir(folder, { recursive: true }).catch(failed);
  const names: readonly string[] = await readdir(folder).catch(failed);
  const runs = names
    .flatMap((name) => {
      const digits = DATA.exec(name)?.[1];
      if (digits === undefined) return [];
      const stem = join(folder, name.slice(0, -".bin".length));
      return [{ number: Number(digits), bin: `${stem}.bin`, meta: `${stem}.meta`, log: `${stem}.log` }];
    })
    .sort((a, b) => a.number - b.number);
  const finished: FinishedRun[] = [];
  const unfinished: RunFiles[] = [];
  for (const run of runs) {
    const entries = await readMeta(run.meta);
    const size = await sizeOf(run.bin);
    if (entries === null || !isAsLong(size, entries)) unfinished.push(run);
    else finished.push({ ...run, entries, size });
  }
  return { finished, unfinished, nextNumber: (runs.at(-1)?.number ?? -1) + 1 };
}

async function readMeta(path: string): Promise<Meta | null> {
  try {
    const entries = parseMeta(await readFile(path, "utf8"));
    // what found no room on its disk is empty
    return entries.size === 0 ? null : entries;
  } catch {
    // not there, not readable or not a .meta: the run is not known to have finished
    return null;
  }
}

/** Where the kernel decided, nothing is said of the length. */
function isAsLong(size: number, entries: Meta): boolean {
  const length = entries.get("len") ?? "";
  return length === "" || Number(length) === size;
}

/** Bytes of a file; 0 while it is not there. */
export async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    (stats) => stats.size,
    () => 0,
  );
}

/** What run-boot-test notes of a run. */
export interface RunNotes {
  /** `qemu`, `netboot` or `command`. */
  readonly method: string;
  readonly date: Date;
  readonly buildid: string;
  readonly arch: string;
  readonly source: string;
  /** Bytes; null leaves the value empty. */
  readonly length: number | null;
  readonly commandLine: string;
}

/** The text of a `.meta` file, exactly as run-boot-test writes it; times are UTC. */
export function metaText({ method, date, buildid, arch, source, length, commandLine }: RunNotes): string {
  return formatMeta(
    new Map([
      ["entropy-test", method],
      ["date", `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`],
      ["buildid", buildid],
      ["arch", arch],
      ["source", source],
      ["len", length === null ? "" : String(length)],
      ["cmdline", commandLine],
    ]),
  );
}

/**
 * Writes a file of a run.
 * @throws UserError when it cannot be written
 */
export async function writeRunFile(path: string, text: string): Promise<void> {
  await writeFile(path, text).catch((error: unknown) => {
    throw runNotWritten(path, codeOf(error));
  });
}
