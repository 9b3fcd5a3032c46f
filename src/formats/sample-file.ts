import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { sampleFileEmpty, sampleFileIsDirectory, sampleFileUnreadable } from "./sample-errors";

/** A file of samples, open for reading. */
export interface SampleFile {
  readonly path: string;
  readonly handle: FileHandle;
  /** Bytes, when it was opened; at least 1. */
  readonly size: number;
}

/**
 * Opens a file of samples; whoever calls closes its handle.
 * @throws UserError when it is missing, no file, not permitted, or empty
 */
export async function openSampleFile(path: string): Promise<SampleFile> {
  // a pipe is told from a file once it is open, and without O_NONBLOCK only a writer at its other end would open it
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    throw sampleFileUnreadable(path, codeOf(error));
  });
  try {
    const stats = await handle.stat();
    if (stats.isDirectory()) throw sampleFileIsDirectory(path);
    if (!stats.isFile()) throw sampleFileUnreadable(path, "no regular file");
    if (stats.size === 0) throw sampleFileEmpty(path);
    return { path, handle, size: stats.size };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * The first bytes of a file, at most `length`, and how many it has in all.
 * @throws UserError as `openSampleFile`
 */
export async function readHead(path: string, length: number): Promise<{ head: Uint8Array; size: number }> {
  const { handle, size } = await openSampleFile(path);
  try {
    const buffer = new Uint8Array(Math.min(length, size));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    return { head: buffer.subarray(0, bytesRead), size };
  } catch (error) {
    throw sampleFileUnreadable(path, codeOf(error));
  } finally {
    await handle.close();
  }
}

/**
 * The bytes of a file.
 * @throws UserError as `openSampleFile`
 */
export async function sampleFileSize(path: string): Promise<number> {
  return (await readHead(path, 0)).size;
}

/** The system's code of an error, `ENOENT`. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown error";
}
