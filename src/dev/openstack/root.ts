import { access, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../command";
import { requireTools } from "../debian";
import { root as repository } from "../paths";
import { inNamespaces } from "./namespaces";

const SUITE = "bookworm";

const PACKAGES = [
  "ca-certificates iproute2 uwsgi-plugin-python3 mariadb-server rabbitmq-server",
  "keystone glance-api placement-api neutron-server neutron-linuxbridge-agent",
  "nova-api nova-conductor nova-scheduler",
]
  .join(" ")
  .replaceAll(" ", ",");

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

/**
 * A root file system with OpenStack of Debian's packages in it, made by apt from this machine's own sources.
 * @returns its folder
 */
export async function openStackRoot(): Promise<string> {
  const path = join(folder, "root");
  const stamp = "etc/entropy-check-packages";
  if ((await readFile(join(path, stamp), "utf8").catch(() => "")) === PACKAGES) return path;
  await requireTools([{ command: "mmdebstrap", debianPackage: "mmdebstrap" }], "a test cloud");
  await mkdir(folder, { recursive: true });
  const unfinished = `${path}.new`;
  for (const old of [unfinished, path]) await run("rm", ["-rf", "--one-file-system", old]);
  const make = ["mmdebstrap", ...OPTIONS, `--include=${PACKAGES}`, SUITE, unfinished, ...(await aptSources())];
  // its mounts are gone with the namespace, even when it is killed
  await run(...inNamespaces(make, { network: false }));
  await writeFile(join(unfinished, stamp), PACKAGES);
  await rename(unfinished, path);
  return path;
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
