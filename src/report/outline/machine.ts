import type { MachineReport, Observation } from "../../model";
import type { Details } from "./details";

export function machineDetails({ source, observations }: MachineReport): Details {
  const { kernel, rngd, entropyAvail, fips140 } = observations;
  return {
    title: `Machine ${source.name}`,
    facts: [
      ["Address", source.address],
      ["Kernel", told(kernel, (value) => value)],
      ["rngd", told(rngd, ({ running, process }) => (running ? (process ?? "running") : "not running"))],
      ["entropy_avail", told(entropyAvail, String)],
      [
        "FIPS 140-2 blocks",
        told(fips140, ({ successes, failures, judgedBy }) => `${successes} passed, ${failures} failed (${judgedBy})`),
      ],
    ],
    tables: [],
    artifacts: [],
    anchor: null,
  };
}

function told<T>(observation: Observation<T>, text: (value: T) => string): string {
  return observation.status === "measured" ? text(observation.value) : `not measured: ${observation.reason}`;
}
