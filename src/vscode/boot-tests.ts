import { window, workspace, type Uri } from "vscode";
import { noBootTests, notOnDisk } from "./errors";
import type { BootTestItem } from "./items";
import { bootTestChoices } from "./picker-model";
import { pick } from "./quick-pick";
import { isBootTestFile } from "./boot-test-name";
import { requireTrust } from "./trust";

/** So many definitions are offered. */
const MOST = 500;

/**
 * Asks which definition is to be run, unless it is given.
 * @param given from the explorer's or the editor's menu
 * @param onlyMissing whether runs that its folder holds already are to be left out
 * @returns null when the person gave up
 * @throws UserError as `pickDefinition`
 */
export async function pickBootTest(given: Uri | null, onlyMissing: boolean): Promise<BootTestItem | null> {
  const file = await pickDefinition(given, onlyMissing ? "Run Missing Boot Tests" : "Run Boot Test");
  return file === null ? null : { kind: "boot-test", file, onlyMissing };
}

/**
 * Asks which definition, unless it is given, and saves it: what is run is what the disk has.
 * @param title of the command
 * @returns its file; null when the person gave up
 * @throws UserError when the folder is not trusted, there is no definition, or it cannot be saved
 */
export async function pickDefinition(given: Uri | null, title: string): Promise<string | null> {
  requireTrust();
  const file = given === null ? await askWhich(title) : fileOf(given);
  return file === null || !(await saveDefinition(file)) ? null : file;
}

/** Saves a definition that is being edited. @returns false when it could not be */
export async function saveDefinition(file: string): Promise<boolean> {
  const open = workspace.textDocuments.find(({ uri, fileName }) => uri.scheme === "file" && fileName === file);
  return open?.isDirty !== true || open.save();
}

function fileOf(uri: Uri): string {
  if (uri.scheme !== "file") throw notOnDisk(uri.toString());
  return uri.fsPath;
}

async function askWhich(title: string): Promise<string | null> {
  const found = await workspace.findFiles("**/*.boot-test.{yaml,yml}", "**/node_modules/**", MOST);
  const shown = window.activeTextEditor?.document;
  const current = shown?.uri.scheme === "file" && isBootTestFile(shown.fileName) ? shown.fileName : null;
  const choices = bootTestChoices(
    found.filter(({ scheme }) => scheme === "file").map(({ fsPath }) => fsPath),
    current,
    (file) => workspace.asRelativePath(file),
  );
  if (choices.length === 0) throw noBootTests();
  return pick(title, "Which boot test?", choices);
}
