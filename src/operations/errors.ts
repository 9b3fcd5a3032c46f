import { UserError } from "../errors";

/** @param files of the demonstration's names, which hold who knows what */
export function demonstrationExists(files: readonly string[]): UserError {
  return new UserError(
    "demonstration-exists",
    `${files.join(" and ")} ${files.length === 1 ? "exists" : "exist"} already.`,
    "Name another folder, or overwrite with --force.",
  );
}

/** The demonstration's files cannot be written there. */
export function demonstrationNotWritten(folder: string, cause: unknown): UserError {
  return new UserError(
    "demonstration-not-written",
    `The files of the demonstration could not be written into ${folder}: ${cause instanceof Error ? cause.message : String(cause)}.`,
    "Name a folder that you may write to, on a disk with 2 MB to spare.",
    { cause },
  );
}
