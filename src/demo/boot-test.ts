/** The demo's boot test: its path below the folder, and what it says. Debian's packages go beside it, into `linux`. */
export const DEMO_BOOT_TEST = {
  path: "boot/virtio-rng.boot-test.yaml",
  linux: "boot/linux",
  text: `# Boots a virtual machine again and again, and assesses what its random number generator gives at boot.
# Run it:  entropy-check boot boot/virtio-rng.boot-test.yaml
# It needs QEMU, and Debian's kernel and busybox in the folder linux; what is missing is told, with the command to get it.
arch: x86
source: hw_rng
length: 1000000
iterations: 2
words: [console=ttyS0, quiet, panic=-1]
# Each set of values is booted: do the kernel's mitigations slow the generator down?
matrix:
  - mitigations: [auto, "off"]
boot:
  method: qemu
  linux: linux
  memory: 256
  # without these there is no /dev/hwrng, and the test says so
  arguments: [-object, "rng-random,id=rng,filename=/dev/urandom", -device, "virtio-rng-pci,rng=rng"]
`,
} as const;
