import { CancellationError, commands, window, type LogOutputChannel } from "vscode";
import { UserError } from "../errors";

/** A button under a message. */
export interface Action {
  readonly label: string;
  readonly act: () => unknown;
}

/** What went wrong, for people: a user's error as it is, a defect of ours as one sentence. */
export function explain(error: unknown): { readonly message: string; readonly remedy: string } {
  if (error instanceof UserError) return { message: error.message, remedy: error.remedy };
  return { message: "Entropy Check met an unexpected error.", remedy: "The log tells more; please report it." };
}

/**
 * Shows an error with what to do about it. A defect goes whole to the log, never to the notification; that somebody
 * cancelled is no error.
 * @param actions what can be done at once
 */
export async function showError(error: unknown, log: LogOutputChannel, actions: readonly Action[] = []): Promise<void> {
  if (error instanceof CancellationError) return;
  const { message, remedy } = explain(error);
  const offered = [...actions, ...ownActions(error, log)];
  if (error instanceof UserError) log.warn(`${error.code}: ${message}`);
  else log.error(error instanceof Error ? error : String(error));
  const chosen = await window.showErrorMessage(`${message} ${remedy}`, ...offered.map((a) => a.label));
  await offered.find((a) => a.label === chosen)?.act();
}

/** Shows what a person should know, with what can be done about it. */
export async function offer(message: string, actions: readonly Action[]): Promise<void> {
  const chosen = await window.showWarningMessage(message, ...actions.map((a) => a.label));
  await actions.find((a) => a.label === chosen)?.act();
}

/** What can be done at once about an error of this room. */
function ownActions(error: unknown, log: LogOutputChannel): readonly Action[] {
  if (!(error instanceof UserError)) return [{ label: "Show Log", act: () => log.show() }];
  if (error.code !== "vscode-untrusted") return [];
  return [{ label: "Manage Trust", act: () => commands.executeCommand("workbench.trust.manage") }];
}
