import { access, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { linuxFilesMissing } from "../errors";
import { cpioArchive, type CpioEntry } from "./cpio";

/** What the recorder runs on: a kernel, its modules, busybox. */
export interface LinuxFiles {
  readonly kernel: string;
  /** As `uname -r` tells it. */
  readonly release: string;
  /** Folder of the kernel's modules. */
  readonly modules: string;
  readonly busybox: string;
}

/** In the order in which they need one another; those that a kernel has built in have no file. */
const MODULES = [
  "drivers/virtio/virtio_ring",
  "drivers/virtio/virtio",
  "drivers/virtio/virtio_pci_modern_dev",
  "drivers/virtio/virtio_pci_legacy_dev",
  "drivers/virtio/virtio_pci",
  "drivers/char/hw_random/virtio-rng",
  "drivers/char/virtio_console",
  "drivers/block/virtio_blk",
  "fs/netfs/netfs",
  "fs/fscache/fscache",
  "net/9p/9pnet",
  "net/9p/9pnet_virtio",
  "fs/9p/9p",
];
const COMPRESSIONS = ["", ".xz", ".gz"];
const BUSYBOX = ["bin/busybox", "usr/bin/busybox"];

const FOLDERS = ["bin", "dev", "proc", "sys", "modules", "shared"];

/**
 * Finds the newest kernel of a folder, and busybox.
 * @param folder where Debian's packages are unpacked, or / where they are installed
 * @throws UserError that names what is missing and the commands that get it
 */
export async function findLinux(folder: string): Promise<LinuxFiles> {
  const kernels = await readdir(join(folder, "boot")).catch(() => []);
  const releases = kernels.flatMap((name) => (name.startsWith("vmlinuz-") ? [name.slice("vmlinuz-".length)] : []));
  const release = releases.sort(new Intl.Collator("en", { numeric: true }).compare).at(-1);
  const busybox = await firstThere(BUSYBOX.map((path) => join(folder, path)));
  const modules = release === undefined ? null : await firstThere(moduleFolders(folder, release));
  if (release === undefined || modules === null || busybox === null) {
    const missing = [
      ...(release === undefined ? ["kernel"] : []),
      ...(release !== undefined && modules === null ? [`modules of ${release}`] : []),
      ...(busybox === null ? ["busybox"] : []),
    ];
    throw linuxFilesMissing(folder, missing, debianCommands(folder));
  }
  return { kernel: join(folder, "boot", `vmlinuz-${release}`), release, modules, busybox };
}

function moduleFolders(folder: string, release: string): readonly string[] {
  return ["lib", "usr/lib"].map((lib) => join(folder, lib, "modules", release, "kernel"));
}

/** What gets the packages, without installing them: no root is needed. */
function debianCommands(folder: string): string {
  return (
    `mkdir -p ${folder} && cd ${folder} && apt-get download busybox-static ` +
    "$(apt-cache depends --important linux-image-cloud-amd64 | awk '/Depends:/ {print $2}') && " +
    "for package in *.deb; do dpkg-deb -x $package .; done"
  );
}

async function firstThere(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    const there = await access(path).then(
      () => true,
      () => false,
    );
    if (there) return path;
  }
  return null;
}

/**
 * An initial RAM disk for a kernel: busybox, the modules of virtual devices, and a script.
 * @param init the first and only process; the modules wait in `/modules`, in the order to load them in
 */
export async function linuxInitramfs({ modules, busybox }: LinuxFiles, init: string): Promise<Uint8Array> {
  const entries: CpioEntry[] = [
    ...FOLDERS.map((path) => ({ kind: "folder" as const, path })),
    { kind: "file", path: "init", data: Buffer.from(init), executable: true },
    { kind: "file", path: "bin/busybox", data: await readFile(busybox), executable: true },
  ];
  for (const [i, module] of MODULES.entries()) {
    const path = await firstThere(COMPRESSIONS.map((suffix) => join(modules, `${module}.ko${suffix}`)));
    if (path === null) continue;
    const name = `${String(i).padStart(2, "0")}-${path.split("/").at(-1) ?? ""}`;
    entries.push({ kind: "file", path: `modules/${name}`, data: await readFile(path), executable: false });
  }
  return promisify(gzip)(cpioArchive(entries));
}
