import type { Finding, MachineObservations, RngdState, Subject } from "../model";
import { finding, unmeasured } from "./finding";
import { quoted } from "./text";

const RULE = "scs-0101-rngd";

/** SCS-0101 w1, Errors: "the service `rngd` is not running". */
export function judgeRngd(machine: Subject, observation: MachineObservations["rngd"]): Finding {
  const name = quoted(machine.name);
  if (observation.status === "unmeasured") return unmeasured(RULE, machine, `rngd on ${name}`, observation);
  const state = observation.value;
  const evidence = [
    { label: "process", value: state.process ?? "none" },
    ...state.units.map((unit) => ({ label: `unit ${unit.name}`, value: unit.state })),
  ];
  if (state.running) {
    return finding(RULE, machine, { verdict: "pass", message: `rngd is running on ${name}.`, evidence });
  }
  return finding(RULE, machine, {
    verdict: "fail",
    message: `rngd is not running on ${name}.`,
    evidence,
    remedy: startRngd(state),
  });
}

function startRngd(state: RngdState): string {
  const unit = state.units.at(0);
  if (unit !== undefined) {
    return (
      `Start it with "systemctl enable --now ${unit.name}"; if it stops at once, journalctl -u ${unit.name} says why ` +
      "(usually the machine has no random number generator: see the flavor and the image)."
    );
  }
  return 'Install it and start it: "apt-get install rng-tools5" on Debian and Ubuntu, "dnf install rng-tools" on Fedora and RHEL.';
}
