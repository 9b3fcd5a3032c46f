import type { Report } from "../model";

/** What is known of an item: what it is doing, why its last run failed, and what its last complete run said. */
export interface ItemState {
  readonly running: { readonly message: string; readonly fraction: number | null } | null;
  readonly failure: { readonly message: string; readonly remedy: string } | null;
  readonly report: Report | null;
}

export const NOT_RUN: ItemState = { running: null, failure: null, report: null };
