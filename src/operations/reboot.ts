import { setTimeout } from "node:timers/promises";
import { UserError } from "../errors";
import { encodedCommand } from "../machine/capture";
import type { StreamingMachine } from "../machine/machine";
import { rebootNotSeen } from "./collection-errors";
import { Reconnection } from "./reconnection";

const BOOT_ID = "cat /proc/sys/kernel/random/boot_id";
/** Whoever may, does: root, or an account that needs no password for it. */
const REBOOT = "systemctl reboot || reboot || sudo -n systemctl reboot || sudo -n reboot";
const MOST_MINUTES = 10;
const INTERVAL = 2000;

/**
 * Reboots a machine, and waits until it can be reached and its boot has another id.
 * @param command of the user's own; null: the usual ones
 * @param reach opens the machine anew
 * @returns it, after the boot; the one that was given is closed
 * @throws UserError if it does not happen; the signal's reason when it aborts
 */
export async function rebootMachine(
  machine: StreamingMachine,
  command: string | null,
  reach: () => Promise<StreamingMachine>,
  signal: AbortSignal,
): Promise<StreamingMachine> {
  const before = await bootId(machine, signal);
  const options = { signal, maxOutput: 16 * 1024, timeout: 60_000 };
  // nobody need answer: the machine goes down
  await machine.run(command === null ? REBOOT : encodedCommand(command), options).catch(unlessLost);
  await machine.close();
  const deadline = performance.now() + MOST_MINUTES * 60_000;
  while (performance.now() < deadline) {
    await setTimeout(INTERVAL, undefined, { signal }).catch(() => signal.throwIfAborted());
    const again = await reach().catch(unlessLost);
    if (again === null) continue;
    const now = await bootId(again, signal).catch(unlessLost);
    if (now !== null && now !== before) return again;
    await again.close();
  }
  throw rebootNotSeen(machine.name, MOST_MINUTES);
}

async function bootId(machine: StreamingMachine, signal: AbortSignal): Promise<string> {
  const { stdout } = await machine.run(BOOT_ID, { signal, maxOutput: 1024, timeout: 60_000 });
  return stdout.toString("utf8").trim();
}

function unlessLost(error: unknown): null {
  if (Reconnection.isLoss(error) || (error instanceof UserError && error.code === "machine-shell-strange")) return null;
  throw error;
}
