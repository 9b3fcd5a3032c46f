import type { CloudReport } from "../model";
import type { RunHeader } from "./header";

/** Why a cloud could not be checked at all. */
export interface CloudFailure {
  /** Stable: `openstack-unauthorized`. */
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** One of several clouds, in one region. */
export interface FleetCloud {
  /** What a check of this cloud alone reports. Of a cloud that could not be checked, everything is inconclusive. */
  readonly report: CloudReport;
  /** null: it was checked. */
  readonly failure: CloudFailure | null;
}

/**
 * Several clouds, or several regions of them, checked in one run. It fails if one fails, and else is inconclusive if one
 * is, or could not be checked.
 */
export interface FleetReport extends RunHeader<"fleet"> {
  /** In the order in which they were asked for. */
  readonly clouds: readonly FleetCloud[];
}
