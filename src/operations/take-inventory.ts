import { takeInventory } from "../machine/inventory";
import type { MachineServices } from "../machine/services";
import { machineSource, type MachineTarget } from "../machine/target";
import type { OperationEvent } from "../model";
import type { InventoryReport } from "../model/inventory";
import { header } from "../report/build";
import { openMachine } from "./open-machine";

/**
 * What randomness a machine has.
 * @throws UserError if the machine cannot be reached; the signal's reason when it aborts
 */
export async function* inventoryMachine(
  target: MachineTarget,
  services: MachineServices,
  signal: AbortSignal,
): AsyncGenerator<Extract<OperationEvent, { type: "progress" }>, InventoryReport> {
  const source = machineSource(target);
  const takenAt = new Date().toISOString();
  yield { type: "progress", message: `Connecting to ${source.name}`, fraction: null };
  const machine = await openMachine(target, services, signal);
  try {
    return { ...header("inventory"), source, takenAt, inventory: yield* takeInventory(machine, signal) };
  } finally {
    await machine.close();
  }
}
