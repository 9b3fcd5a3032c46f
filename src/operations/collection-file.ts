/**
 * The file that samples are collected into. Beside it lies a journal while it is not finished, and a `.meta` file once it
 * is: a file without that is a run that did not finish, as run-boot-test has it.
 */
import { open, readFile, rm, stat, writeFile, type FileHandle } from "node:fs/promises";
import { codeOf } from "../formats/sample-file";
import { collectionExists, collectionNotResumable, collectionNotWritten } from "./collection-errors";

/** What must be the same for a collection to go on: all that decides which bytes come. */
export interface CollectionIdentity {
  readonly machine: string;
  readonly from: string;
  readonly command: string | null;
  readonly format: string;
  readonly wanted: number;
}

/** What stands in the journal. */
export interface CollectionJournal extends CollectionIdentity {
  readonly startedAt: string;
  /** The bytes before each segment. */
  readonly starts: readonly number[];
}

/** `samples.bin` has `samples.meta`; other names have it appended. */
export function metaFileOf(path: string): string {
  return path.endsWith(".bin") ? `${path.slice(0, -".bin".length)}.meta` : `${path}.meta`;
}

export class CollectionFile {
  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
    private state: CollectionJournal,
    /** Bytes in it. */
    public size: number,
  ) {}

  /**
   * Makes a file that does not exist yet.
   * @throws UserError if it does, or its `.meta` file, or it cannot be written
   */
  static async create(path: string, identity: CollectionIdentity): Promise<CollectionFile> {
    for (const other of [metaFileOf(path), journalOf(path)]) if (await exists(other)) throw collectionExists(other);
    const handle = await open(path, "wx+").catch((error: unknown) => {
      throw codeOf(error) === "EEXIST" ? collectionExists(path) : collectionNotWritten(path, codeOf(error));
    });
    const file = new CollectionFile(path, handle, { ...identity, startedAt: new Date().toISOString(), starts: [0] }, 0);
    await file.writeJournal();
    return file;
  }

  /**
   * Opens a file that was not finished.
   * @throws UserError if there is none, or it is of something else
   */
  static async resume(path: string, identity: CollectionIdentity): Promise<CollectionFile> {
    const text = await readFile(journalOf(path), "utf8").catch((error: unknown) => {
      throw collectionNotResumable(path, codeOf(error) === "ENOENT" ? "it has no journal beside it" : codeOf(error));
    });
    const journal = parseJournal(text);
    if (journal === null) throw collectionNotResumable(path, "its journal cannot be read");
    for (const key of ["machine", "from", "command", "format", "wanted"] as const)
      if (journal[key] !== identity[key])
        throw collectionNotResumable(path, `it was begun with another ${key}: ${String(journal[key])}`);
    const handle = await open(path, "r+").catch((error: unknown) => {
      throw collectionNotWritten(path, codeOf(error));
    });
    const { size } = await handle.stat();
    return new CollectionFile(path, handle, journal, size);
  }

  get journal(): CollectionJournal {
    return this.state;
  }

  /** Where the last segment starts. */
  get start(): number {
    return this.state.starts[this.state.starts.length - 1];
  }

  async append(chunk: Uint8Array): Promise<void> {
    await this.handle.write(chunk, 0, chunk.length, this.size).catch((error: unknown) => {
      throw collectionNotWritten(this.path, codeOf(error));
    });
    this.size += chunk.length;
  }

  /** Cuts it to so many bytes, after which a new segment begins. */
  async beginSegment(size: number): Promise<void> {
    await this.handle.truncate(size);
    this.size = size;
    const starts = [...this.state.starts.filter((start) => start < size), size];
    this.state = { ...this.state, starts };
    await this.writeJournal();
  }

  /** What it holds between two places, in chunks that are valid until the next. */
  async *read(from: number, to: number): AsyncGenerator<Uint8Array> {
    const buffer = new Uint8Array(CHUNK);
    for (let at = from; at < to;) {
      const { bytesRead } = await this.handle.read(buffer, 0, Math.min(CHUNK, to - at), at);
      if (bytesRead === 0) throw collectionNotWritten(this.path, "it has become shorter");
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  }

  /** @returns the `.meta` file */
  async finish(meta: string): Promise<string> {
    const path = metaFileOf(this.path);
    await this.handle.sync();
    await writeFile(path, meta, { flag: "wx" }).catch((error: unknown) => {
      throw codeOf(error) === "EEXIST" ? collectionExists(path) : collectionNotWritten(path, codeOf(error));
    });
    await rm(journalOf(this.path));
    return path;
  }

  /** Leaves no file behind, for nothing came. */
  async discard(): Promise<void> {
    await rm(this.path);
    await rm(journalOf(this.path));
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  private async writeJournal(): Promise<void> {
    const path = journalOf(this.path);
    await writeFile(path, `${JSON.stringify(this.state, null, 2)}\n`).catch((error: unknown) => {
      throw collectionNotWritten(path, codeOf(error));
    });
  }
}

const CHUNK = 2 ** 19;

const journalOf = (path: string): string => `${path}.unfinished`;

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

function parseJournal(text: string): CollectionJournal | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJournal(value) ? value : null;
  } catch {
    return null;
  }
}

function isJournal(value: unknown): value is CollectionJournal {
  if (typeof value !== "object" || value === null) return false;
  const members = new Map<string, unknown>(Object.entries(value));
  const starts = members.get("starts");
  return (
    ["machine", "from", "format", "startedAt"].every((key) => typeof members.get(key) === "string") &&
    (members.get("command") === null || typeof members.get("command") === "string") &&
    typeof members.get("wanted") === "number" &&
    Array.isArray(starts) &&
    starts.length > 0 &&
    starts.every((start) => Number.isSafeInteger(start) && Number(start) >= 0)
  );
}
