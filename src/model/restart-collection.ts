import type { MachineSource } from "../model";
import type { Header } from "./header";

/** The samples of restarts, collected from a machine. */
export interface RestartCollectionReport extends Header<"restart-collection"> {
  readonly source: MachineSource;
  /** How the source was restarted. */
  readonly method: "process" | "reboot";
  /** `command`, `hwrng`, ... */
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
