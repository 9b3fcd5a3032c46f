import { Disposable, Uri, type LogOutputChannel } from "vscode";
import type { Actions } from "./actions";
import { COLLECT } from "./collect-pickers";
import { idIn, registerCommand } from "./commands";
import { placeOfItem, type BootTestItem, type Item, type MachineItem } from "./items";
import { COMMANDS } from "./manifest";

interface Parts {
  readonly actions: Actions;
  readonly collectSamples: (machine: MachineItem) => Promise<void>;
  /** @param of what is restarted; null: it is asked for */
  readonly collectRestarts: (of: MachineItem | BootTestItem | null) => Promise<void>;
  /** @param journal null: it is asked for */
  readonly resumeCollection: (journal: Uri | null) => Promise<void>;
  readonly pickMachine: (title: string) => Promise<MachineItem | null>;
  readonly takeInventory: (machine: MachineItem) => Promise<void>;
  readonly log: LogOutputChannel;
}

/**
 * What can be done with a machine, or a boot test, besides checking or running it. Each command works on the node that it
 * is called on, else asks.
 */
export function registerMachineCommands(parts: Parts): Disposable {
  const { actions, pickMachine, log } = parts;
  const itemIn = async (argument: unknown): Promise<Item | null> => {
    const id = idIn(argument);
    return id === null ? null : actions.find(id);
  };
  const onMachine =
    (title: string, act: (machine: MachineItem) => Promise<void>) =>
    async (argument: unknown): Promise<void> => {
      const item = await itemIn(argument);
      const machine = item?.kind === "machine" ? item : await pickMachine(title);
      if (machine !== null) await act(machine);
    };
  const restartable = async (argument: unknown): Promise<MachineItem | BootTestItem | null> => {
    if (argument instanceof Uri && argument.scheme === "file")
      return { kind: "boot-test", file: argument.fsPath, onlyMissing: false };
    const item = await itemIn(argument);
    return item?.kind === "machine" || item?.kind === "boot-test" ? item : null;
  };
  const fileIn = async (argument: unknown): Promise<Uri | null> => {
    if (argument instanceof Uri) return argument;
    const item = await itemIn(argument);
    return item?.kind === "samples" ? Uri.file(placeOfItem(item)) : null;
  };
  const handlers: readonly (readonly [string, (argument: unknown) => unknown])[] = [
    [COMMANDS.collectSamples, onMachine(COLLECT, parts.collectSamples)],
    [COMMANDS.collectRestarts, async (argument) => parts.collectRestarts(await restartable(argument))],
    [COMMANDS.takeInventory, onMachine("Take Inventory of a Machine", parts.takeInventory)],
    [COMMANDS.resumeCollection, async (argument) => parts.resumeCollection(await fileIn(argument))],
  ];
  return Disposable.from(...handlers.map(([command, handle]) => registerCommand(command, handle, log)));
}
