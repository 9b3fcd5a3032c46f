/** The journal of a collection that is not finished: it lies beside what came, and says what it is of. */
import { readFile } from "node:fs/promises";
import { codeOf } from "../formats/sample-file";
import { collectionNotResumable } from "./collection-errors";
import { writeWhole } from "./write-whole";

/** What must be the same for a collection to go on: all that decides which bytes come. */
export interface CollectionIdentity {
  /** Its address; of boots, what `bootTestAddress` makes of the definition. */
  readonly machine: string;
  readonly from: string;
  readonly command: string | null;
  readonly format: string;
  readonly wanted: number;
}

/** What stands in the journal. */
export interface CollectionJournal extends CollectionIdentity {
  readonly startedAt: string;
  /** The bytes before each segment. */
  readonly starts: readonly number[];
}

const BOOT_TEST = "boot-test:";

/** What stands for a machine where a boot test's definition says what is booted. */
export const bootTestAddress = (definition: string): string => BOOT_TEST + definition;

/** The definition that such an address is of; null when it is of something else. */
export const bootTestAt = (address: string): string | null =>
  address.startsWith(BOOT_TEST) ? address.slice(BOOT_TEST.length) : null;

/** Where the journal of a file or a folder lies. */
export const journalOf = (path: string): string => `${path}.unfinished`;

/**
 * Reads the journal of what is to go on.
 * @throws UserError if there is none, or it is of something else
 */
export async function readJournal(path: string, identity: CollectionIdentity): Promise<CollectionJournal> {
  const journal = await journalBeside(path);
  for (const key of ["machine", "from", "command", "format", "wanted"] as const)
    if (journal[key] !== identity[key])
      throw collectionNotResumable(path, `it was begun with another ${key}: ${String(journal[key])}`);
  return journal;
}

/**
 * Reads the journal of what is not finished, whatever it is of.
 * @throws UserError if there is none
 */
export async function journalBeside(path: string): Promise<CollectionJournal> {
  const text = await readFile(journalOf(path), "utf8").catch((error: unknown) => {
    const none = "it has no journal beside it, so that it is finished or was never begun";
    throw collectionNotResumable(path, codeOf(error) === "ENOENT" ? none : codeOf(error));
  });
  const journal = parseJournal(text);
  if (journal === null) throw collectionNotResumable(path, "its journal cannot be read");
  return journal;
}

/** @throws UserError if it cannot be written */
export async function writeJournal(path: string, journal: CollectionJournal): Promise<void> {
  await writeWhole(journalOf(path), `${JSON.stringify(journal, null, 2)}\n`);
}

function parseJournal(text: string): CollectionJournal | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJournal(value) ? value : null;
  } catch {
    return null;
  }
}

function isJournal(value: unknown): value is CollectionJournal {
  if (typeof value !== "object" || value === null) return false;
  const members = new Map<string, unknown>(Object.entries(value));
  const starts = members.get("starts");
  return (
    ["machine", "from", "format", "startedAt"].every((key) => typeof members.get(key) === "string") &&
    (members.get("command") === null || typeof members.get("command") === "string") &&
    typeof members.get("wanted") === "number" &&
    Array.isArray(starts) &&
    starts.length > 0 &&
    starts.every((start) => Number.isSafeInteger(start) && Number(start) >= 0)
  );
}
