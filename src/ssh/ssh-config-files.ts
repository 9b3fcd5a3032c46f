/** The files of OpenSSH's client configuration, and those that they include. */
import { readFile, readdir, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, parse, sep } from "node:path";
import { sshConfigPermissions, sshConfigUnreadable } from "./errors";

/** A file of the account's own, or the system's. */
export interface SshConfigFile {
  readonly path: string;
  readonly owner: "user" | "system";
  /** Whether it must be writable by its owner alone, as OpenSSH wants it of what it finds by itself. */
  readonly guarded: boolean;
}

/**
 * The text of a file; null if there is none.
 * @throws UserError if it cannot be read, or others may write it
 */
export async function readSshConfigFile({ path, guarded }: SshConfigFile): Promise<string | null> {
  try {
    const text = await readFile(path, "utf8");
    if (guarded && (await isWritableByOthers(path))) throw sshConfigPermissions(path);
    return text;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "ENOENT") return null;
    // Node's own errors have a system code, ours have words
    throw /^E[A-Z]+$/.test(code) ? sshConfigUnreadable(path, code) : error;
  }
}

/** Whoever may write the file may have this account run any program. */
async function isWritableByOthers(path: string): Promise<boolean> {
  if (process.getuid === undefined) return false;
  const { uid, mode } = await stat(path);
  return (uid !== 0 && uid !== process.getuid()) || (mode & 0o022) !== 0;
}

/**
 * The files that a word of Include names, in the order of their names: relative ones lie in ~/.ssh, or in the system's
 * folder if a file of the system names them.
 * @param home the home folder
 */
export async function includedFiles(word: string, including: SshConfigFile, home: string): Promise<SshConfigFile[]> {
  const folder = including.owner === "user" ? join(home, ".ssh") : dirname(SYSTEM_SSH_CONFIG);
  const expanded = word === "~" || word.startsWith("~/") ? join(home, word.slice(1)) : word;
  const pattern = isAbsolute(expanded) ? expanded : join(folder, expanded);
  const { root } = parse(pattern);
  let paths = [root];
  for (const segment of pattern.slice(root.length).split(sep).filter(Boolean)) {
    paths = (await Promise.all(paths.map((path) => matching(path, segment)))).flat();
  }
  return paths.map((path) => ({ path, owner: including.owner, guarded: true }));
}

export const SYSTEM_SSH_CONFIG = "/etc/ssh/ssh_config";

/** The paths in a folder that a segment of a glob(7) pattern names. */
async function matching(folder: string, segment: string): Promise<string[]> {
  if (!/[*?[]/.test(segment)) {
    const path = join(folder, segment.replace(/\\(.)/g, "$1"));
    return (await stat(path).catch(() => null)) === null ? [] : [path];
  }
  const names = await readdir(folder).catch(() => []);
  const pattern = globPattern(segment);
  const isHidden = (name: string): boolean => name.startsWith(".") && !segment.startsWith(".");
  return names
    .filter((name) => pattern.test(name) && !isHidden(name))
    .sort()
    .map((name) => join(folder, name));
}

/** A pattern that is none, as [z-a], names nothing. */
function globPattern(segment: string): RegExp {
  const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  const source = segment.replace(/\[!?\]?[^\]]*\]|\\.|[^]/gu, (piece) => {
    if (piece === "*") return ".*";
    if (piece === "?") return ".";
    if (piece.startsWith("\\") && piece.length > 1) return escape(piece.slice(1));
    if (!piece.startsWith("[") || piece.length === 1) return escape(piece);
    const negated = piece.startsWith("[!");
    const inside = piece.slice(negated ? 2 : 1, -1).replace(/[\\\][^]/g, "\\$&");
    return `[${negated ? "^" : ""}${inside}]`;
  });
  try {
    return new RegExp(`^${source}$`, "su");
  } catch {
    return /^(?!)/;
  }
}
