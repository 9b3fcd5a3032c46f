import { parseBootLog, type BootLogEvent } from "../boot/boot-log";
import { measured, observation, unmeasured } from "../machine/answers";
import { openConsoleLog, type ConsoleLogMachine } from "../machine/console-log";
import { takeInventory } from "../machine/inventory";
import type { MachineServices } from "../machine/services";
import { machineSource, type MachineTarget } from "../machine/target";
import type { Observation, OperationEvent } from "../model";
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
  const log = target.kind === "console" ? await openConsoleLog(target) : null;
  const machine = log ?? (await openMachine(target, services, signal));
  try {
    const asked = yield* takeInventory(machine, signal);
    const inventory = log === null ? asked : { ...asked, bootTest: bootTestIn(log) };
    return { ...header("inventory"), source, takenAt, inventory };
  } finally {
    await machine.close();
  }
}

/** What Zircon's kernel, or one that speaks as it does, said of its entropy test. */
function bootTestIn(machine: ConsoleLogMachine): Observation<readonly string[]> {
  const lines = parseBootLog(machine.log).map(inWords);
  return observation<readonly string[]>(
    machine,
    "what begins with entropy-boot-test:, entropy-test: or entropy-record: in the log, and panics",
    lines.length > 0
      ? measured(lines, lines.join("\n"))
      : unmeasured(
          "the log has no word of an entropy test",
          "Boot with kernel.entropy-test.src and a kernel that was built with the test, as a boot test does.",
        ),
  );
}

function inWords(event: BootLogEvent): string {
  switch (event.kind) {
    case "drawn":
      return `drew what was asked for in ${event.nanoseconds.toLocaleString("en")} ns`;
    case "unrecognized-source":
      return `does not know the source "${event.source}"`;
    case "length-limited":
      return `recorded ${event.bytes.toLocaleString("en")} bytes only, for want of room`;
    case "source-short":
      return `got ${event.bytes.toLocaleString("en")} bytes only from the source`;
    case "skipped":
    case "data-lost":
    case "panic":
      return event.line;
  }
}
