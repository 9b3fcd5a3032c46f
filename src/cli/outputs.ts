/** Where a command's report goes, and what it is compared with: checked before the work, which may take hours. */
import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { UserError } from "../errors";
import type { ProjectFile } from "../formats/project-file";
import { baselineFromJson, requireKind, type Baseline } from "../report/baseline";
import { EXPORT_FORMATS } from "../report/export-formats";
import { fleetBaselineFromJson, type FleetBaseline } from "../report/fleet";
import type { WritableReport } from "../report/outline/outline";
import { REPORT_OPTIONS, usageError, type Terminal } from "./command";
import { readProjectFile } from "./project-file";

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

/** The formats that a report can be written in. */
export const OUTPUTS: readonly ("json" | FormatId)[] = ["json", ...EXPORT_FORMATS.map(({ id }) => id)];

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

/** Where a report goes, what of it does not count, and what else the project file says. */
export interface Outputs<B = Baseline> extends Pick<ProjectFile, "suppressions" | "definitions"> {
  readonly files: OutputValues;
  readonly baseline: B | null;
}

/** What a report is of. */
export interface ReportOf {
  readonly command: string;
  readonly kind: WritableReport["kind"];
  /** Files that nothing may be written over: what the work reads, or what it brings. */
  readonly files?: readonly string[];
}

/**
 * Checks where a report is to go, and reads what it is compared with.
 * @throws UserError when a file cannot be read, the baseline is of another kind, or an output would be lost or take
 *   something away
 */
export async function prepareOutputs(
  values: OutputValues,
  { command, kind, files = [] }: ReportOf,
  terminal: Terminal,
): Promise<Outputs> {
  const outputs = await prepare(values, command, files, terminal, baselineFromJson);
  if (outputs.baseline !== null) requireKind(outputs.baseline, kind);
  return outputs;
}

/** The same for a report of several clouds. */
export async function prepareFleetOutputs(values: OutputValues, terminal: Terminal): Promise<Outputs<FleetBaseline>> {
  return prepare(values, "cloud", [], terminal, fleetBaselineFromJson);
}

async function prepare<B>(
  files: OutputValues,
  command: string,
  precious: readonly string[],
  terminal: Terminal,
  read: (text: string, file: string) => B,
): Promise<Outputs<B>> {
  await requireApart(files, command, precious);
  const { suppressions, definitions } = await readProjectFile(terminal);
  const baseline = files.baseline === undefined ? null : read(await readText(files.baseline), files.baseline);
  return { files, baseline, suppressions, definitions };
}

async function requireApart(files: OutputValues, command: string, precious: readonly string[]): Promise<void> {
  const outputs = OUTPUTS.flatMap((id) => {
    const file = files[id];
    return file === undefined ? [] : [{ id, file }];
  });
  if (outputs.filter(({ file }) => file === "-").length > 1)
    throw usageError("Only one format can go to standard output.", command);
  const written = outputs.filter(({ file }) => file !== "-");
  for (const [i, { id, file }] of written.entries()) {
    const before = written.slice(0, i).find((other) => isSame(other.file, file));
    if (before !== undefined) throw usageError(`--${before.id} and --${id} name the same file, ${file}.`, command);
    for (const one of precious)
      if (await isSameFile(one, file)) throw usageError(`--${id} would be written over ${one}.`, command);
  }
}

const isSame = (a: string, b: string): boolean => resolve(a) === resolve(b);

/** By whatever name or link. */
async function isSameFile(a: string, b: string): Promise<boolean> {
  if (isSame(a, b)) return true;
  const [one, other] = await Promise.all([a, b].map((file) => stat(file, { bigint: true }).catch(() => null)));
  return one !== null && other !== null && one.dev === other.dev && one.ino === other.ino;
}

function readText(baseline: string): Promise<string> {
  return readFile(baseline, "utf8").catch((cause: unknown) => {
    const remedy = "Name a report that was written with --json.";
    throw new UserError("report-no-baseline", `The baseline ${baseline} cannot be read.`, remedy, { cause });
  });
}
