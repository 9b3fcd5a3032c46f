import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseMeta, type Meta } from "./meta";
import { codeOf } from "./sample-file";
import { sampleFileUnreadable } from "./sample-errors";

/** The names that run-boot-test gives: entropy.000000000.bin, entropy.000000001.bin, ... */
const RUN = /^entropy\.\d+\.bin$/;

/** What a file of samples has to do with a boot-time test. */
export type BootTestFile =
  /** A `.meta` file stands beside it. */
  | { readonly kind: "finished"; readonly meta: Meta }
  /** It is named as a run's data, but the `.meta` file, which is written last, is missing. */
  | { readonly kind: "unfinished" }
  | { readonly kind: "none" };

/**
 * Looks for the `.meta` file beside a `.bin`.
 * @throws UserError when it is there but cannot be read or parsed
 */
export async function readBootTestFile(path: string): Promise<BootTestFile> {
  if (!path.endsWith(".bin")) return { kind: "none" };
  const metaPath = `${path.slice(0, -".bin".length)}.meta`;
  const text = await readFile(metaPath, "utf8").catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return null;
    throw sampleFileUnreadable(metaPath, codeOf(error));
  });
  if (text !== null) return { kind: "finished", meta: parseMeta(text, metaPath) };
  return { kind: RUN.test(basename(path)) ? "unfinished" : "none" };
}
