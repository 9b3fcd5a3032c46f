import { workspace, type Uri } from "vscode";
import { machineAddress, parseMachineAddress } from "../machine/target";
import type { Collecting } from "./collecting";
import type { CollectingRestarts } from "./collecting-restarts";
import { nothingUnfinished } from "./errors";
import type { MachineItem } from "./items";
import { pick } from "./quick-pick";
import type { Results } from "./results";
import type { Sources } from "./sources";
import { requireTrust } from "./trust";

interface Parts {
  readonly sources: Sources;
  readonly results: Results;
  readonly collecting: Collecting;
  readonly collectingRestarts: CollectingRestarts;
}

const JOURNAL = ".unfinished";

/**
 * Goes on with a collection that was not finished, of samples or of restarts.
 * @param given its journal, or what lies beside it; null: it is asked for
 * @throws UserError when there is none, it cannot go on, or the folder is not trusted
 */
export async function resumeCollection(given: Uri | null, parts: Parts): Promise<void> {
  requireTrust();
  const journal = given ?? (await pickJournal());
  if (journal === null) return;
  const path = journal.fsPath.endsWith(JOURNAL) ? journal.fsPath.slice(0, -JOURNAL.length) : journal.fsPath;
  const { unfinished } = await import("../operations/unfinished");
  const found = await unfinished(path);
  const { collecting, collectingRestarts } = parts;
  if (found.kind === "samples") await collecting.resume(machineAt(found.machine, parts), path, found);
  else if (found.kind === "restarts") await collectingRestarts.resume(machineAt(found.machine, parts), path, found);
  else await collectingRestarts.resumeBoots(path, found);
}

/** The machine that is known by an address; else a new one. */
function machineAt(address: string, { sources, results }: Parts): MachineItem {
  const known = [...sources.machines(), ...results.items()].filter((item) => item.kind === "machine");
  const found = known.find((machine) => machineAddress(parseMachineAddress(machine.address)) === address);
  return found ?? { kind: "machine", name: parseMachineAddress(address).name, address };
}

/** @throws UserError when there is none */
async function pickJournal(): Promise<Uri | null> {
  const journals = await workspace.findFiles(`**/*${JOURNAL}`, null, 100);
  if (journals.length === 0) throw nothingUnfinished();
  const choices = journals.map((uri) => ({
    value: uri,
    label: `$(debug-continue) ${workspace.asRelativePath(uri).slice(0, -JOURNAL.length)}`,
    description: "",
    group: "",
  }));
  return pick("Resume Collection", "Which collection?", choices);
}
