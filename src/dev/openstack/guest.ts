import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { cpioArchive, type CpioEntry } from "../../boot/linux/cpio";
import { findLinux } from "../../boot/linux/initramfs";
import { run } from "../command";
import { requireRecorderLinux } from "../recorder-linux";
import { GUEST_INIT } from "./guest-init";

/** What a server starts from: Debian's kernel, and a file system in memory, which is all that the server has. */
export interface GuestSystem {
  readonly kernel: Uint8Array;
  readonly initramfs: Uint8Array;
}

const PROGRAMS = [
  ..."awk bash cat chown cut echo grep head mkdir mktemp od rm sed sh sha256sum sleep sort tr uname wc"
    .split(" ")
    .map((name) => `/bin/${name}`),
  ...["/bin/ssh-keygen", "/sbin/sshd", "/bin/rngtest", "/sbin/rngd"],
];

/** In the order in which they need one another. */
const MODULES = [
  ...["drivers/virtio/virtio_ring", "drivers/virtio/virtio"],
  ...["drivers/virtio/virtio_pci_modern_dev", "drivers/virtio/virtio_pci_legacy_dev", "drivers/virtio/virtio_pci"],
  "drivers/char/hw_random/virtio-rng",
  ...["net/core/failover", "drivers/net/net_failover", "drivers/net/virtio_net"],
  ...["drivers/scsi/scsi_common", "drivers/scsi/scsi_mod", "drivers/scsi/virtio_scsi"],
  ...["drivers/cdrom/cdrom", "drivers/scsi/sr_mod", "fs/isofs/isofs"],
];

const FOLDERS = "config dev proc sys tmp run/sshd var/empty var/run home/debian/.ssh".split(" ");

/** Debian's cloud images let in a user of this name. */
const FILES: Readonly<Record<string, string>> = {
  "etc/passwd": [
    "root:*:0:0:root:/root:/bin/bash",
    "sshd:*:100:65534::/run/sshd:/sbin/nologin",
    "debian:*:1000:1000:Debian:/home/debian:/bin/bash",
    "",
  ].join("\n"),
  "etc/group": "root:x:0:\nnogroup:x:65534:\ndebian:x:1000:\n",
  "etc/ssh/sshd_config": "PasswordAuthentication no\n",
};

/**
 * Puts a server's system together from what the cloud's own root file system has.
 * @param root its folder
 */
export async function guestSystem(root: string): Promise<GuestSystem> {
  const { kernel, modules, busybox } = await findLinux(await requireRecorderLinux());
  const files = new Map<string, Uint8Array>([["bin/busybox", await readFile(busybox)]]);
  for (const [path, source] of await programs(root)) files.set(path, await readFile(source));
  for (const [i, module] of MODULES.entries()) {
    const path = `modules/${String(i).padStart(2, "0")}-${module.split("/").at(-1) ?? ""}`;
    files.set(path, await readFile(join(modules, `${module}.ko`)));
  }
  for (const [path, text] of Object.entries(FILES)) files.set(path, Buffer.from(text));
  files.set("init", Buffer.from(GUEST_INIT));
  const folders = new Set([...FOLDERS.flatMap(withParents), ...[...files.keys()].flatMap(parents)]);
  const entries: CpioEntry[] = [
    ...Array.from(folders, (path) => ({ kind: "folder" as const, path })),
    ...Array.from(files, ([path, data]) => ({ kind: "file" as const, path, data, executable: !(path in FILES) })),
  ];
  // quickly packed, and unpacked where a processor is emulated
  const initramfs = await promisify(gzip)(cpioArchive(entries), { level: 1 });
  return { kernel: await readFile(kernel), initramfs };
}

/** The programs and the libraries that they need: each path in the server, and where its file is. */
async function programs(root: string): Promise<ReadonlyMap<string, string>> {
  const inRoot = (...command: readonly string[]): Promise<string> => run("chroot", [root, ...command]);
  const loaded = await inRoot("ldd", ...PROGRAMS);
  const libraries = new Set(Array.from(loaded.matchAll(/^\s.*?(\/lib\S+) \(0x/gm), ([, path]) => path));
  const paths = [...PROGRAMS, ...libraries];
  // links lead elsewhere outside of the root
  const real = (await inRoot("realpath", "--", ...paths)).trimEnd().split("\n");
  return new Map(paths.map((path, i) => [path.slice(1), join(root, real[i])]));
}

/** The folders that a path lies in, the outermost first. */
const parents = (path: string): readonly string[] => (dirname(path) === "." ? [] : withParents(dirname(path)));
const withParents = (path: string): readonly string[] => [...parents(path), path];
