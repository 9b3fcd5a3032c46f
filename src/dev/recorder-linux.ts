import { access, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./command";
import { out } from "./paths";

const BUSYBOX = "busybox-static";
const KERNEL = "linux-image-cloud-amd64";

/** Debian's kernel and busybox for the boot tests' recorder, unpacked; git-ignored. */
const folder = join(out, "recorder-linux");

/**
 * Gets Debian's packages for the recorder, once; nothing is installed.
 * @returns the folder, for `linux:` of a boot-test file
 * @throws Error when apt-get cannot get them
 */
export async function requireRecorderLinux(): Promise<string> {
  if (await exists(folder)) return folder;
  await mkdir(out, { recursive: true });
  const making = await mkdtemp(`${folder}-`);
  try {
    await run("apt-get", ["download", "-qq", BUSYBOX, await kernelPackage()], { cwd: making });
    for (const name of await readdir(making))
      if (name.endsWith(".deb")) await run("dpkg-deb", ["-x", join(making, name), making]);
    await rename(making, folder);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return folder;
}

/** The metapackage is empty; it depends on the kernel of the day. */
async function kernelPackage(): Promise<string> {
  const find = async (): Promise<string | undefined> =>
    /Depends: (linux-image-\S+)/.exec(await run("apt-cache", ["depends", "--important", KERNEL]).catch(() => ""))?.[1];
  const known = await find();
  if (known !== undefined) return known;
  if (process.getuid?.() === 0) await run("apt-get", ["update", "-qq"]);
  const kernel = await find();
  if (kernel === undefined) throw new Error(`Debian's ${KERNEL} is not known here: sudo apt-get update`);
  return kernel;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
