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
 * Asks which definition, unless it is given, and saves it: what is run is what the disk has.
 * @param given from the explorer's or the editor's menu
 * @param onlyMissing whether runs that its folder holds already are to be left out
 * @returns null when the person gave up
 * @throws UserError when the folder is not trusted, there is no definition, or it cannot be saved
 */
export async function pickBootTest(given: Uri | null, onlyMissing: boolean): Promise<BootTestItem | null> {
  requireTrust();
  const file = given === null ? await askWhich(onlyMissing) : fileOf(given);
  if (file === null) return null;
  const open = workspace.textDocuments.find(({ uri, fileName }) => uri.scheme === "file" && fileName === file);
  if (open?.isDirty === true && !(await open.save())) return null;
  return { kind: "boot-test", file, onlyMissing };
}

function fileOf(uri: Uri): string {
  if (uri.scheme !== "file") throw notOnDisk(uri.toString());
  return uri.fsPath;
}

async function askWhich(onlyMissing: boolean): Promise<string | null> {
  const found = await workspace.findFiles("**/*.boot-test.{yaml,yml}", "**/node_modules/**", MOST);
  const shown = window.activeTextEditor?.document;
  const current = shown?.uri.scheme === "file" && isBootTestFile(shown.fileName) ? shown.fileName : null;
  const choices = bootTestChoices(
    found.filter(({ scheme }) => scheme === "file").map(({ fsPath }) => fsPath),
    current,
  );
  if (choices.length === 0) throw noBootTests();
  return pick(onlyMissing ? "Run Missing Boot Tests" : "Run Boot Test", "Which boot test?", choices);
}
