import { workspace } from "vscode";
import { untrusted } from "./errors";

/**
 * Clouds and machines are reached only from folders that are trusted.
 * @throws UserError
 */
export function requireTrust(): void {
  if (!workspace.isTrusted) throw untrusted();
}
