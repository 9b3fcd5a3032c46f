import type { MachineSource } from "../model";
import type { Header } from "./header";
import type { HealthTestsResult } from "./health-tests";

/** What can be said of samples while they come. */
export interface RunningEstimates {
  /** How many have come. */
  readonly samples: number;
  /** 6.3.1, bits per sample; null before the first. */
  readonly mostCommonValue: number | null;
  /** 6.3.2 of the samples' bits, bits per bit; null before the second collision. */
  readonly collision: number | null;
  /** 4.4; null when nothing is claimed of the source. */
  readonly healthTests: HealthTestsResult | null;
}

/** A stretch of a collection that one run of the source gave, without a gap. */
export interface CollectedSegment {
  /** Bytes before it in the file. */
  readonly start: number;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** The same as the machine computed it; null where it has no sha256sum, or the connection was lost. */
  readonly sha256There: string | null;
}

/** Samples that were collected from a machine. */
export interface CollectionReport extends Header<"collection"> {
  readonly source: MachineSource;
  /** `hwrng`, `jitter-kernel`, `command`, ... */
  readonly from: string;
  /** The user's own command, or the file on the machine. */
  readonly command: string | null;
  readonly file: string;
  /** null when the collection did not finish. */
  readonly metaFile: string | null;
  /** A sample format's id. */
  readonly format: string;
  /** Samples that were asked for, and that came. */
  readonly wanted: number;
  readonly samples: number;
  readonly bytes: number;
  /** Of the whole file, lower-case hex. */
  readonly sha256: string;
  /** More than one when the source could not go on where the connection was lost. */
  readonly segments: readonly CollectedSegment[];
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** While bytes came. */
  readonly bytesPerSecond: number;
  /** Why there are fewer samples than were asked for; null when all came. */
  readonly short: string | null;
  readonly running: RunningEstimates;
}
