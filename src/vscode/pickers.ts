import { ProgressLocation, QuickPickItemKind, window, type QuickPickItem, type Uri } from "vscode";
import { machineAddress, parseMachineAddress } from "../machine/target";
import { UserError } from "../errors";
import { sampleFormatId, type SampleFormat, type SampleFormatGuess } from "../formats/sample-format";
import { noClouds, notOnDisk } from "./errors";
import { idOf, type CloudItem, type Item, type MachineItem, type SamplesItem } from "./items";
import { bitsChoices, cloudChoices, formatChoices, itemChoices, machineChoices, type Choice } from "./picker-model";
import type { Results } from "./results";
import { THIS_MACHINE, type Sources } from "./sources";
import { requireTrust } from "./trust";

/**
 * Asks which cloud.
 * @returns null when the person gave up
 * @throws UserError when there is none, the only clouds.yaml cannot be read, or the folder is not trusted
 */
export async function pickCloud(sources: Sources): Promise<CloudItem | null> {
  requireTrust();
  const { clouds, problems, lookedIn } = await sources.findClouds();
  const problem = problems.at(0);
  if (clouds.length === 0 && problem !== undefined) throw problem.error;
  if (clouds.length === 0) throw noClouds(lookedIn);
  return pick("Check Cloud", "Which cloud?", cloudChoices(clouds));
}

/**
 * Asks which machine: this one, a configured one, or one that is entered.
 * @throws UserError when the folder is not trusted
 */
export async function pickMachine(sources: Sources, results: Results): Promise<MachineItem | null> {
  requireTrust();
  const earlier = results.items().filter((item) => item.kind === "machine");
  const machine = await pick(
    "Check Machine",
    "Which machine?",
    machineChoices(THIS_MACHINE, sources.machines(), earlier),
  );
  return machine === "enter" ? enterMachine() : machine;
}

async function enterMachine(): Promise<MachineItem | null> {
  const address = await window.showInputBox({
    title: "Check Machine",
    prompt: "The address of the machine",
    placeHolder: "ssh://user@host[:port]",
    value: "ssh://",
    valueSelection: [6, 6],
    ignoreFocusOut: true,
    validateInput: (text) => {
      try {
        parseMachineAddress(text);
        return null;
      } catch (error) {
        return error instanceof UserError ? `${error.message} ${error.remedy}` : String(error);
      }
    },
  });
  if (address === undefined) return null;
  const canonical = machineAddress(parseMachineAddress(address));
  return { kind: "machine", name: canonical, address: canonical };
}

/**
 * Asks which file, unless it is given, and how its samples stand in it: of a file of one sample per byte, how wide they
 * are; of any other, in which format.
 * @param given from the explorer's menu or a drop
 * @throws UserError when the file cannot be read as samples
 */
export async function pickSamples(given: Uri | null, results: Results): Promise<SamplesItem | null> {
  const uri = given ?? (await openDialog());
  if (uri === null) return null;
  if (uri.scheme !== "file") throw notOnDisk(uri.toString());
  const file = uri.fsPath;
  const { detectSampleFormat } = await import("../formats/detect-sample-format");
  const guess = await detectSampleFormat(file);
  if (guess.format.kind !== "bytes") return pickFormat(file, guess);
  const earlier = results.state(idOf({ kind: "samples", file, bits: null, format: null })).report;
  const last = earlier?.kind === "samples" && !earlier.input.bitsInferred ? earlier.input.bits : null;
  const choices = bitsChoices(await bitsInUse(file, guess.format), last);
  const chosen = await pick("Assess Samples", "How many bits has a symbol?", choices);
  if (chosen === "other-format") return pickFormat(file, guess);
  return chosen === null ? null : { kind: "samples", file, bits: chosen.bits, format: "bytes" };
}

async function pickFormat(file: string, guess: SampleFormatGuess): Promise<SamplesItem | null> {
  const format = await pick("Assess Samples", "How do the samples stand in the file?", formatChoices(guess));
  return format === null ? null : { kind: "samples", file, bits: null, format: sampleFormatId(format) };
}

async function bitsInUse(file: string, format: SampleFormat): Promise<number> {
  const { readSymbols } = await import("../operations/read-symbols");
  const progress = { location: ProgressLocation.Window, title: "Entropy Check: looking at the samples" };
  return window.withProgress(progress, async () => {
    const request = { file, format, reduction: { kind: "automatic" as const }, subset: null };
    const reading = readSymbols(request, new AbortController().signal);
    let step = await reading.next();
    while (!step.done) step = await reading.next();
    return step.value.bits;
  });
}

async function openDialog(): Promise<Uri | null> {
  const active = window.activeTextEditor?.document.uri;
  const files = await window.showOpenDialog({
    title: "Assess Samples",
    openLabel: "Assess",
    ...(active?.scheme === "file" ? { defaultUri: active } : {}),
  });
  return files?.[0] ?? null;
}

/** Asks which of the items that have a result. */
export async function pickResult(results: Results): Promise<Item | null> {
  const items = results.items().filter((item) => results.state(idOf(item)).report !== null);
  return pick("Entropy Check", "Which result?", itemChoices(items));
}

/** A quick pick whose first choice is preselected. */
export async function pick<T>(title: string, placeHolder: string, choices: readonly Choice<T>[]): Promise<T | null> {
  const items: (QuickPickItem & { readonly choice?: Choice<T> })[] = [];
  let group = "";
  for (const choice of choices) {
    if (choice.group !== group) items.push({ label: choice.group, kind: QuickPickItemKind.Separator });
    group = choice.group;
    items.push({ label: choice.label, description: choice.description, choice });
  }
  const picked = await window.showQuickPick(items, {
    title,
    placeHolder,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picked?.choice?.value ?? null;
}
