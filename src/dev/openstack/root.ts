import { access, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../command";
import { requireTools } from "../debian";
import { root as repository } from "../paths";
import type { ComputeDriver } from "./driver";
import { inNamespaces } from "./namespaces";

const SUITE = "bookworm";

const CLOUD = [
  "ca-certificates iproute2 uwsgi-plugin-python3 mariadb-server rabbitmq-server",
  "keystone glance-api placement-api neutron-server neutron-linuxbridge-agent",
  "nova-api nova-conductor nova-scheduler",
].join(" ");

/** What Nova's drivers need; nothing else does. */
const DRIVERS: Readonly<Record<ComputeDriver, string>> = {
  fake: "",
  // genisoimage makes the config drives; the last two are for the servers
  libvirt:
    "libvirt-daemon libvirt-daemon-driver-qemu python3-libvirt qemu-system-x86 qemu-utils genisoimage " +
    "openssh-server rng-tools5",
};

/**
 * What a root for tests can do without: services started by their packages, manuals, and Python compiled before it is
 * used, which took half of the processor's time; what is used is compiled when it first runs.
 */
const WITHOUT = [
  `printf '#!/bin/sh\\nexit 101\\n' >"$1/usr/sbin/policy-rc.d"`,
  `chmod +x "$1/usr/sbin/policy-rc.d"`,
  `chroot "$1" dpkg-divert --local --rename --add /usr/bin/py3compile`,
  `ln -s true "$1/usr/bin/py3compile"`,
].join(" && ");

const OPTIONS = [
  "--variant=apt",
  "--mode=root",
  "--dpkgopt=force-unsafe-io",
  ...["doc", "man", "locale"].map((folder) => `--dpkgopt=path-exclude=/usr/share/${folder}/*`),
  `--essential-hook=${WITHOUT}`,
];

/** Kept from run to run; git-ignored. */
const folder = join(repository, ".openstack-test");

/** Where the root of a cloud is, one for each driver. */
export const rootFolder = (driver: ComputeDriver): string =>
  join(folder, driver === "fake" ? "root" : `root-${driver}`);

/** Makes sure of a root file system with OpenStack of Debian's packages in it, made by apt from this machine's sources. */
export async function makeRoot(driver: ComputeDriver): Promise<void> {
  const path = rootFolder(driver);
  const packages = `${CLOUD} ${DRIVERS[driver]}`.trim().replaceAll(" ", ",");
  const stamp = "etc/entropy-check-packages";
  if ((await readFile(join(path, stamp), "utf8").catch(() => "")) === packages) return;
  await requireTools([{ command: "mmdebstrap", debianPackage: "mmdebstrap" }], "a test cloud");
  await mkdir(folder, { recursive: true });
  const unfinished = `${path}.new`;
  for (const old of [unfinished, path]) await run("rm", ["-rf", "--one-file-system", old]);
  const make = ["mmdebstrap", ...OPTIONS, `--include=${packages}`, SUITE, unfinished, ...(await aptSources())];
  // its mounts are gone with the namespace, even when it is killed
  await run(...inNamespaces(make, { network: false }));
  await writeFile(join(unfinished, stamp), packages);
  await rename(unfinished, path);
}

/** Debian's own sources as this machine has them; where it has none, mmdebstrap knows them. */
async function aptSources(): Promise<readonly string[]> {
  for (const file of ["/etc/apt/sources.list.d/debian.sources", "/etc/apt/sources.list"])
    if (
      await access(file).then(
        () => true,
        () => false,
      )
    )
      return [file];
  return [];
}
