/** Real machines for the tests: QEMU with Debian's kernel, both of Debian's packages. */
import type { Context } from "mocha";
import { which } from "../../src/dev/command";
import { requireRecorderLinux } from "../../src/dev/recorder-linux";

/** The device that gives a machine randomness. */
export const VIRTIO_RNG = [
  ...["-object", "rng-random,id=rng,filename=/dev/urandom"],
  ...["-device", "virtio-rng-pci,rng=rng"],
];

/**
 * The folder with Debian's kernel and busybox; only the kernel called 9p can mount a shared folder. Where there is no QEMU, or no Debian to get them from, the tests are
 * skipped and say why; but not where ENTROPY_CHECK_QEMU says that they are required.
 */
export async function requireQemu(context: Context, kernel: "cloud" | "9p" = "cloud"): Promise<string> {
  try {
    if ((await which("qemu-system-x86_64")) === null)
      throw new Error("QEMU is missing: apt-get install --no-install-recommends qemu-system-x86");
    return await requireRecorderLinux(kernel);
  } catch (error) {
    if (process.env["ENTROPY_CHECK_QEMU"] === "required") throw error;
    console.log(`    no real boots: ${error instanceof Error ? error.message : String(error)}`);
    return context.skip();
  }
}
