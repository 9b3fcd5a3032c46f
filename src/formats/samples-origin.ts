import { readFile } from "node:fs/promises";
import { UserError } from "../errors";
import type { SamplesOrigin } from "../model/origin";
import { parseMeta } from "./meta";

/** Of a file that is larger nobody has written the entries: characters. */
const MOST = 64 * 1024;

/** Where the `.meta` file of samples stands: `samples.bin` has `samples.meta`; other names have it appended. */
export function metaFileOf(path: string): string {
  return path.endsWith(".bin") ? `${path.slice(0, -".bin".length)}.meta` : `${path}.meta`;
}

/**
 * What the `.meta` file beside samples says of where they are from.
 * @param sha256 of the samples, lower-case hex
 * @returns null when there is none; one of another program may bear the same name
 */
export async function readSamplesOrigin(path: string, sha256: string): Promise<SamplesOrigin | null> {
  const metaFile = metaFileOf(path);
  const text = await readFile(metaFile, "utf8").catch(() => null);
  if (text === null || text.length > MOST) return null;
  try {
    const meta = parseMeta(text);
    const named = meta.get("sha256")?.toLowerCase() ?? "";
    return { metaFile, entries: [...meta], digestAgrees: named === "" ? null : named === sha256 };
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
