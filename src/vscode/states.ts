import type { Report } from "../model";
import type { RunningEstimates } from "../model/collection";
import type { IidProgress } from "../model/iid";
import type { InventoryReport } from "../model/inventory";

/** How far a run is. */
export interface Running {
  readonly message: string;
  /** 0 to 1; null when the end is not known. */
  readonly fraction: number | null;
  /** The counts of the permutation tests, once they come. */
  readonly permutations: IidProgress | null;
  /** Of samples that are being collected, once they come. */
  readonly estimates: RunningEstimates | null;
}

export const STARTING: Running = { message: "starting", fraction: null, permutations: null, estimates: null };

/** What is known of an item: what it is doing, why its last run failed, and what its last complete run said. */
export interface ItemState {
  readonly running: Running | null;
  readonly failure: { readonly message: string; readonly remedy: string } | null;
  readonly report: Report | null;
  /** What randomness a machine was last found to have. */
  readonly inventory: InventoryReport | null;
}

export const NOT_RUN: ItemState = { running: null, failure: null, report: null, inventory: null };
