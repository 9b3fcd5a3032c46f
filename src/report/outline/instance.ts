import type { InstanceReport, MachineObservations, Observation } from "../../model";
import type { Instance } from "../../model/instance";
import type { Details } from "./details";

export function instanceDetails({ source, run, askedBy, instances, leftBehind }: InstanceReport): Details {
  return {
    title: `Sample instances of cloud ${source.name}`,
    facts: [
      ["Identity service", source.authUrl],
      ["Region", source.region ?? "the catalog's first"],
      ["Run", run],
      ["Asked over", askedBy === "console" ? "the console" : "SSH"],
      ["Left behind", leftBehind.length === 0 ? "nothing" : `${leftBehind.length}`],
    ],
    tables: [
      {
        title: "Servers",
        columns: ["Image", "Flavor", "Booted from", "Kernel", "entropy_avail", "FIPS 140-2 failures", "Notes"],
        rows: instances.map(row),
      },
    ],
    artifacts: [],
    anchor: source.definedAt,
  };
}

function row({ image, flavor, volume, notes, observations }: Instance<MachineObservations>): readonly string[] {
  const { kernel, entropyAvail, fips140 } = observations;
  return [
    image.name,
    flavor?.name ?? "none",
    volume === null ? "the image" : `a volume of ${volume} GiB`,
    told(kernel, (value) => value),
    told(entropyAvail, String),
    told(fips140, ({ failures, blocksRequested }) => `${failures} of ${blocksRequested}`),
    notes.join(" "),
  ];
}

function told<T>(observation: Observation<T>, text: (value: T) => string): string {
  return observation.status === "measured" ? text(observation.value) : "not measured";
}
