/**
 * The file that samples are collected into. Beside it lies a journal while it is not finished, and a `.meta` file once it
 * is: a file without that is a run that did not finish, as run-boot-test has it.
 */
import { open, rm, stat, type FileHandle } from "node:fs/promises";
import { codeOf } from "../formats/sample-file";
import { metaFileOf } from "../formats/samples-origin";
import { collectionExists, collectionNotWritten } from "./collection-errors";
import {
  journalOf,
  readJournal,
  writeJournal,
  type CollectionIdentity,
  type CollectionJournal,
} from "./collection-journal";
import { writeWhole } from "./write-whole";

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
    await writeJournal(path, file.state).catch(async (error: unknown) => {
      await file.close();
      throw error;
    });
    return file;
  }

  /**
   * Opens a file that was not finished.
   * @throws UserError if there is none, or it is of something else
   */
  static async resume(path: string, identity: CollectionIdentity): Promise<CollectionFile> {
    const journal = await readJournal(path, identity);
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
    // a disk that becomes full takes a part of it first
    for (let at = 0; at < chunk.length;) {
      const { bytesWritten } = await this.handle
        .write(chunk, at, chunk.length - at, this.size)
        .catch((error: unknown) => {
          throw collectionNotWritten(this.path, codeOf(error));
        });
      at += bytesWritten;
      this.size += bytesWritten;
    }
  }

  /** Cuts it to so many bytes. */
  async cut(size: number): Promise<void> {
    await this.handle.truncate(size);
    this.size = size;
  }

  /** Cuts it to so many bytes, after which a new segment begins. */
  async beginSegment(size: number): Promise<void> {
    await this.cut(size);
    const starts = [...this.state.starts.filter((start) => start < size), size];
    this.state = { ...this.state, starts };
    await writeJournal(this.path, this.state);
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
    await writeWhole(path, meta);
    await rm(journalOf(this.path));
    return path;
  }

  /** Leaves nothing behind where nothing came. */
  async close(): Promise<void> {
    await this.handle.close();
    if (this.size > 0) return;
    await rm(this.path, { force: true });
    await rm(journalOf(this.path), { force: true });
  }
}

const CHUNK = 2 ** 19;

/** Whether there is something of that name. */
export const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
