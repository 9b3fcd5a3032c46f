import { UserError } from "../errors";
import type { CloudReport } from "../model";
import type { FleetCloud, FleetReport } from "../model/fleet";
import { baselineFromJson, type Baseline } from "./baseline";
import { header } from "./build";
import { outlineOf, type Outline } from "./outline/outline";

/** Completes the report of several clouds. @param finishedAt ISO 8601 UTC */
export function closeFleet(startedAt: string, clouds: readonly FleetCloud[], finishedAt: string): FleetReport {
  return { ...header("fleet"), startedAt, finishedAt, verdict: worstOf(clouds), clouds };
}

/** The same report of clouds in which something was set aside. */
export function withClouds(report: FleetReport, clouds: readonly FleetCloud[]): FleetReport {
  return { ...report, clouds, verdict: worstOf(clouds) };
}

function worstOf(clouds: readonly FleetCloud[]): FleetReport["verdict"] {
  if (clouds.some(({ report }) => report.verdict === "fail")) return "fail";
  return clouds.some(({ report, failure }) => failure !== null || report.verdict !== "pass") ? "inconclusive" : "pass";
}

/** What each exporter gets of the clouds: of those that are there in several regions, with the region. */
export function outlinesOf({ clouds }: FleetReport): readonly Outline[] {
  const names = clouds.map(({ report }) => report.source.name);
  return clouds.map(({ report }) => {
    const outline = outlineOf(report);
    const { name, region } = report.source;
    if (region === null || names.indexOf(name) === names.lastIndexOf(name)) return outline;
    return { ...outline, title: `${outline.title} in ${region}`, source: `${name} (${region})` };
  });
}

/** What a former report of several clouds had found of each. */
export type FleetBaseline = (report: CloudReport) => Baseline | null;

/**
 * Reads a report of several clouds that was written as JSON.
 * @throws UserError if the text is none
 */
export function fleetBaselineFromJson(text: string, file: string): FleetBaseline {
  const value = jsonIn(text);
  if (!isFleetLike(value)) {
    throw new UserError(
      "report-no-baseline",
      `${file} is not a report of several clouds.`,
      "A baseline is a report that was written with the same command and --json.",
    );
  }
  const found = new Map(
    value.clouds.map(({ report }) => [keyOf(report), baselineFromJson(JSON.stringify(report), file)]),
  );
  return (report) => found.get(keyOf(report)) ?? null;
}

type SourceOnly = Pick<CloudReport, "source">;

const keyOf = ({ source: { name, region } }: SourceOnly): string => JSON.stringify([name, region]);

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isFleetLike(value: unknown): value is { readonly clouds: readonly { readonly report: SourceOnly }[] } {
  if (typeof value !== "object" || value === null || !("kind" in value) || value.kind !== "fleet") return false;
  return "clouds" in value && Array.isArray(value.clouds) && value.clouds.every(hasSource);
}

function hasSource(cloud: unknown): boolean {
  const report = typeof cloud === "object" && cloud !== null && "report" in cloud ? cloud.report : null;
  const source = typeof report === "object" && report !== null && "source" in report ? report.source : null;
  return typeof source === "object" && source !== null && "name" in source && "region" in source;
}
