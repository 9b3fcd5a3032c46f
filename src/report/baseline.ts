import { UserError } from "../errors";
import type { Finding } from "../model";
import { readEnvelope } from "./envelope";

/** What a former report had found: how many of a kind. */
export interface Baseline {
  readonly kind: string;
  readonly found: ReadonlyMap<string, number>;
}

/** What of a finding is compared. */
type Told = Pick<Finding, "rule" | "verdict" | "subject">;

/** What makes two findings the same, whatever they say and wherever the files are. */
function keyOf({ rule, verdict, subject }: Told): string {
  return JSON.stringify([rule, verdict, subject.kind, subject.name]);
}

/** The present state as a baseline. */
export function baselineOf({
  kind,
  findings,
}: {
  readonly kind: string;
  readonly findings: readonly Told[];
}): Baseline {
  const found = new Map<string, number>();
  for (const finding of findings) found.set(keyOf(finding), (found.get(keyOf(finding)) ?? 0) + 1);
  return { kind, found };
}

/**
 * Reads a report that was written as JSON, of any kind.
 * @throws UserError if the text is no report
 */
export function baselineFromJson(text: string, file: string): Baseline {
  const refuse = (cause?: unknown) => notABaseline(file, cause);
  const { kind, findings } = readEnvelope(text, refuse);
  if (!findings.every(isTold)) throw refuse();
  return baselineOf({ kind, findings });
}

/**
 * Marks the findings that the baseline has. Of several that are alike as many are known as the baseline has.
 * @throws UserError when the baseline is of another kind of report
 */
export function markKnown<F extends Finding>(findings: readonly F[], kind: string, baseline: Baseline): readonly F[] {
  requireKind(baseline, kind);
  const left = new Map(baseline.found);
  return findings.map((finding) => {
    const count = left.get(keyOf(finding)) ?? 0;
    if (count === 0 || (finding.verdict !== "fail" && finding.verdict !== "inconclusive")) return finding;
    left.set(keyOf(finding), count - 1);
    return { ...finding, known: true as const };
  });
}

/** @throws UserError when the baseline is of another kind of report */
export function requireKind(baseline: Baseline, kind: string): void {
  if (baseline.kind !== kind) throw otherKind(kind, baseline.kind);
}

function isTold(value: unknown): value is Told {
  if (typeof value !== "object" || value === null || !("rule" in value) || !("verdict" in value)) return false;
  const subject = "subject" in value ? value.subject : null;
  return typeof subject === "object" && subject !== null && "kind" in subject && "name" in subject;
}

function notABaseline(file: string, cause?: unknown): UserError {
  return new UserError(
    "report-no-baseline",
    `${file} is not a report of Entropy Check, schema version 1.`,
    "A baseline is a report that was written with --json.",
    { cause },
  );
}

function otherKind(kind: string, of: string): UserError {
  return new UserError(
    "report-other-baseline",
    `The baseline is a report of the kind ${of}, this one is of the kind ${kind}.`,
    "Write a baseline with the same command and --json.",
  );
}
