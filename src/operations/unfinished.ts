/** What a collection that was interrupted was begun as, by the journal that it left. */
import { resolve } from "node:path";
import { parseSampleFormat, type SampleFormat } from "../formats/sample-format";
import type { CaptureSource } from "../machine/capture";
import { collectionNotResumable } from "./collection-errors";
import { exists } from "./collection-file";
import { bootTestAt, journalBeside, journalOf, type CollectionJournal } from "./collection-journal";
import { limitOf } from "./intake";
import { meansFolder, openRestartFile, openRestartFolder } from "./restart-sink";

/** Samples that can be collected on. */
export interface UnfinishedSamples {
  readonly kind: "samples";
  /** The machine's address. */
  readonly machine: string;
  readonly source: CaptureSource;
  /** Samples that were asked for. */
  readonly count: number;
  readonly format: SampleFormat;
}

/** Restarts that can be collected on. */
export interface UnfinishedRestarts {
  readonly kind: "restarts";
  /** The machine's address. */
  readonly machine: string;
  readonly method: "process" | "reboot";
  readonly source: CaptureSource;
  /** Restarts that were asked for. */
  readonly restarts: number;
  readonly samplesPerRestart: number;
  readonly format: SampleFormat;
  /** Restarts that are there, whole. */
  readonly done: number;
}

/** Restarts that are boots by a boot test's definition, and can be collected on. */
export interface UnfinishedBoots {
  readonly kind: "boots";
  /** The definition. */
  readonly file: string;
  /** The kernel's. */
  readonly commandLine: string;
  /** Restarts that were asked for. */
  readonly restarts: number;
  readonly samplesPerRestart: number;
  /** Restarts that are there, whole. */
  readonly done: number;
}

/** What can be collected on. */
export type Unfinished = UnfinishedSamples | UnfinishedRestarts | UnfinishedBoots;

/**
 * What a file or a folder that is not finished was begun as. Of restarts, one that is not whole is cut off.
 * @throws UserError if it is none, or nothing has come yet
 */
export async function unfinished(path: string): Promise<Unfinished> {
  const journal = await journalBeside(path);
  const ofRestarts = /^(\d+) samples each of restarts by (\S+) of (\S+)$/.exec(journal.from);
  if (ofRestarts === null) {
    const { machine, from, command, format, wanted } = journal;
    const source = sourceOf(path, from, command);
    return { kind: "samples", machine, source, count: wanted, format: parseSampleFormat(format) };
  }
  const [, samples, method, from] = ofRestarts;
  const { machine, command, wanted } = journal;
  const samplesPerRestart = Number(samples);
  const restarts = wanted / samplesPerRestart;
  if (method === "boot") {
    const file = bootTestAt(machine);
    if (file === null || command === null) throw collectionNotResumable(path, "its journal names no boot test");
    const done = await restartsIn(path, journal, samplesPerRestart);
    return { kind: "boots", file, commandLine: command, restarts, samplesPerRestart, done };
  }
  if (method !== "process" && method !== "reboot")
    throw collectionNotResumable(path, `its journal names the method ${method}`);
  const source = sourceOf(path, from, command);
  const format = parseSampleFormat(journal.format);
  const done = await restartsIn(path, journal, samplesPerRestart);
  return { kind: "restarts", machine, method, source, restarts, samplesPerRestart, format, done };
}

async function restartsIn(path: string, journal: CollectionJournal, samples: number): Promise<number> {
  const sink = (await meansFolder(path))
    ? await openRestartFolder(resolve(path), journal, true)
    : await openRestartFile(resolve(path), journal, limitOf(parseSampleFormat(journal.format), samples), true);
  const { done } = sink;
  await sink.close();
  if (!(await exists(journalOf(path)))) throw collectionNotResumable(path, "no restart had come whole");
  return done;
}

function sourceOf(path: string, from: string, command: string | null): CaptureSource {
  if (from === "command" && command !== null) return { kind: from, command };
  if (from === "file" && command !== null) return { kind: from, path: command };
  const device = DEVICES.find((kind) => kind === from);
  if (device === undefined) throw collectionNotResumable(path, `its journal names the source ${from}`);
  return { kind: device };
}

const DEVICES = ["hwrng", "random", "urandom", "jitter-kernel", "jitter-recorder"] as const;
