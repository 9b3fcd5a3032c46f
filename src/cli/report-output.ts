import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../errors";
import type { ProjectFile } from "../formats/project-file";
import { PROJECT_FILE } from "../formats/project-file-name";
import type { OperationEvent } from "../model";
import type { FleetReport } from "../model/fleet";
import { dayOf, setAside, setAsideInFleet } from "../operations/set-aside";
import { baselineFromJson } from "../report/baseline";
import { EXPORT_FORMATS } from "../report/export-formats";
import { fleetBaselineFromJson, outlinesOf } from "../report/fleet";
import { fleetToText } from "../report/fleet-text";
import { toJson } from "../report/json";
import { outlineOf, type Outline, type WritableReport } from "../report/outline/outline";
import { reportToText, type CheckReport } from "../report/text";
import { exitCodeOf, REPORT_OPTIONS, runToEnd, usageError, type Terminal } from "./command";
import { writeOutput } from "./output";

type FormatId = (typeof EXPORT_FORMATS)[number]["id"];

const FORMAT_OPTION = { type: "string" } as const;

/** The options of every command that ends in a report with findings. */
export const OUTPUT_OPTIONS = {
  ...REPORT_OPTIONS,
  baseline: FORMAT_OPTION,
  sarif: FORMAT_OPTION,
  junit: FORMAT_OPTION,
  csv: FORMAT_OPTION,
  markdown: FORMAT_OPTION,
  html: FORMAT_OPTION,
  "scs-yaml": FORMAT_OPTION,
  "scs-lines": FORMAT_OPTION,
} as const satisfies Record<FormatId | "baseline", { type: "string" }> & typeof REPORT_OPTIONS;

/** What was given for them. */
export type OutputValues = Readonly<Partial<Record<FormatId | "json" | "baseline", string | undefined>>>;

const option = (words: string, text: string): string => `  ${words.padEnd(22)}${text}\n`;

/**
 * Their lines in a usage.
 * @param scs whether the command's reports have test cases of SCS-0101
 */
export function outputUsage(scs: boolean): string {
  return [
    option("--json FILE", "write the report as JSON; - is standard output, instead of the text"),
    ...EXPORT_FORMATS.filter(({ scsOnly }) => scs || !scsOnly).map(({ id, summary }) =>
      option(`--${id} FILE`, `write ${summary}; - likewise`),
    ),
    option("--baseline FILE", "a former report as JSON: what it found is marked known and does not count"),
  ].join("");
}

/** Runs an operation to its report, writes it wherever it was asked for, and turns its verdict into an exit code. */
export async function runToReport(
  events: AsyncIterable<OperationEvent<CheckReport>>,
  values: OutputValues,
  terminal: Terminal,
): Promise<number> {
  const report = await putOut(await runToEnd(events, terminal), reportToText, values, terminal);
  return exitCodeOf(report.verdict);
}

/**
 * Sets aside what the baseline and the project file say, writes a report wherever it was asked for, and prints it.
 * @returns the report as it was written: with what does not count marked
 * @throws UserError when a file cannot be read or written, or the baseline is of another kind
 */
export async function putOut<R extends WritableReport>(
  found: R,
  toText: (report: R) => string,
  values: OutputValues,
  terminal: Terminal,
): Promise<R> {
  const { suppressions } = await readProjectFile(terminal);
  const baseline = values.baseline === undefined ? null : await readBaseline(values.baseline, baselineFromJson);
  const report = setAside(found, { suppressions, baseline }, dayOf(new Date()));
  await writeOut(report, [outlineOf(report)], () => toText(report), values, terminal);
  return report;
}

/** The same of several clouds. */
export async function putOutFleet(found: FleetReport, values: OutputValues, terminal: Terminal): Promise<FleetReport> {
  const { suppressions } = await readProjectFile(terminal);
  const baseline = values.baseline === undefined ? null : await readBaseline(values.baseline, fleetBaselineFromJson);
  const report = setAsideInFleet(found, { suppressions, baseline }, dayOf(new Date()));
  await writeOut(report, outlinesOf(report), () => fleetToText(report), values, terminal);
  return report;
}

async function writeOut(
  report: WritableReport | FleetReport,
  outlines: readonly Outline[],
  toText: () => string,
  values: OutputValues,
  terminal: Terminal,
): Promise<void> {
  const context = { root: terminal.cwd, run: randomUUID(), invocation: randomUUID() };
  const outputs = [
    { file: values.json, write: () => toJson(report) },
    ...EXPORT_FORMATS.map((format) => ({
      file: values[format.id],
      write: () => format.write(outlines, context),
    })),
  ].flatMap(({ file, write }) => (file === undefined ? [] : [{ file, write }]));
  const printed = outputs.filter(({ file }) => file === "-");
  if (printed.length > 1) throw usageError("Only one format can go to standard output.", outlines[0].kind);
  // a file that cannot be written costs no more than itself: what was found may have taken hours
  const failures: unknown[] = [];
  for (const { file, write } of outputs)
    if (file !== "-") await writeOutput(file, write()).catch((error: unknown) => failures.push(error));
  terminal.print(printed.at(0)?.write() ?? toText());
  if (failures.length > 0) throw failures[0];
}

/** What the current folder's project file says; what is wrong in it is told on standard error. */
export async function readProjectFile({ cwd, warn }: Terminal): Promise<ProjectFile> {
  const file = join(cwd, PROJECT_FILE);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT")
      return { suppressions: [], definitions: [], problems: [] };
    throw new UserError("project-file-unreadable", `${file} cannot be read.`, "Check that you may read it.", { cause });
  }
  const { parseProjectFile } = await import("../formats/project-file");
  const project = parseProjectFile(text);
  for (const { message, line } of project.problems) warn(`${PROJECT_FILE}:${line + 1}: ${message}\n`);
  return project;
}

async function readBaseline<B>(file: string, read: (text: string, file: string) => B): Promise<B> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    const remedy = "Name a report that was written with --json.";
    throw new UserError("report-no-baseline", `The baseline ${file} cannot be read.`, remedy, { cause });
  });
  return read(text, file);
}
