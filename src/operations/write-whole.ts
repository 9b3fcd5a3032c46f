import { rename, rm, writeFile } from "node:fs/promises";
import { codeOf } from "../formats/sample-file";
import { collectionNotWritten } from "./collection-errors";

/**
 * Writes a file whole or not at all, whatever ends it: a file that was there keeps what it held until then.
 * @throws UserError if it cannot be written
 */
export async function writeWhole(path: string, data: string | Uint8Array): Promise<void> {
  const part = `${path}.part`;
  try {
    await writeFile(part, data);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw collectionNotWritten(path, codeOf(error));
  }
}
