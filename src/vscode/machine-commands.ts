import { Disposable, Uri, type LogOutputChannel } from "vscode";
import type { Actions } from "./actions";
import type { Collecting } from "./collecting";
import { idIn, registerCommand } from "./commands";
import { placeOfItem, type Item, type MachineItem } from "./items";
import { COMMANDS } from "./manifest";

interface Parts {
  readonly actions: Actions;
  readonly collecting: Collecting;
  readonly pickMachine: (title: string) => Promise<MachineItem | null>;
  readonly takeInventory: (machine: MachineItem) => Promise<void>;
  readonly log: LogOutputChannel;
}

/** What can be done with a machine besides checking it. Each command works on the node that it is called on, else asks. */
export function registerMachineCommands({ actions, collecting, pickMachine, takeInventory, log }: Parts): Disposable {
  const itemIn = async (argument: unknown): Promise<Item | null> => {
    const id = idIn(argument);
    return id === null ? null : actions.find(id);
  };
  const machineIn = async (argument: unknown): Promise<MachineItem | null> => {
    const item = await itemIn(argument);
    return item?.kind === "machine" ? item : null;
  };
  const fileIn = async (argument: unknown): Promise<Uri | null> => {
    if (argument instanceof Uri) return argument;
    const item = await itemIn(argument);
    return item?.kind === "samples" ? Uri.file(placeOfItem(item)) : null;
  };
  const handlers: readonly (readonly [string, (argument: unknown) => unknown])[] = [
    [COMMANDS.collectSamples, async (argument) => collecting.begin(await machineIn(argument))],
    [
      COMMANDS.takeInventory,
      async (argument) => {
        const machine = (await machineIn(argument)) ?? (await pickMachine("Take Inventory of a Machine"));
        if (machine !== null) await takeInventory(machine);
      },
    ],
    [COMMANDS.resumeCollection, async (argument) => collecting.resume(await fileIn(argument))],
  ];
  return Disposable.from(...handlers.map(([command, handle]) => registerCommand(command, handle, log)));
}
