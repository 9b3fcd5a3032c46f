import { countsInWords } from "../words";
import type { OutlineTable } from "./details";
import type { Outline } from "./outline";

/** What stands above several reports in one document: `3 clouds`. */
export function titleOfAll(outlines: readonly Outline[]): string {
  const noun = outlines.every(({ kind }) => kind === "cloud") ? "clouds" : "reports";
  return `${outlines.length} ${noun}`;
}

/** Which they are, and how they ended. */
export function tableOfAll(outlines: readonly Outline[]): OutlineTable {
  return {
    title: titleOfAll(outlines),
    columns: ["What", "Verdict", "Findings"],
    rows: outlines.map(({ title, verdict, findings }) => [title, verdict, countsInWords(findings)]),
  };
}
