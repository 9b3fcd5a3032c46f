import { openConsoleLog } from "../machine/console-log";
import { logGivesNoSamples } from "../machine/errors";
import { openLocalMachine } from "../machine/local";
import type { Machine, StreamingMachine } from "../machine/machine";
import type { MachineServices } from "../machine/services";
import { openSshMachine } from "../machine/ssh";
import type { MachineTarget } from "../machine/target";

/**
 * Opens this machine, one over SSH, or what the log of a console tells of one.
 * @throws UserError if it cannot be reached; the signal's reason when it aborts
 */
export async function openMachine(
  target: MachineTarget,
  services: MachineServices,
  signal: AbortSignal,
): Promise<Machine> {
  return target.kind === "console" ? openConsoleLog(target) : openStreamingMachine(target, services, signal);
}

/**
 * The same, of a machine that gives samples.
 * @throws UserError, also for a log
 */
export async function openStreamingMachine(
  target: MachineTarget,
  services: MachineServices,
  signal: AbortSignal,
): Promise<StreamingMachine> {
  signal.throwIfAborted();
  switch (target.kind) {
    case "local":
      return openLocalMachine(target);
    case "ssh":
      return openSshMachine(target, services, signal);
    case "console":
      throw logGivesNoSamples(target.name);
  }
}
