import { Disposable, Uri, type LogOutputChannel } from "vscode";
import type { Actions } from "./actions";
import { COLLECT } from "./collect-pickers";
import { idIn, registerCommand } from "./commands";
import { placeOfItem, type Item, type MachineItem } from "./items";
import { COMMANDS } from "./manifest";
import { COLLECT_RESTARTS } from "./restart-pickers";

interface Parts {
  readonly actions: Actions;
  readonly collectSamples: (machine: MachineItem) => Promise<void>;
  readonly collectRestarts: (machine: MachineItem) => Promise<void>;
  /** @param journal null: it is asked for */
  readonly resumeCollection: (journal: Uri | null) => Promise<void>;
  readonly pickMachine: (title: string) => Promise<MachineItem | null>;
  readonly takeInventory: (machine: MachineItem) => Promise<void>;
  readonly log: LogOutputChannel;
}

/** What can be done with a machine besides checking it. Each command works on the node that it is called on, else asks. */
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
  const fileIn = async (argument: unknown): Promise<Uri | null> => {
    if (argument instanceof Uri) return argument;
    const item = await itemIn(argument);
    return item?.kind === "samples" ? Uri.file(placeOfItem(item)) : null;
  };
  const handlers: readonly (readonly [string, (argument: unknown) => unknown])[] = [
    [COMMANDS.collectSamples, onMachine(COLLECT, parts.collectSamples)],
    [COMMANDS.collectRestarts, onMachine(COLLECT_RESTARTS, parts.collectRestarts)],
    [COMMANDS.takeInventory, onMachine("Take Inventory of a Machine", parts.takeInventory)],
    [COMMANDS.resumeCollection, async (argument) => parts.resumeCollection(await fileIn(argument))],
  ];
  return Disposable.from(...handlers.map(([command, handle]) => registerCommand(command, handle, log)));
}
