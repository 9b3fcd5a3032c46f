import { writeFile } from "node:fs/promises";
import { UserError } from "../errors";

/**
 * Writes a file that the user named.
 * @throws UserError if it cannot be written
 */
export async function writeOutput(file: string, data: string | Uint8Array): Promise<void> {
  await writeFile(file, data).catch((cause: unknown) => {
    throw outputNotWritten(file, cause);
  });
}

/**
 * The same, of a file that must not exist yet.
 * @throws UserError if it does, or cannot be written
 */
export async function writeNewFile(file: string, data: string | Uint8Array): Promise<void> {
  await writeFile(file, data, { flag: "wx" }).catch((cause: unknown) => {
    if (cause instanceof Error && "code" in cause && cause.code === "EEXIST") throw outputExists(file);
    throw outputNotWritten(file, cause);
  });
}

function outputExists(file: string): UserError {
  return new UserError("output-exists", `${file} exists already.`, "Name another file, or overwrite it with --force.");
}

function outputNotWritten(file: string, cause: unknown): UserError {
  return new UserError(
    "output-not-written",
    `${file} could not be written: ${cause instanceof Error ? cause.message : String(cause)}.`,
    "Name a file in a folder that exists and that you may write to.",
    { cause },
  );
}
