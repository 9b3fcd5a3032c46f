import { UserError } from "../errors";
import type { Finding } from "../model";

/** What a former report had found: how many of a kind. */
export interface Baseline {
  readonly kind: string;
  readonly found: ReadonlyMap<string, number>;
}

/** What makes two findings the same, whatever they say and wherever the files are. */
function keyOf({ rule, verdict, subject }: Pick<Finding, "rule" | "verdict" | "subject">): string {
  return JSON.stringify([rule, verdict, subject.kind, subject.name]);
}

/** The present state as a baseline. */
export function baselineOf({
  kind,
  findings,
}: {
  readonly kind: string;
  readonly findings: readonly Finding[];
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
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw notABaseline(file, cause);
  }
  if (!isReportLike(value)) throw notABaseline(file);
  return baselineOf(value);
}

/**
 * Marks the findings that the baseline has. Of several that are alike as many are known as the baseline has.
 * @throws UserError when the baseline is of another kind of report
 */
export function markKnown<F extends Finding>(findings: readonly F[], kind: string, baseline: Baseline): readonly F[] {
  if (baseline.kind !== kind) throw otherKind(kind, baseline.kind);
  const left = new Map(baseline.found);
  return findings.map((finding) => {
    const count = left.get(keyOf(finding)) ?? 0;
    if (count === 0 || (finding.verdict !== "fail" && finding.verdict !== "inconclusive")) return finding;
    left.set(keyOf(finding), count - 1);
    return { ...finding, known: true as const };
  });
}

function isReportLike(value: unknown): value is { kind: string; findings: Finding[] } {
  return (
    typeof value === "object" &&
    value !== null &&
    "schemaVersion" in value &&
    value.schemaVersion === 1 &&
    "kind" in value &&
    typeof value.kind === "string" &&
    "findings" in value &&
    Array.isArray(value.findings) &&
    value.findings.every(isFindingLike)
  );
}

function isFindingLike(value: unknown): boolean {
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
