/**
 * Where the samples of restarts go: a matrix in one file, a row a restart, or a folder with a file per restart; both are
 * what the restart tests read (3.1.4). What is there is the journal: a restart counts once it is whole.
 */
import { mkdir, readdir, rm, rmdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "../formats/sample-file";
import type { CaptureLimit } from "../machine/capture";
import { collectionExists, collectionNotWritten } from "./collection-errors";
import { CollectionFile, exists } from "./collection-file";
import { journalOf, readJournal, writeJournal, type CollectionIdentity } from "./collection-journal";
import { writeWhole } from "./write-whole";

export interface RestartSink {
  /** Restarts that are there, from 0 on without a gap. */
  readonly done: number;
  readonly startedAt: string;
  /** Appends the next restart, whole. */
  put(bytes: Uint8Array): Promise<void>;
  /** @returns the `.meta` file */
  finish(meta: string): Promise<string>;
  /** Leaves nothing behind where nothing came. */
  close(): Promise<void>;
}

const LINE_END = 10;

/**
 * A matrix in one file.
 * @param restart how much a restart is
 * @throws UserError if it exists already, or cannot be resumed
 */
export async function openRestartFile(
  path: string,
  identity: CollectionIdentity,
  restart: CaptureLimit,
  resume: boolean,
): Promise<RestartSink> {
  const file = resume ? await CollectionFile.resume(path, identity) : await CollectionFile.create(path, identity);
  let { done, bytes } = await wholeRestarts(file, restart);
  if (bytes < file.size) await file.cut(bytes);
  return {
    get done() {
      return done;
    },
    startedAt: file.journal.startedAt,
    put: async (restartBytes) => {
      await file.append(restartBytes);
      bytes += restartBytes.length;
      done++;
    },
    finish: (meta) => file.finish(meta),
    close: async () => {
      if (bytes < file.size) await file.cut(bytes);
      await file.close();
    },
  };
}

/** Restarts that a file holds whole, and where they end. */
async function wholeRestarts(
  file: CollectionFile,
  { unit, count }: CaptureLimit,
): Promise<{ done: number; bytes: number }> {
  if (unit === "bytes") {
    const done = Math.floor(file.size / count);
    return { done, bytes: done * count };
  }
  let lines = 0;
  let at = 0;
  let bytes = 0;
  for await (const chunk of file.read(0, file.size)) {
    for (let end = chunk.indexOf(LINE_END); end >= 0; end = chunk.indexOf(LINE_END, end + 1))
      if (++lines % count === 0) bytes = at + end + 1;
    at += chunk.length;
  }
  return { done: Math.floor(lines / count), bytes };
}

/** The name of a restart's file, numbered from 1 on, as jitterentropy's recorder numbers them. */
const nameOf = (index: number): string => `restart-${String(index + 1).padStart(4, "0")}.data`;

/**
 * A folder with a file per restart.
 * @throws UserError if it exists already, or cannot be resumed
 */
export async function openRestartFolder(
  path: string,
  identity: CollectionIdentity,
  resume: boolean,
): Promise<RestartSink> {
  const startedAt = resume ? (await readJournal(path, identity)).startedAt : new Date().toISOString();
  if (!resume) {
    if (!(await isEmpty(path))) throw collectionExists(path);
    if (await exists(journalOf(path))) throw collectionExists(journalOf(path));
  }
  const made = await mkdir(path, { recursive: true }).catch((error: unknown) => {
    throw collectionNotWritten(path, codeOf(error));
  });
  if (!resume) await writeJournal(path, { ...identity, startedAt, starts: [0] });
  let done = 0;
  while (await exists(join(path, nameOf(done)))) done++;
  return {
    get done() {
      return done;
    },
    startedAt,
    put: async (bytes) => {
      // what is there counts
      await writeWhole(join(path, nameOf(done)), bytes);
      done++;
    },
    finish: async (meta) => {
      await writeWhole(metaOf(path), meta);
      await rm(journalOf(path));
      return metaOf(path);
    },
    close: async () => {
      if (done > 0) return;
      await rm(journalOf(path), { force: true });
      if (made !== undefined) await rmdir(path);
    },
  };
}

/** Whether there is nothing of that name, or a folder with nothing in it. */
function isEmpty(path: string): Promise<boolean> {
  return readdir(path).then(
    (names) => names.length === 0,
    (error: unknown) => {
      if (codeOf(error) === "ENOENT") return true;
      if (codeOf(error) === "ENOTDIR") return false;
      throw collectionNotWritten(path, codeOf(error));
    },
  );
}

const metaOf = (folder: string): string => join(folder, "restarts.meta");

/** Whether restarts shall go to a folder: one that is there, or a name that says so by its end. */
export async function meansFolder(path: string): Promise<boolean> {
  return /[/\\]$/.test(path) || (await stat(path).catch(() => null))?.isDirectory() === true;
}
