import { randomUUID } from "node:crypto";
import type { OperationEvent } from "../model";
import type { FleetReport } from "../model/fleet";
import { dayOf, setAside, setAsideInFleet } from "../operations/set-aside";
import { EXPORT_FORMATS } from "../report/export-formats";
import { outlinesOf, type FleetBaseline } from "../report/fleet";
import { fleetToText } from "../report/fleet-text";
import { toJson } from "../report/json";
import { outlineOf, type Outline, type WritableReport } from "../report/outline/outline";
import { reportToText, type CheckReport } from "../report/text";
import { exitCodeOf, runToEnd, type Terminal } from "./command";
import { writeOutput } from "./output";
import type { Outputs, OutputValues } from "./outputs";

/** Runs an operation to its report, writes it wherever it was asked for, and turns its verdict into an exit code. */
export async function runToReport(
  events: AsyncIterable<OperationEvent<CheckReport>>,
  outputs: Outputs,
  terminal: Terminal,
): Promise<number> {
  const report = await putOut(await runToEnd(events, terminal), reportToText, outputs, terminal);
  return exitCodeOf(report.verdict);
}

/**
 * Sets aside what the baseline and the project file say, writes a report wherever it was asked for, and prints it.
 * @returns the report as it was written: with what does not count marked
 * @throws UserError when a file cannot be written; the others are, and the text is printed
 */
export async function putOut<R extends WritableReport>(
  found: R,
  toText: (report: R) => string,
  outputs: Outputs,
  terminal: Terminal,
): Promise<R> {
  const report = setAside(found, outputs, dayOf(new Date()));
  await writeOut(report, [outlineOf(report)], () => toText(report), outputs.files, terminal);
  return report;
}

/** The same of several clouds. */
export async function putOutFleet(
  found: FleetReport,
  outputs: Outputs<FleetBaseline>,
  terminal: Terminal,
): Promise<FleetReport> {
  const report = setAsideInFleet(found, outputs, dayOf(new Date()));
  await writeOut(report, outlinesOf(report), () => fleetToText(report), outputs.files, terminal);
  return report;
}

async function writeOut(
  report: WritableReport | FleetReport,
  outlines: readonly Outline[],
  toText: () => string,
  files: OutputValues,
  terminal: Terminal,
): Promise<void> {
  const context = { root: terminal.cwd, run: randomUUID(), invocation: randomUUID() };
  const outputs = [
    { file: files.json, write: () => toJson(report) },
    ...EXPORT_FORMATS.map((format) => ({ file: files[format.id], write: () => format.write(outlines, context) })),
  ].flatMap(({ file, write }) => (file === undefined ? [] : [{ file, write }]));
  // a file that cannot be written costs no more than itself: what was found may have taken hours
  const failures: unknown[] = [];
  for (const { file, write } of outputs)
    if (file !== "-") await writeOutput(file, write()).catch((error: unknown) => failures.push(error));
  terminal.print(outputs.find(({ file }) => file === "-")?.write() ?? toText());
  if (failures.length > 0) throw failures[0];
}
