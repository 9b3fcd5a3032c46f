import { ProgressLocation, window, type Uri } from "vscode";
import { sampleFormatId, type SampleFormat, type SampleFormatGuess } from "../formats/sample-format";
import { notOnDisk } from "./errors";
import { bitsChoices, formatChoices } from "./picker-model";
import { pick } from "./quick-pick";

/** How a person said that samples stand in a file. */
export interface Reading {
  /** The id of the format. */
  readonly format: string;
  /** Bits per symbol of one sample per byte; null: those of the highest bit in use, and of any other format. */
  readonly bits: number | null;
  /** Of one sample per byte, what `bits` comes to. */
  readonly width: number | null;
}

/**
 * Asks how samples stand in a file: of one sample per byte, how wide they are; of any other, in which format.
 * @param title of the command
 * @param file the one that the format is guessed from
 * @param bitsInUse the width of the data, read in a format
 * @param last the width that was stated last time
 * @returns null when the person gave up
 * @throws UserError when the file cannot be read as samples
 */
export async function pickReading(
  title: string,
  file: string,
  bitsInUse: (format: SampleFormat) => Promise<number>,
  last: number | null,
): Promise<Reading | null> {
  const { detectSampleFormat } = await import("../formats/detect-sample-format");
  const guess = await detectSampleFormat(file);
  if (guess.format.kind !== "bytes") return pickFormat(title, guess);
  const inferred = await bitsInUse(guess.format);
  const chosen = await pick(title, "How many bits has a symbol?", bitsChoices(inferred, last));
  if (chosen === "other-format") return pickFormat(title, guess);
  return chosen === null ? null : { format: "bytes", bits: chosen.bits, width: chosen.bits ?? inferred };
}

async function pickFormat(title: string, guess: SampleFormatGuess): Promise<Reading | null> {
  const format = await pick(title, "How do the samples stand in the file?", formatChoices(guess));
  return format === null ? null : { format: sampleFormatId(format), bits: null, width: null };
}

/** The width of the samples of a file. */
export async function bitsInUse(file: string, format: SampleFormat): Promise<number> {
  const { readSymbols } = await import("../operations/read-symbols");
  const request = { file, format, reduction: { kind: "automatic" as const }, subset: null };
  return lookAt(({ signal }) => readSymbols(request, signal));
}

/** The width of the samples of a folder with a file per restart. */
export async function bitsInUseOfRestarts(folder: string, format: SampleFormat): Promise<number> {
  const { readRestarts } = await import("../operations/read-restarts");
  const request = { folder, format, reduction: { kind: "automatic" as const } };
  return lookAt(({ signal }) => readRestarts(request, signal));
}

async function lookAt(
  read: (abort: AbortController) => AsyncGenerator<unknown, { readonly bits: number }>,
): Promise<number> {
  const progress = { location: ProgressLocation.Window, title: "Entropy Check: looking at the samples" };
  return window.withProgress(progress, async () => {
    const reading = read(new AbortController());
    let step = await reading.next();
    while (!step.done) step = await reading.next();
    return step.value.bits;
  });
}

/**
 * The path of a file or folder that a command was called on, else of one that is asked for.
 * @param given from the explorer's menu or a drop
 * @returns null when the person gave up
 * @throws UserError when it is not on a disk
 */
export async function pickPath(
  given: Uri | null,
  title: string,
  openLabel: string,
  what: "file" | "folder" = "file",
): Promise<string | null> {
  const uri = given ?? (await openDialog(title, openLabel, what));
  if (uri === null) return null;
  if (uri.scheme !== "file") throw notOnDisk(uri.toString());
  return uri.fsPath;
}

async function openDialog(title: string, openLabel: string, what: "file" | "folder"): Promise<Uri | null> {
  const active = window.activeTextEditor?.document.uri;
  const chosen = await window.showOpenDialog({
    title,
    openLabel,
    canSelectFiles: what === "file",
    canSelectFolders: what === "folder",
    ...(active?.scheme === "file" ? { defaultUri: active } : {}),
  });
  return chosen?.[0] ?? null;
}
