/** Options of Zircon's kernel that bear on its entropy sources (kernel_cmdline.md), for who writes a boot test. */
export interface KernelOption {
  readonly name: string;
  readonly about: string;
  /** Values that are worth trying; empty: anything. */
  readonly values: readonly string[];
}

const POWERS = ["0", "1", "16", "32", "64", "128"];

export const KERNEL_OPTIONS: readonly KernelOption[] = [
  {
    name: "kernel.jitterentropy.raw",
    about:
      "true records the raw timings, false what jitterentropy makes of them. Only raw data say what the source gives.",
    values: ["true", "false"],
  },
  {
    name: "kernel.jitterentropy.ml",
    about:
      "Rounds of the memory access loop for a sample; 0 chooses 1 to 128 pseudorandomly. Counts with raw=true alone.",
    values: POWERS,
  },
  {
    name: "kernel.jitterentropy.ll",
    about: "Rounds of the LFSR loop for a sample; 0 chooses 1 to 16 pseudorandomly. Counts with raw=true alone.",
    values: ["0", "1", "16"],
  },
  {
    name: "kernel.jitterentropy.bs",
    about: "Bytes of a block of the memory that is walked through. Blocks times their size must fit into 64 KiB.",
    values: ["32", "64", "128"],
  },
  {
    name: "kernel.jitterentropy.bc",
    about: "Blocks of the memory that is walked through. Blocks times their size must fit into 64 KiB.",
    values: ["256", "512", "1024"],
  },
  {
    name: "kernel.entropy-mixin",
    about: "Lower-case hexadecimal digits that are mixed into the kernel's generator at boot.",
    values: [],
  },
  ...["seed", "reseed"].flatMap((when) =>
    ["hw-rng", "jitterentropy", "cmdline"].map((source) => ({
      name: `kernel.cprng-${when}-require.${source}`,
      about: `true: the kernel does not ${when} its generator without ${source}.`,
      values: ["true", "false"],
    })),
  ),
];
