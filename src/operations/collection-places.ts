/** What lies where samples are collected, before and after. */
import { rm, stat } from "node:fs/promises";
import { metaFileOf } from "../formats/samples-origin";
import { exists } from "./collection-file";
import { journalOf } from "./collection-journal";

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
