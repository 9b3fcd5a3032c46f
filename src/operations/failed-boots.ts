import type { UserError } from "../errors";

/** Failures in a row after which no more boots are tried: what fails thrice fails always. */
export const FAILURES_IN_A_ROW = 3;

/** Whether an error is of the surroundings, not of one boot. */
export function isHopeless({ code }: UserError): boolean {
  return ["boot-program-missing", "boot-program-not-started", "boot-run-not-written"].includes(code);
}
