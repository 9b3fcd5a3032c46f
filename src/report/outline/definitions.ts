import type { LintReport } from "../../model/definitions";
import type { Details } from "./details";

export function definitionsDetails({ source, files }: LintReport): Details {
  return {
    title: `Definitions in ${source.name}`,
    facts: [
      ["Paths", source.paths.join(", ")],
      ["Files with definitions", String(files.length)],
      ["Flavors", String(files.reduce((sum, { flavors }) => sum + flavors, 0))],
      ["Images", String(files.reduce((sum, { images }) => sum + images, 0))],
    ],
    tables: [
      {
        title: "Files",
        columns: ["File", "System", "Flavors", "Images"],
        rows: files.map(({ file, system, flavors, images }) => [file, system, String(flavors), String(images)]),
      },
    ],
    artifacts: files.map(({ file }) => ({ file, sha256: null })),
    anchor: null,
  };
}
