import type { CloudReport, Observation } from "../../model";
import type { Details } from "./details";

export function cloudDetails({ source, observations: { flavors, images } }: CloudReport): Details {
  return {
    title: `Cloud ${source.name}`,
    facts: [
      ["Address", source.authUrl],
      ["Region", source.region ?? "not named"],
      ["Flavors", countOf(flavors)],
      ["Images", countOf(images)],
    ],
    tables: [
      {
        title: "Flavors",
        columns: ["Name", "ID", "vCPUs", "RAM MiB", "Disk GiB", "hw_rng extra specs"],
        rows: valueOf(flavors).map(({ name, id, vcpus, ram, disk, extraSpecs }) => [
          ...[name, id, String(vcpus), String(ram), String(disk)],
          extraSpecs === null ? "not readable" : entries(extraSpecs, "hw_rng"),
        ]),
      },
      {
        title: "Images",
        columns: ["Name", "ID", "Status", "Visibility", "hw_rng properties"],
        rows: valueOf(images).map(({ name, id, status, visibility, properties }) => [
          ...[name, id, status, visibility],
          entries(properties, "hw_rng"),
        ]),
      },
    ],
    artifacts: source.definedAt === null ? [] : [{ file: source.definedAt.file, sha256: null }],
    anchor: source.definedAt,
  };
}

function valueOf<T>(observation: Observation<readonly T[]>): readonly T[] {
  return observation.status === "measured" ? observation.value : [];
}

function countOf(observation: Observation<readonly unknown[]>): string {
  return observation.status === "measured" ? String(observation.value.length) : `not read: ${observation.reason}`;
}

function entries(all: Readonly<Record<string, string>>, prefix: string): string {
  const own = Object.entries(all).filter(([key]) => key.startsWith(prefix));
  return own.length === 0 ? "none" : own.map(([key, value]) => `${key}=${value}`).join(", ");
}
