import { Uri, window, workspace } from "vscode";
import { parseSampleFormat } from "../formats/sample-format";
import type { CaptureSource } from "../machine/capture";
import type { HealthTestParameters } from "../model/health-tests";
import type { CollectRequest } from "../operations/collect-samples";
import { fileNameFor, readingChoices, sourceChoices, testedBits, type CaptureReading } from "./collect-model";
import type { MachineItem } from "./items";
import { askNumber, askText, pick } from "./quick-pick";

export const COLLECT = "Collect Samples";
/** 3.1.1 asks for so many. */
const ENOUGH = 1_000_000;

/** What is to be collected of a machine. */
export interface Collection extends Omit<CollectRequest, "target"> {
  /** Of one sample per byte, how wide it was said to be. */
  readonly width: number | null;
}

/**
 * Asks what is to be collected, how it is tested meanwhile, and whereto.
 * @returns null when the person gave up
 */
export async function pickCollection(machine: MachineItem): Promise<Collection | null> {
  const source = await pickSource(COLLECT, machine);
  if (source === null) return null;
  const count = await askNumber({
    title: COLLECT,
    prompt: "How many samples? SP 800-90B asks for a million at least",
    suggested: ENOUGH,
    valid: (value) => Number.isSafeInteger(value) && value > 0,
    range: "a whole number greater than 0",
  });
  if (count === null) return null;
  const reading = await pick(
    COLLECT,
    "How do the samples stand in what the source gives?",
    readingChoices(source.kind),
  );
  if (reading === null) return null;
  const claim = await askClaim(reading);
  if (claim === "given up") return null;
  const file = await askFile(machine, source);
  if (file === null) return null;
  const format = reading.format === null ? null : parseSampleFormat(reading.format);
  return { source, count, format, bits: testedBits(reading), claim, file, resume: false, width: reading.bits };
}

/** Asks what is read of a machine. */
export async function pickSource(title: string, machine: MachineItem): Promise<CaptureSource | null> {
  const kind = await pick(title, `Which source of ${machine.name}?`, sourceChoices());
  if (kind !== "file" && kind !== "command") return kind === null ? null : { kind };
  const text = await askText(
    title,
    kind === "command"
      ? "The command, for the machine's POSIX shell; what it writes to standard output are the samples"
      : "The path of the file on the machine",
  );
  if (text === null) return null;
  return kind === "command" ? { kind, command: text } : { kind, path: text };
}

/**
 * Asks what the source is claimed to give, which the health tests need while samples come.
 * @returns null to run none
 */
export async function askClaim(reading: CaptureReading): Promise<HealthTestParameters | null | "given up"> {
  const { HEALTH_TEST_DEFAULTS } = await import("../operations/health-tests");
  const widest = testedBits(reading);
  const isValid = (text: string) => text.trim() === "" || (Number(text) > 0 && Number(text) <= widest);
  const text = await window.showInputBox({
    title: COLLECT,
    prompt:
      "H, the entropy that the source is claimed to give, in bits per sample, for the health tests; empty for none",
    ignoreFocusOut: true,
    validateInput: (typed) =>
      isValid(typed) ? null : `Enter a number greater than 0 and at most ${widest}, or nothing.`,
  });
  if (text === undefined) return "given up";
  if (text.trim() === "") return null;
  return { ...HEALTH_TEST_DEFAULTS, minEntropy: Number(text), binary: widest === 1 };
}

async function askFile(machine: MachineItem, source: CaptureSource): Promise<string | null> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const name = fileNameFor(machine.name, source.kind);
  const target = await window.showSaveDialog({
    title: "Where the Samples Are Collected",
    saveLabel: "Collect",
    ...(folder?.scheme === "file" ? { defaultUri: Uri.joinPath(folder, name) } : {}),
  });
  if (target === undefined) return null;
  return (await makeWay(target.fsPath)) ? target.fsPath : null;
}

/** Removes what a collection into a file would not overwrite, once the person has agreed. */
export async function makeWay(file: string): Promise<boolean> {
  const { filesInTheWay, removeFiles } = await import("../operations/collection-places");
  const inTheWay = await filesInTheWay(file);
  if (inTheWay.length === 0) return true;
  const overwrite = "Overwrite";
  const message = inTheWay.length === 1 ? `${inTheWay[0]} exists already.` : "Samples were collected there already.";
  const detail = `Collecting anew deletes ${inTheWay.join(", ")}.`;
  if ((await window.showWarningMessage(message, { modal: true, detail }, overwrite)) !== overwrite) return false;
  await removeFiles(inTheWay);
  return true;
}
