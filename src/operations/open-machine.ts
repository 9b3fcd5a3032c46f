import { openConsoleLog } from "../machine/console-log";
import { openLocalMachine } from "../machine/local";
import type { Machine, StreamingMachine } from "../machine/machine";
import type { MachineServices } from "../machine/services";
import { openSshMachine } from "../machine/ssh";
import { requireStreaming, type MachineTarget } from "../machine/target";

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
  requireStreaming(target);
  return target.kind === "local" ? openLocalMachine(target) : openSshMachine(target, services, signal);
}
