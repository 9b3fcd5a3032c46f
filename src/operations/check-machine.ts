import { judgeMachine } from "../compliance/scs-0101";
import { observeMachine } from "../machine/live-checks";
import { openLocalMachine } from "../machine/local";
import type { Machine } from "../machine/machine";
import type { MachineServices } from "../machine/services";
import { openSshMachine } from "../machine/ssh";
import { machineSource, type MachineTarget } from "../machine/target";
import type { MachineReport, OperationEvent } from "../model";
import { closeReport } from "../report/build";

/**
 * The live checks of SCS-0101 on one machine: rngd, entropy_avail, FIPS 140-2.
 * @throws UserError if the machine cannot be reached; the signal's reason when it aborts
 */
export async function* checkMachine(
  target: MachineTarget,
  services: MachineServices,
  signal: AbortSignal,
): AsyncGenerator<OperationEvent<MachineReport>> {
  const source = machineSource(target);
  const startedAt = new Date().toISOString();
  yield { type: "progress", message: `Connecting to ${source.name}`, fraction: 0 };
  const machine = await open(target, services, signal);
  try {
    const observations = yield* observeMachine(machine, signal);
    const findings = judgeMachine({ kind: "machine", id: source.address, name: source.name }, observations);
    const report = closeReport<MachineReport>(
      { kind: "machine", source, startedAt, findings, observations },
      new Date().toISOString(),
    );
    yield { type: "report", report };
  } finally {
    await machine.close();
  }
}

function open(target: MachineTarget, services: MachineServices, signal: AbortSignal): Promise<Machine> {
  signal.throwIfAborted();
  return target.kind === "local" ? Promise.resolve(openLocalMachine(target)) : openSshMachine(target, services, signal);
}
