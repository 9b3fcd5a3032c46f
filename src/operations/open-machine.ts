import { openLocalMachine } from "../machine/local";
import type { StreamingMachine } from "../machine/machine";
import type { MachineServices } from "../machine/services";
import { openSshMachine } from "../machine/ssh";
import type { MachineTarget } from "../machine/target";

/**
 * Opens this machine, or one over SSH.
 * @throws UserError if it cannot be reached; the signal's reason when it aborts
 */
export function openMachine(
  target: MachineTarget,
  services: MachineServices,
  signal: AbortSignal,
): Promise<StreamingMachine> {
  signal.throwIfAborted();
  return target.kind === "local" ? Promise.resolve(openLocalMachine(target)) : openSshMachine(target, services, signal);
}
