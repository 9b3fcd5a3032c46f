import { sep } from "node:path";
import { Uri, window, workspace } from "vscode";
import { parseSampleFormat } from "../formats/sample-format";
import type { CaptureSource } from "../machine/capture";
import type { RestartMethod } from "../operations/collect-restarts";
import { pickDefinition } from "./boot-tests";
import { readingChoices } from "./collect-model";
import { makeWay, pickSource } from "./collect-pickers";
import type { BootTestItem, MachineItem } from "./items";
import type { Choice } from "./picker-model";
import { askNumber, askText, pick } from "./quick-pick";
import {
  NEEDED,
  rebootChoices,
  parameterChoices,
  restartKindChoices,
  restartPlaceChoices,
  restartsNameFor,
  type BootRestarts,
  type MachineRestarts,
  type Restarts,
} from "./restart-model";

export const COLLECT_RESTARTS = "Collect Restarts";

/**
 * Asks which machine.
 * @param which `other`: one that is not this machine
 */
export type PickMachine = (title: string, which: "any" | "other") => Promise<MachineItem | null>;

/**
 * Asks which restarts are to be collected, and whereto.
 * @param given what is restarted; null: that is asked for
 * @returns null when the person gave up
 * @throws UserError when a boot test cannot be read
 */
export async function pickRestarts(
  given: MachineItem | BootTestItem | null,
  pickMachine: PickMachine,
): Promise<Restarts | null> {
  if (given?.kind === "boot-test") return pickBoots(Uri.file(given.file));
  const kind = await pick(COLLECT_RESTARTS, "What is a restart?", restartKindChoices(given));
  if (kind === null) return null;
  if (kind === "boot") return pickBoots(null);
  const machine = given ?? (await pickMachine(COLLECT_RESTARTS, kind === "reboot" ? "other" : "any"));
  return machine === null ? null : pickMachineRestarts(machine, kind);
}

async function pickMachineRestarts(machine: MachineItem, kind: "process" | "reboot"): Promise<MachineRestarts | null> {
  const how = kind === "process" ? await askProcess() : await askReboot(machine);
  if (how === null) return null;
  const counts = await askCounts();
  if (counts === null) return null;
  const choices = readingChoices(how.source.kind);
  const reading = await pick(COLLECT_RESTARTS, "How do the samples stand in what the source gives?", choices);
  if (reading === null) return null;
  const places = restartPlaceChoices(how.source.kind, reading);
  const path = await askPlace(machine.name, how.source.kind, places);
  if (path === null) return null;
  const format = reading.format === null ? null : parseSampleFormat(reading.format);
  return { kind: "machine", item: machine, request: { ...how, ...counts, format, path } };
}

/** @param given the definition; null: it is asked for */
async function pickBoots(given: Uri | null): Promise<BootRestarts | null> {
  const file = await pickDefinition(given, COLLECT_RESTARTS);
  if (file === null) return null;
  const [{ readDefinitionFile }, { parametersOf }] = await Promise.all([
    import("../boot/definition"),
    import("../operations/collect-boot-restarts"),
  ]);
  const { name, source, sets } = (await readDefinitionFile(file)).definition;
  const parameters = await askParameters(sets.map(parametersOf));
  if (parameters === null) return null;
  const counts = await askCounts();
  if (counts === null) return null;
  const path = await askPlace(name, source, restartPlaceChoices("file", { format: "bytes", bits: 8 }));
  if (path === null) return null;
  const item = { kind: "boot-test", file, onlyMissing: false } as const;
  return { kind: "boots", item, request: { file, parameters, ...counts, path } };
}

async function askParameters(sets: readonly string[]): Promise<string | null> {
  if (sets.length === 1) return sets[0];
  return pick(COLLECT_RESTARTS, "With which parameters are all restarts booted?", parameterChoices(sets));
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

async function askCounts(): Promise<Pick<MachineRestarts["request"], "restarts" | "samplesPerRestart"> | null> {
  const restarts = await askCount("How many restarts? The restart tests need 1000");
  if (restarts === null) return null;
  const samplesPerRestart = await askCount("How many samples of each? The restart tests need 1000");
  return samplesPerRestart === null ? null : { restarts, samplesPerRestart };
}

function askCount(prompt: string): Promise<number | null> {
  return askNumber({
    title: COLLECT_RESTARTS,
    prompt,
    suggested: NEEDED,
    valid: (value) => Number.isSafeInteger(value) && value > 0 && value <= MOST,
    range: `a whole number from 1 to ${MOST.toLocaleString("en")}`,
  });
}

const MOST = 1_000_000;

/**
 * @param of the machine, or the boot test
 * @param source its kind, or what the boot test calls it
 * @returns a folder with a separator at its end
 */
async function askPlace(
  of: string,
  source: string,
  places: readonly Choice<"file" | "folder">[],
): Promise<string | null> {
  const place = await pick(COLLECT_RESTARTS, "Where do the restarts go?", places);
  if (place === null) return null;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const target = await window.showSaveDialog({
    title: place === "file" ? "Where the Restarts Are Collected" : "The Folder for the Restarts",
    saveLabel: "Collect",
    ...(folder?.scheme === "file" ? { defaultUri: Uri.joinPath(folder, restartsNameFor(of, source, place)) } : {}),
  });
  if (target === undefined) return null;
  if (place === "folder") return `${target.fsPath}${sep}`;
  return (await makeWay(target.fsPath)) ? target.fsPath : null;
}
