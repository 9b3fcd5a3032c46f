import type { Finding, Observation } from "../model";
import type { FleetCloud, FleetReport } from "../model/fleet";
import { counts } from "./build";
import { printable, reportToText } from "./text";

const COLUMNS = ["Cloud", "Region", "Flavors", "Images", "Errors", "Warnings", "Inconclusive", "Verdict"] as const;
/** The first two are words, the last too; between them stand numbers. */
const isNumber = (column: number): boolean => column > 1 && column < COLUMNS.length - 1;

/** Several clouds for people: a table of all with their counts, then what was found in each. */
export function fleetToText({ clouds }: FleetReport): string {
  const rows = clouds.map(rowOf).map((row) => row.map(printable));
  const widths = COLUMNS.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i].length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (isNumber(i) ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
      .join("  ")
      .trimEnd();
  const table = [COLUMNS, ...rows].map(line).join("\n");
  return `${[table, ...clouds.map(cloudToText)].map((part) => part.trimEnd()).join("\n\n")}\n`;
}

function cloudToText({ report, failure }: FleetCloud): string {
  if (failure === null) return reportToText(report);
  const { name, region } = report.source;
  const title = `Cloud ${name}${region === null ? "" : `, region ${region}`}`;
  return [title, `????  It could not be checked. ${failure.message}`, `      ${failure.remedy}`]
    .map(printable)
    .join("\n");
}

function rowOf({ report, failure }: FleetCloud): readonly string[] {
  const { source, observations, verdict } = report;
  const findings = report.findings.filter(counts);
  const of = (wanted: Finding["verdict"], severity?: Finding["severity"]): string =>
    String(findings.filter((f) => f.verdict === wanted && (severity === undefined || f.severity === severity)).length);
  return [
    source.name,
    source.region ?? "",
    countOf(observations.flavors),
    countOf(observations.images),
    ...(failure === null ? [of("fail", "error"), of("fail", "warning"), of("inconclusive")] : ["", "", ""]),
    failure !== null
      ? "could not be checked"
      : { pass: "passed", fail: "failed", inconclusive: "inconclusive" }[verdict],
  ];
}

const countOf = (list: Observation<readonly unknown[]>): string =>
  list.status === "measured" ? String(list.value.length) : "";
