/** What lies where samples are collected, before and after. */
import { rm, stat } from "node:fs/promises";
import { parseSampleFormat, type SampleFormat } from "../formats/sample-format";
import type { CaptureSource } from "../machine/capture";
import { collectionNotResumable } from "./collection-errors";
import { exists, metaFileOf } from "./collection-file";
import { journalBeside, journalOf } from "./collection-journal";

/** The files that a collection into a file does not overwrite. */
export async function filesInTheWay(path: string): Promise<readonly string[]> {
  const places = [path, metaFileOf(path), journalOf(path)];
  const taken = await Promise.all(places.map(exists));
  return places.filter((_, i) => taken[i]);
}

export async function removeFiles(paths: readonly string[]): Promise<void> {
  for (const path of paths) await rm(path);
}

/**
 * What a collection that did not finish has left, in bytes; where nothing came, its empty file is removed.
 * @returns null when there is nothing that could go on
 */
export async function keptBytes(path: string): Promise<number | null> {
  if (!(await exists(journalOf(path))) || !(await exists(path))) return null;
  const { size } = await stat(path);
  if (size > 0) return size;
  await removeFiles([path, journalOf(path)]);
  return null;
}

/** A collection that can go on. */
export interface UnfinishedCollection {
  /** The machine's address. */
  readonly machine: string;
  readonly source: CaptureSource;
  /** Samples that were asked for. */
  readonly count: number;
  readonly format: SampleFormat;
}

/**
 * What a file that is not finished was begun as.
 * @throws UserError if it is none
 */
export async function unfinishedCollection(path: string): Promise<UnfinishedCollection> {
  const { machine, from, command, format, wanted } = await journalBeside(path);
  return { machine, source: sourceOf(path, from, command), count: wanted, format: parseSampleFormat(format) };
}

function sourceOf(path: string, from: string, command: string | null): CaptureSource {
  if (from === "command" && command !== null) return { kind: from, command };
  if (from === "file" && command !== null) return { kind: from, path: command };
  const device = DEVICES.find((kind) => kind === from);
  if (device === undefined) throw collectionNotResumable(path, `its journal names the source ${from}`);
  return { kind: device };
}

const DEVICES = ["hwrng", "random", "urandom", "jitter-kernel", "jitter-recorder"] as const;
