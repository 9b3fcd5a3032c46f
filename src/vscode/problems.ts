import type { BootTestReport, CloudReport, Finding, Report, RuleId, Severity } from "../model";
import { counts } from "../report/build";
import type { DocumentName } from "./documents/names";
import { placeOf } from "./documents/of-report";
import { countProblems } from "./summary";

/** An entry of the Problems view. */
export interface Problem {
  /** One of the report's own documents, or a file on disk. */
  readonly at:
    | { readonly type: "document"; readonly document: DocumentName; readonly line: number }
    | { readonly type: "file"; readonly file: string; readonly line: number };
  readonly severity: Severity;
  readonly message: string;
  /** null for a summary. */
  readonly rule: RuleId | null;
}

/** What the Problems view shows of a report: everything that did not pass. */
export function problemsOf(report: Report): readonly Problem[] {
  const problems = report.findings.filter(isProblem).map((finding): Problem => ({
    at: entryOf(report, finding) ?? { type: "document", ...placeOf(report, finding) },
    severity: severityOf(finding),
    message: finding.remedy === null ? finding.message : `${finding.message}\n${finding.remedy}`,
    rule: finding.rule,
  }));
  if (report.kind === "boot-test") return [...failedBoots(report), ...problems];
  if (problems.length === 0 || report.kind !== "cloud") return problems;
  return [...summaryProblem(report, problems), ...problems];
}

/** The cloud's own entry, where what is found stands there. */
function entryOf(report: Report, { rule }: Finding): Problem["at"] | null {
  if (rule !== "cloud-certificate" || (report.kind !== "cloud" && report.kind !== "instance")) return null;
  const { definedAt } = report.source;
  return definedAt === null ? null : { type: "file", ...definedAt };
}

function isProblem(finding: Finding): boolean {
  const { verdict } = finding;
  return counts(finding) && (verdict === "fail" || verdict === "inconclusive");
}

/** What could not be measured is not known to be bad: one step below the rule's severity. */
function severityOf({ verdict, severity }: Finding): Severity {
  if (verdict === "fail") return severity;
  return severity === "error" ? "warning" : "info";
}

/** One line on the top of the definition. */
function failedBoots({ source, failed }: BootTestReport): Problem[] {
  if (failed.length === 0) return [];
  const [{ number, message, remedy }] = failed;
  const count = `${failed.length} boot${failed.length === 1 ? "" : "s"}`;
  return [
    {
      at: { type: "file", file: source.file, line: 0 },
      severity: "warning",
      message: `Boot test ${source.name}: ${count} failed. Run ${number}: ${message}\n${remedy}`,
      rule: null,
    },
  ];
}

/** One line on the cloud's own entry of its clouds.yaml. */
function summaryProblem({ source, findings }: CloudReport, problems: readonly Problem[]): Problem[] {
  if (source.definedAt === null) return [];
  const worst = (["error", "warning", "info"] as const).find((s) => problems.some((p) => p.severity === s)) ?? "info";
  return [
    {
      at: { type: "file", file: source.definedAt.file, line: source.definedAt.line },
      severity: worst,
      message: `Cloud ${source.name}: ${countProblems(findings)}. ${breakdown(findings)}`,
      rule: null,
    },
  ];
}

/** `3 of 14 flavors and 1 of 6 images lack the property.` */
function breakdown(findings: readonly Finding[]): string {
  const parts = (["flavor", "image"] as const).flatMap((kind) => {
    const all = findings.filter((f) => f.subject.kind === kind);
    const bad = all.filter((f) => counts(f) && f.verdict === "fail").length;
    return bad === 0 ? [] : [`${bad} of ${all.length} ${kind}s`];
  });
  return parts.length === 0 ? "" : `${parts.join(" and ")} lack the property that grants randomness.`;
}
