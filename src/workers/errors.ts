import { UserError } from "../errors";

/** @param how what the thread said last */
export function threadCrashed(how: string): UserError {
  return new UserError(
    "workers-thread-crashed",
    `A computing thread broke down (${how}).`,
    "If memory is short, close other programs or assess fewer samples; otherwise run it again.",
  );
}

/** @param what the exception's own words */
export function computationFailed(what: string): UserError {
  return new UserError(
    "workers-computation-failed",
    `A computation failed: ${what}.`,
    "If memory is short, close other programs or assess fewer samples; otherwise please report it.",
  );
}

export function poolDisposed(): UserError {
  return new UserError("workers-pool-disposed", "The computation was ended.", "Run it again.");
}
