import { access, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./command";
import { out } from "./paths";

const BUSYBOX = "busybox-static";
/** Debian's kernels for the recorder: the small one has all that it needs but 9p, for a shared folder. */
const KERNELS = { cloud: "linux-image-cloud-amd64", "9p": "linux-image-amd64" } as const;

/** Debian's kernels and busybox for the boot tests' recorder, unpacked; git-ignored. */
const FOLDERS = { cloud: join(out, "recorder-linux"), "9p": join(out, "recorder-linux-9p") } as const;

/**
 * Gets Debian's packages for the recorder, once; nothing is installed.
 * @returns the folder, for `linux:` of a boot-test file
 * @throws Error when apt-get cannot get them
 */
export async function requireRecorderLinux(which: keyof typeof KERNELS = "cloud"): Promise<string> {
  const folder = FOLDERS[which];
  if (await exists(folder)) return folder;
  await mkdir(out, { recursive: true });
  const making = await mkdtemp(`${folder}-`);
  try {
    await run("apt-get", ["download", "-qq", BUSYBOX, await kernelPackage(KERNELS[which])], { cwd: making });
    for (const name of await readdir(making))
      if (name.endsWith(".deb")) await run("dpkg-deb", ["-x", join(making, name), making]);
    await rename(making, folder);
  } catch (error) {
    // another process may have been faster
    if (!(await exists(folder))) throw error;
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return folder;
}

/** The metapackage is empty; it depends on the kernel of the day. */
async function kernelPackage(metapackage: string): Promise<string> {
  const find = async (): Promise<string | undefined> =>
    /Depends: (linux-image-\S+)/.exec(
      await run("apt-cache", ["depends", "--important", metapackage]).catch(() => ""),
    )?.[1];
  const known = await find();
  if (known !== undefined) return known;
  if (process.getuid?.() === 0) await run("apt-get", ["update", "-qq"]);
  const kernel = await find();
  if (kernel === undefined) throw new Error(`Debian's ${metapackage} is not known here: sudo apt-get update`);
  return kernel;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
