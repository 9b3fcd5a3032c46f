import { sep } from "node:path";
import { Uri, window, workspace } from "vscode";
import { parseSampleFormat } from "../formats/sample-format";
import type { CaptureSource } from "../machine/capture";
import type { RestartMethod } from "../operations/collect-restarts";
import { readingChoices } from "./collect-model";
import { makeWay, pickSource } from "./collect-pickers";
import type { MachineItem } from "./items";
import { askNumber, askText, pick } from "./quick-pick";
import {
  NEEDED,
  rebootChoices,
  restartMethodChoices,
  restartPlaceChoices,
  restartsNameFor,
  type Restarts,
} from "./restart-model";

export const COLLECT_RESTARTS = "Collect Restarts";

/**
 * Asks which restarts are to be collected of a machine, and whereto.
 * @returns null when the person gave up
 */
export async function pickRestarts(machine: MachineItem): Promise<Restarts | null> {
  const kind = await pick(COLLECT_RESTARTS, "What is a restart?", restartMethodChoices(machine));
  if (kind === null) return null;
  const how = kind === "process" ? await askProcess() : await askReboot(machine);
  if (how === null) return null;
  const restarts = await askCount("How many restarts? The restart tests need 1000");
  if (restarts === null) return null;
  const samplesPerRestart = await askCount("How many samples of each? The restart tests need 1000");
  if (samplesPerRestart === null) return null;
  const choices = readingChoices(how.source.kind);
  const reading = await pick(COLLECT_RESTARTS, "How do the samples stand in what the source gives?", choices);
  if (reading === null) return null;
  const places = restartPlaceChoices(how.source.kind, reading);
  const place = await pick(COLLECT_RESTARTS, "Where do the restarts go?", places);
  const path = place === null ? null : await askPlace(machine, how.source, place);
  if (path === null) return null;
  const format = reading.format === null ? null : parseSampleFormat(reading.format);
  return { ...how, restarts, samplesPerRestart, format, path, resume: false };
}

interface How {
  readonly method: RestartMethod;
  readonly source: CaptureSource;
}

async function askProcess(): Promise<How | null> {
  const command = await askText(
    COLLECT_RESTARTS,
    "The command that starts the source, for the machine's POSIX shell; what it writes to standard output are the samples",
  );
  return command === null ? null : { method: { kind: "process" }, source: { kind: "command", command } };
}

async function askReboot(machine: MachineItem): Promise<How | null> {
  const method = await askRebootMethod();
  const source = method === null ? null : await pickSource(COLLECT_RESTARTS, machine);
  return method === null || source === null ? null : { method, source };
}

/** Asks how the machine is rebooted; the journal of an interrupted collection does not say. */
export async function askRebootMethod(): Promise<RestartMethod | null> {
  const by = await pick(COLLECT_RESTARTS, "How is the machine rebooted?", rebootChoices());
  if (by !== "command") return by === null ? null : { kind: "reboot", command: null };
  const command = await askText(COLLECT_RESTARTS, "The command that reboots the machine, for its POSIX shell");
  return command === null ? null : { kind: "reboot", command };
}

function askCount(prompt: string): Promise<number | null> {
  return askNumber({
    title: COLLECT_RESTARTS,
    prompt,
    suggested: NEEDED,
    valid: (value) => Number.isSafeInteger(value) && value > 0 && value <= MOST,
    range: `whole, from 1 to ${MOST.toLocaleString("en")}`,
  });
}

const MOST = 1_000_000;

/** @returns a folder with a separator at its end */
async function askPlace(
  machine: MachineItem,
  { kind }: CaptureSource,
  place: "file" | "folder",
): Promise<string | null> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const name = restartsNameFor(machine.name, kind, place);
  const target = await window.showSaveDialog({
    title: place === "file" ? "Where the Restarts Are Collected" : "The Folder for the Restarts",
    saveLabel: "Collect",
    ...(folder?.scheme === "file" ? { defaultUri: Uri.joinPath(folder, name) } : {}),
  });
  if (target === undefined) return null;
  if (place === "folder") return `${target.fsPath}${sep}`;
  return (await makeWay(target.fsPath)) ? target.fsPath : null;
}
