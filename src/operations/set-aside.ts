import { suppress } from "../compliance/suppression";
import type { Finding } from "../model";
import type { FleetReport } from "../model/fleet";
import type { SuppressionRequest } from "../model/suppression";
import { overallVerdict } from "../report/build";
import { markKnown, type Baseline } from "../report/baseline";
import { withClouds, type FleetBaseline } from "../report/fleet";
import type { WritableReport } from "../report/outline/outline";

/** What does not count any more. */
export interface Accepted {
  readonly suppressions: readonly SuppressionRequest[];
  readonly baseline: Baseline | null;
}

/**
 * A report in which what is known or suppressed is marked and does not count for the verdict; earlier marks are gone.
 * @param today YYYY-MM-DD
 * @throws UserError when the baseline is of another kind of report
 */
export function setAside<R extends WritableReport>(report: R, { suppressions, baseline }: Accepted, today: string): R {
  const findings = report.findings.flatMap(unmarked);
  const known = baseline === null ? findings : markKnown(findings, report.kind, baseline);
  const marked = suppressions.length === 0 ? known : suppress(known, suppressions, report.source.name, today);
  return { ...report, findings: marked, verdict: overallVerdict(marked) };
}

/** The same of each of several clouds, each with its own baseline, where there is one. */
export function setAsideInFleet(
  fleet: FleetReport,
  accepted: { readonly suppressions: readonly SuppressionRequest[]; readonly baseline: FleetBaseline | null },
  today: string,
): FleetReport {
  const { suppressions } = accepted;
  const clouds = fleet.clouds.map(({ report, failure }) => {
    const baseline = accepted.baseline?.(report) ?? null;
    return { report: setAside(report, { suppressions, baseline }, today), failure };
  });
  return withClouds(fleet, clouds);
}

/** A finding as it was before anything was set aside. */
function unmarked(finding: Finding): readonly Finding[] {
  const plain: { -readonly [K in keyof Finding]: Finding[K] } = { ...finding };
  delete plain.known;
  delete plain.suppressed;
  return plain.rule === "suppression-in-force" ? [] : [plain];
}

/** The day as the suppressions count it: that of the place where the check runs. */
export function dayOf(now: Date): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
