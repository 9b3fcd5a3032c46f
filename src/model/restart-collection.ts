import type { MachineSource } from "../model";
import type { BootTestSource } from "./boot-test";
import type { Header } from "./header";

/** The samples of restarts, collected from a machine, or of boots. */
export interface RestartCollectionReport extends Header<"restart-collection"> {
  readonly source: MachineSource | BootTestSource;
  /** How the source was restarted. */
  readonly method: "process" | "reboot" | "boot";
  /** `command`, `hwrng`, ...; of a boot test, its source. */
  readonly from: string;
  /** The user's own command; null for a device. */
  readonly command: string | null;
  /** A matrix in a file, or a folder with a file per restart. */
  readonly path: string;
  readonly metaFile: string;
  /** A sample format's id. */
  readonly format: string;
  readonly restarts: number;
  readonly samplesPerRestart: number;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
}
