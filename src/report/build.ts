import { version } from "../../package.json";
import type { Finding, Report } from "../model";
import type { Header } from "../model/header";

/** What an operation knows of its report; `closeReport` adds the rest. */
export type ReportBody<R extends Report> = R extends Report
  ? Omit<R, "schemaVersion" | "tool" | "finishedAt" | "verdict">
  : never;

/** What stands at the head of everything that is written as JSON. */
export function header<K extends string>(kind: K): Header<K> {
  return { schemaVersion: 1, tool: { name: "entropy-check", version }, kind };
}

/** Whether a finding counts: those that the baseline has, and those that are suppressed, are there to be seen only. */
export function counts({ known, suppressed }: Finding): boolean {
  return known === undefined && suppressed === undefined;
}

/** A report is as bad as its worst finding of severity `error`; warnings and information leave it passed. */
export function overallVerdict(all: readonly Finding[]): Report["verdict"] {
  const findings = all.filter(counts);
  if (findings.some((f) => f.verdict === "fail" && f.severity === "error")) return "fail";
  if (findings.some((f) => f.verdict === "inconclusive")) return "inconclusive";
  return "pass";
}

/**
 * Completes a report.
 * @param body the report without what is the same for every report
 * @param finishedAt ISO 8601 UTC
 */
export function closeReport<R extends Report>(body: ReportBody<R>, finishedAt: string): R {
  return {
    ...header(body.kind),
    finishedAt,
    verdict: overallVerdict(body.findings),
    ...body,
  } as unknown as R;
}
