import type { Evidence, Finding, HwrngState, MachineObservations, RngdState, Subject } from "../model";
import { finding, unmeasured } from "./finding";
import { quoted } from "./text";

const RULE = "scs-0101-rngd";

/**
 * SCS-0101 w1, Errors: "the service `rngd` is not running". One that runs and is known to have nothing to hand on is no
 * pass: it stays alive without a device.
 */
export function judgeRngd(machine: Subject, { rngd: observation, hwrng }: MachineObservations): Finding {
  const name = quoted(machine.name);
  if (observation.status === "unmeasured") return unmeasured(RULE, machine, `rngd on ${name}`, observation);
  const state = observation.value;
  const evidence = [
    { label: "process", value: state.process ?? "none" },
    ...state.units.map((unit) => ({ label: `unit ${unit.name}`, value: unit.state })),
    ...(hwrng.status === "measured" ? sourceEvidence(hwrng.value) : []),
  ];
  if (state.running && hwrng.status === "measured" && hasNoSource(hwrng.value)) {
    return finding(RULE, machine, {
      verdict: "inconclusive",
      message:
        `rngd is running on ${name}, but neither a device nor an instruction of the processor gives it random numbers; ` +
        "whether it hands anything on cannot be told.",
      evidence,
      remedy:
        "Give the machine a generator: the flavor's hw_rng:allowed, the image's hw_rng_model. An rngd that makes its own " +
        "numbers from timing (rng-tools 6 with jitter) says so in its log.",
    });
  }
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

function hasNoSource({ givesBytes, current, instructions }: HwrngState): boolean {
  return instructions.length === 0 && (givesBytes === false || (givesBytes === null && current === "none"));
}

function sourceEvidence({ current, givesBytes, instructions }: HwrngState): Evidence[] {
  const gives = givesBytes === null ? "not readable by this account" : givesBytes ? "gives bytes" : "gives nothing";
  return [
    { label: "hw_random", value: current ?? "not there" },
    { label: "/dev/hwrng", value: gives },
    { label: "processor instructions", value: instructions.join(", ") || "none" },
  ];
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
