import { defaultCloud } from "../formats/cloud-entries";
import { regionsOf, type AskSecret } from "../formats/clouds-yaml";
import type { FleetCloud, FleetReport } from "../model/fleet";
import { environmentProxies } from "../openstack/proxies";
import { checkClouds, type FleetChoices, type FleetEntry } from "../operations/check-clouds";
import { Turns } from "../operations/turns";
import { cloudEntries, cloudEntry, openrcFile, secretsAt } from "./cloud-entry";
import { EXIT, exitCodeOf, requiredNumber, usageError, type Terminal } from "./command";
import { prepareFleetOutputs, type OutputValues } from "./outputs";
import { putOutFleet } from "./report-output";

/** The options that make several clouds of one. */
export const FLEET_OPTIONS = {
  all: { type: "boolean" },
  "all-regions": { type: "boolean" },
  "at-once": { type: "string" },
} as const;

export const FLEET_USAGE = `  --all                 check every cloud that can be named
  --all-regions         check every region of each: those that its entry lists, else all of its catalog
  --at-once N           check so many at a time (1 to 64); 4 unless given
`;

interface FleetValues {
  readonly all?: boolean | undefined;
  readonly "all-regions"?: boolean | undefined;
  readonly "at-once"?: string | undefined;
}

/** Whether more than one cloud in one region is meant. */
export function isFleet(names: readonly string[], values: FleetValues): boolean {
  return names.length > 1 || values.all === true || values["all-regions"] === true;
}

/**
 * Checks several clouds and writes them out together.
 * @returns the exit code: that of the worst, where 1 is worse than 2, and 2 than 3
 */
export async function checkFleet(
  names: readonly string[],
  values: FleetValues & OutputValues,
  profile: FleetChoices["profile"],
  terminal: Terminal,
): Promise<number> {
  const atOnce = values["at-once"] === undefined ? 4 : requiredNumber(values["at-once"], "at-once", "cloud");
  if (!Number.isInteger(atOnce) || atOnce < 1 || atOnce > 64) {
    throw usageError(`--at-once ${atOnce} is no whole number from 1 to 64.`, "cloud");
  }
  const outputs = await prepareFleetOutputs(values, terminal);
  const entries = await fleetEntries(names, values, terminal);
  const choices = { atOnce, profile, services: { proxies: environmentProxies(terminal.env) } };
  const found = await run(entries, choices, terminal);
  return exitCode(await putOutFleet(found, outputs, terminal));
}

async function fleetEntries(
  names: readonly string[],
  values: FleetValues,
  terminal: Terminal,
): Promise<readonly FleetEntry[]> {
  if (values.all === true && names.length > 0)
    throw usageError("--all names every cloud: name none beside it.", "cloud");
  const files = names.length > 0 && names.every((name) => openrcFile(name, terminal) !== null);
  const entries = files ? [] : await cloudEntries(terminal);
  const askSecret = askingOnce(secretsAt(terminal));
  const chosen =
    values.all === true
      ? entries.map(({ name }) => name)
      : names.length > 0
        ? names
        : [defaultCloud(entries, terminal.env)];
  return [...new Set(chosen)].map((name): FleetEntry => {
    const entry = entries.find((one) => one.name === name);
    const listed = entry === undefined ? [] : regionsOf(entry);
    return {
      name,
      definedAt: entry?.definedAt ?? null,
      regions: values["all-regions"] !== true ? [null] : listed.length > 0 ? listed : "catalog",
      resolve: (region) => cloudEntry(name, terminal, region, askSecret),
    };
  });
}

/** Asks one question after the other, and none twice, for the regions of a cloud share its password; but passcodes. */
function askingOnce(ask: AskSecret | undefined): AskSecret | undefined {
  if (ask === undefined) return undefined;
  const answers = new Map<string, Promise<string | null>>();
  const turns = new Turns();
  return (question) => {
    const id = JSON.stringify(question);
    const known = question.key === "passcode" ? undefined : answers.get(id);
    if (known !== undefined) return known;
    const answer = turns.take(() => ask(question));
    answers.set(id, answer);
    return answer;
  };
}

/** Runs to the end; who interrupts it is told what was done. */
async function run(
  entries: readonly FleetEntry[],
  choices: FleetChoices,
  { signal, progress, warn }: Terminal,
): Promise<FleetReport> {
  const done: FleetCloud[] = [];
  try {
    for await (const event of checkClouds(entries, choices, signal)) {
      if (event.type === "report") return event.report;
      if (event.type === "checked") done.push(event.cloud);
      else progress(event.message, event.fraction);
    }
  } catch (error) {
    if (signal.aborted) warn(`\n${interrupted(entries, done)}\n`);
    throw error;
  }
  throw new Error("the check of the clouds ended without a report");
}

function interrupted(entries: readonly FleetEntry[], done: readonly FleetCloud[]): string {
  const told = done.map(({ report: { source, verdict }, failure }) => {
    const region = source.region === null ? "" : ` in ${source.region}`;
    return `${source.name}${region} (${failure === null ? verdict : "could not be checked"})`;
  });
  const names = new Set(done.map(({ report }) => report.source.name));
  const left = entries.filter(({ name }) => !names.has(name)).map(({ name }) => name);
  const rest = left.length === 0 ? "" : ` Not begun, or not finished: ${left.join(", ")}.`;
  return `Done before the interruption: ${told.join(", ") || "no cloud"}.${rest} No report was written.`;
}

function exitCode({ verdict, clouds }: FleetReport): number {
  const couldNotRun = clouds.some(({ failure }) => failure !== null);
  return couldNotRun && verdict !== "fail" ? EXIT.couldNotRun : exitCodeOf(verdict);
}
