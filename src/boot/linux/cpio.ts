/** An entry of an archive. */
export type CpioEntry =
  | { readonly kind: "folder"; readonly path: string }
  /** An executable is one that may be run. */
  | { readonly kind: "file"; readonly path: string; readonly data: Uint8Array; readonly executable: boolean };

const FOLDER = 0o040755;
const FILE = 0o100644;
const EXECUTABLE = 0o100755;
const END = "TRAILER!!!";
const ALIGNMENT = 4;

/**
 * An archive in the format newc, which Linux unpacks into its initial file system; all entries belong to root.
 * https://docs.kernel.org/driver-api/early-userspace/buffer-format.html
 * @param entries a folder before what is in it; paths without a leading slash
 */
export function cpioArchive(entries: readonly CpioEntry[]): Uint8Array {
  const members = entries.map((entry, i) =>
    entry.kind === "folder"
      ? member(i + 1, entry.path, FOLDER, 2, new Uint8Array())
      : member(i + 1, entry.path, entry.executable ? EXECUTABLE : FILE, 1, entry.data),
  );
  return Buffer.concat([...members, member(0, END, 0, 1, new Uint8Array())].flat());
}

function member(inode: number, path: string, mode: number, links: number, data: Uint8Array): readonly Uint8Array[] {
  const name = Buffer.from(`${path}\0`, "utf8");
  // ino, mode, uid, gid, nlink, mtime, filesize, devmajor, devminor, rdevmajor, rdevminor, namesize, check
  const numbers = [inode, mode, 0, 0, links, 0, data.length, 0, 0, 0, 0, name.length, 0];
  const head = Buffer.from(`070701${numbers.map((n) => n.toString(16).padStart(8, "0")).join("")}`, "ascii");
  return [head, name, padding(head.length + name.length), data, padding(data.length)];
}

function padding(length: number): Uint8Array {
  return new Uint8Array((ALIGNMENT - (length % ALIGNMENT)) % ALIGNMENT);
}
