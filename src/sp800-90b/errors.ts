import { UserError } from "../errors";

/** A restart matrix of the wrong size. */
export function restartMatrixSize(samples: number, expected: number): UserError {
  return new UserError(
    "sp800-90b-restart-size",
    `The restart data hold ${samples} samples; SP 800-90B 3.1.4.1 asks for exactly ${expected}: 1000 restarts of 1000 samples.`,
    "Collect the first 1000 samples after each of 1000 restarts, one byte a sample, and concatenate them in order.",
  );
}

/** An initial entropy estimate that samples of this width cannot have. */
export function initialEstimateRange(hI: number, bits: number): UserError {
  return new UserError(
    "sp800-90b-initial-estimate",
    `The initial entropy estimate H_I is ${hI}; samples of ${bits} bits have from 0 to ${bits} bits of entropy.`,
    "Give H_I in bits per sample, as the assessment of the sequential dataset found it (3.1.3).",
  );
}

/** More memory than there is. Bytes. */
export function notEnoughMemory(needed: number, free: number): UserError {
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6).toLocaleString("en")} MB`;
  return new UserError(
    "sp800-90b-memory",
    `Assessing these samples takes ${megabytes(needed)} of memory, and ${megabytes(free)} are free.`,
    "Assess fewer samples (--subset INDEX,COUNT), or fewer bits of them (--truncate), or free some memory.",
  );
}

/** A parameter that is no number, or outside the range that its clause gives it. */
export function parameterRange(name: string, value: number, range: string, remedy: string): UserError {
  return new UserError("sp800-90b-parameter", `${name} is ${value}; it must be ${range}.`, remedy);
}
