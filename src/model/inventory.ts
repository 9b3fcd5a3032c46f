import type { HwrngState, MachineSource, Observation, RngdState } from "../model";
import type { Header } from "./header";

/** Instructions of the processor that give random numbers, and whether it is a virtual one. */
export interface ProcessorState {
  /** As /proc/cpuinfo has them: `rdrand`, `rdseed`; of arm64, `rng`. */
  readonly instructions: readonly string[];
  /** x86 alone tells. */
  readonly virtual: boolean | null;
}

/** The virtio devices that hand on random numbers of the host. */
export interface VirtioRngState {
  /** `virtio4`; `driven` if a driver uses it. */
  readonly devices: readonly { readonly name: string; readonly driven: boolean }[];
}

/** Where the processor's jitter serves as a source of noise. */
export interface JitterEntropyState {
  /** The kernel's crypto API has it. */
  readonly inKernel: boolean;
  /** The kernel hands out raw readings for tests: the file in debugfs; null if it does not. */
  readonly testInterface: string | null;
  /** Files of the library, of recorders and daemons. */
  readonly programs: readonly string[];
}

/** When the kernel's random number generator was seeded. */
export interface CrngInit {
  /** Since the kernel started. */
  readonly seconds: number;
}

/** Of what rngd feeds the kernel, by the words that it was started with. */
export interface RngdSources extends RngdState {
  /** Files that `-r` or `--rng-device` name. */
  readonly devices: readonly string[];
  readonly included: readonly string[];
  readonly excluded: readonly string[];
}

/** What randomness a machine has. */
export interface Inventory {
  readonly kernel: Observation<string>;
  readonly processor: Observation<ProcessorState>;
  readonly hwrng: Observation<HwrngState>;
  readonly virtioRng: Observation<VirtioRngState>;
  readonly jitterEntropy: Observation<JitterEntropyState>;
  readonly rngd: Observation<RngdSources>;
  readonly entropyAvail: Observation<number>;
  readonly crngInit: Observation<CrngInit>;
  /** Of a console's log alone: what the kernel said of an entropy test of its own at boot, line by line. */
  readonly bootTest?: Observation<readonly string[]>;
}

/** An inventory as JSON. */
export interface InventoryReport extends Header<"inventory"> {
  readonly source: MachineSource;
  /** ISO 8601 UTC. */
  readonly takenAt: string;
  readonly inventory: Inventory;
}
