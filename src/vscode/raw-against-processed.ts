import { commands, window, workspace } from "vscode";
import { comparisonUri } from "./documents/uris";
import { tooFewSamples } from "./errors";
import { idOf, NON_IID, type SamplesItem } from "./items";
import { itemChoices } from "./picker-model";
import { pick } from "./quick-pick";
import type { Results } from "./results";
import type { Runner } from "./run";

/** What is put side by side, and whether we made it ourselves. */
async function show(raw: SamplesItem, processed: SamplesItem, isDemonstration: boolean): Promise<void> {
  const uri = comparisonUri({ raw: idOf(raw), processed: idOf(processed), isDemonstration });
  await commands.executeCommand("markdown.showPreview", uri);
}

/**
 * Makes the two files of the demonstration in a folder that is asked for, assesses both like any other file, and shows
 * them side by side.
 * @throws UserError when they cannot be written
 */
export async function demonstrateProcessing(runner: Runner): Promise<void> {
  const folder = await askFolder();
  if (folder === null) return;
  const { filesInTheWay, writeDemonstration } = await import("../operations/demonstration-files");
  const inTheWay = await filesInTheWay(folder);
  if (inTheWay.length > 0 && !(await mayOverwrite(inTheWay))) return;
  const files = await writeDemonstration(folder, inTheWay.length > 0);
  const item = (file: string): SamplesItem => ({
    kind: "samples",
    file,
    bits: 8,
    format: "bytes",
    method: NON_IID,
  });
  const [raw, processed] = [item(files.raw), item(files.processed)];
  if ((await runner.run(raw)) === null || (await runner.run(processed)) === null) return;
  await show(raw, processed, true);
}

async function askFolder(): Promise<string | null> {
  const open = workspace.workspaceFolders?.[0]?.uri;
  const folders = await window.showOpenDialog({
    title: "A Folder for the Two Files of the Demonstration",
    openLabel: "Make Them Here",
    canSelectFiles: false,
    canSelectFolders: true,
    ...(open?.scheme === "file" ? { defaultUri: open } : {}),
  });
  return folders?.at(0)?.fsPath ?? null;
}

async function mayOverwrite(files: readonly string[]): Promise<boolean> {
  const overwrite = "Overwrite";
  const message = files.length === 1 ? `${files[0]} exists already.` : "Files of both names exist already.";
  const detail = `The demonstration overwrites ${files.join(" and ")}.`;
  return (await window.showWarningMessage(message, { modal: true, detail }, overwrite)) === overwrite;
}

/**
 * Asks which of the assessed files holds raw samples and which processed ones, and shows them side by side.
 * @throws UserError when fewer than two are assessed
 */
export async function compareRawAndProcessed(results: Results): Promise<void> {
  const assessed = results
    .items()
    .filter((item) => item.kind === "samples" && results.state(idOf(item)).report !== null);
  if (assessed.length < 2) throw tooFewSamples();
  const title = "Compare Raw and Processed Samples";
  const raw = await pick(title, "Which file holds the raw samples, as the source gives them?", itemChoices(assessed));
  if (raw?.kind !== "samples") return;
  const others = assessed.filter((item) => item !== raw);
  const processed = await pick(title, "Which holds the processed ones?", itemChoices(others));
  if (processed?.kind === "samples") await show(raw, processed, false);
}
