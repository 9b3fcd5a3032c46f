import { DEFAULT_PROFILE } from "../compliance/profiles";
import { judgeMachine } from "../compliance/scs-0101";
import { observeMachine } from "../machine/live-checks";
import type { MachineServices } from "../machine/services";
import { machineSource, type MachineTarget } from "../machine/target";
import type { MachineReport, OperationEvent } from "../model";
import { closeReport } from "../report/build";
import { openMachine } from "./open-machine";

/**
 * The live checks of SCS-0101 on one machine: rngd, entropy_avail, FIPS 140-2.
 * @throws UserError if the machine cannot be reached; the signal's reason when it aborts
 */
export async function* checkMachine(
  target: MachineTarget,
  services: MachineServices,
  signal: AbortSignal,
  profile = DEFAULT_PROFILE,
): AsyncGenerator<OperationEvent<MachineReport>> {
  const source = machineSource(target);
  const startedAt = new Date().toISOString();
  yield { type: "progress", message: `Connecting to ${source.name}`, fraction: 0 };
  const machine = await openMachine(target, services, signal);
  try {
    const observations = yield* observeMachine(machine, signal);
    const findings = judgeMachine({ kind: "machine", id: source.address, name: source.name }, observations, profile);
    const report = closeReport<MachineReport>(
      { kind: "machine", source, startedAt, findings, observations },
      new Date().toISOString(),
    );
    yield { type: "report", report };
  } finally {
    await machine.close();
  }
}
