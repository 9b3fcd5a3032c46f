import { window, type LogOutputChannel } from "vscode";
import { parseMachineAddress, requireStreaming } from "../machine/target";
import type { Checks } from "./checks";
import type { Item, MachineItem } from "./items";
import type { Action } from "./notices";
import type { Results } from "./results";
import type { Runner } from "./run";

/** What collections of samples, and of restarts, are made with. */
export interface CollectionParts {
  readonly results: Results;
  readonly runner: Runner;
  readonly checks: Checks;
  /** Shows in the inspector how far a collection is. */
  readonly watch: (item: Item) => void;
  readonly log: LogOutputChannel;
}

/** Before anything is asked. @throws UserError for a machine that gives no samples */
export function requireSamplesOf({ name, address }: MachineItem): void {
  requireStreaming({ ...parseMachineAddress(address), name });
}

/**
 * Asks whether an interrupted collection shall go on: whoever wrote its journal may have what it names run.
 * @param path the file or the folder
 * @param detail what would be run, and where
 */
export async function agreesToGoOn(path: string, detail: string): Promise<boolean> {
  const goOn = "Go On";
  return (
    (await window.showInformationMessage(`Go on collecting into ${path}?`, { modal: true, detail }, goOn)) === goOn
  );
}

/**
 * What can be done at once about a collection that ended early: go on with what is kept, else begin anew.
 * @param kept null: nothing is
 */
export function onwards(kept: string | null, collect: (resume: boolean) => Promise<void>): Action {
  return kept === null
    ? { label: "Try Again", act: () => collect(false) }
    : { label: "Resume", act: () => collect(true) };
}
