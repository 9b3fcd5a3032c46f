import assert from "node:assert/strict";
import { join } from "node:path";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/vscode/manifest";

/** The demo's folder, which the window has open. */
export function demoFolder(): string {
  const folder = vscode.workspace.workspaceFolders?.at(0);
  assert.ok(folder, "the window has no folder");
  return folder.uri.fsPath;
}

export const cloudsFile = (): string => join(demoFolder(), "clouds.yaml");

/** Ids as the side panel's tree gives them to commands. */
export const cloudId = (): string => `cloud:demo@${cloudsFile()}`;
export const machineId = (name: "demo-healthy" | "demo-weak"): string => `machine:${name}`;

/** Checks an item to the end, as its Run button does. */
export async function check(id: string): Promise<void> {
  await vscode.commands.executeCommand(COMMANDS.runAgain, id);
}

export interface Shown {
  readonly uri: vscode.Uri;
  readonly diagnostic: vscode.Diagnostic;
  readonly rule: string | null;
  /** The text of the line that the diagnostic is on. */
  readonly line: string;
}

/** Everything of ours that the Problems view lists, in the documents that a path's end names. */
export async function problems(end: string): Promise<Shown[]> {
  const shown: Shown[] = [];
  for (const [uri, diagnostics] of vscode.languages.getDiagnostics()) {
    if (!uri.path.endsWith(end)) continue;
    const document = await vscode.workspace.openTextDocument(uri);
    for (const diagnostic of diagnostics.filter((d) => d.source === "Entropy Check"))
      shown.push({
        uri,
        diagnostic,
        rule: typeof diagnostic.code === "object" ? String(diagnostic.code.value) : null,
        line: document.lineAt(diagnostic.range.start.line).text,
      });
  }
  return shown;
}
