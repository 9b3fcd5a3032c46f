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
    // the metapackage is empty and depends on the kernel of the day
    const depends = await run("apt-cache", ["depends", "--important", KERNEL]);
    const kernel = /Depends: (linux-image-\S+)/.exec(depends)?.[1];
    if (kernel === undefined) throw new Error(`${KERNEL} is not known here: apt-get update`);
    await run("apt-get", ["download", "-qq", BUSYBOX, kernel], { cwd: making });
    for (const name of await readdir(making))
      if (name.endsWith(".deb")) await run("dpkg-deb", ["-x", join(making, name), making]);
    await rename(making, folder);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return folder;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
