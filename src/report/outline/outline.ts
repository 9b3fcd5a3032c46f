import type { Finding, Report } from "../../model";
import type { FileRegion, LintFinding, LintReport, TextEdit } from "../../model/definitions";
import { bootTestDetails } from "./boot-test";
import { cloudDetails } from "./cloud";
import type { Details } from "./details";
import { definitionsDetails } from "./definitions";
import { healthTestsDetails } from "./health-tests";
import { instanceDetails } from "./instance";
import { machineDetails } from "./machine";
import { restartDetails } from "./restart";
import { samplesDetails } from "./samples";

/** Every report that can be written out by all the exporters. */
export type WritableReport = Report | LintReport;

/** A finding with the place that it is about, where that is a place in a file. */
export interface OutlineFinding extends Finding {
  readonly region: FileRegion | null;
  readonly edits: readonly TextEdit[];
}

/** What every kind of report comes to for those who write it out: the exporters know no more than this. */
export interface Outline extends Details {
  readonly kind: WritableReport["kind"];
  readonly source: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly verdict: WritableReport["verdict"];
  readonly findings: readonly OutlineFinding[];
}

/** The one place that knows all kinds of reports. */
export function outlineOf(report: WritableReport): Outline {
  const { kind, tool, startedAt, finishedAt, verdict, source } = report;
  const findings: readonly (Finding | LintFinding)[] = report.findings;
  return {
    ...detailsOf(report),
    ...{ kind, tool, startedAt, finishedAt, verdict },
    source: source.name,
    findings: findings.map((finding) => ({ region: null, edits: [], ...finding })),
  };
}

function detailsOf(report: WritableReport): Details {
  switch (report.kind) {
    case "cloud":
      return cloudDetails(report);
    case "machine":
      return machineDetails(report);
    case "samples":
      return samplesDetails(report);
    case "restart":
      return restartDetails(report);
    case "health-tests":
      return healthTestsDetails(report);
    case "definitions":
      return definitionsDetails(report);
    case "instance":
      return instanceDetails(report);
    case "boot-test":
      return bootTestDetails(report);
  }
}
