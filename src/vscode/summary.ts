import type {
  BootTestReport,
  Finding,
  HealthTestsReport,
  Report,
  RestartReport,
  SamplesReport,
  Severity,
} from "../model";
import { counts } from "../report/build";

/** How a report reads at a glance; the tree has an icon for each. */
export type Standing = "pass" | "assessed" | "warning" | "error" | "inconclusive";

/** The worst that a report says. Unlike the verdict, warnings count; and samples do not pass, they are assessed. */
export function standingOf({ kind, verdict, findings }: Report): Standing {
  if (verdict === "fail") return "error";
  if (findings.some((f) => counts(f) && f.verdict === "fail" && f.severity === "warning")) return "warning";
  return verdict === "pass" && (kind === "samples" || kind === "boot-test") ? "assessed" : verdict;
}

/** A report in a few words: `2 errors, 3 warnings`, `no warnings`, `7.2100 of 8 bits min-entropy`, `12 failures`. */
export function summaryOf(report: Report): string {
  const problems = countProblems(report.findings);
  switch (report.kind) {
    case "samples":
      return summaryOfSamples(report, problems);
    case "restart":
      return summaryOfRestart(report);
    case "health-tests":
      return summaryOfHealthTests(report);
    case "boot-test":
      return summaryOfBootTest(report, problems);
    default:
      return problems === "" ? "no warnings" : problems;
  }
}

function summaryOfBootTest({ sets, failed }: BootTestReport, problems: string): string {
  const runs = sets.reduce((sum, set) => sum + set.runs.length, 0);
  const boots = failed.length === 0 ? "" : `${plural(failed.length, "boot")} failed`;
  return [`${plural(runs, "run")} assessed`, boots, problems].filter((part) => part !== "").join(", ");
}

function summaryOfRestart({ verdict, restart: { minEntropy, decidedBy } }: RestartReport): string {
  if (minEntropy !== null) return `passed, ${minEntropy.toFixed(4)} bits awarded`;
  return `${verdict === "fail" ? "failed" : "inconclusive"} in the ${decidedBy.replace("-", " ")}, no entropy awarded`;
}

function summaryOfHealthTests({ verdict, healthTests }: HealthTestsReport): string {
  const { repetitionCount, adaptiveProportion } = healthTests;
  if (verdict === "pass") return "passed";
  if (verdict === "inconclusive") return "inconclusive: too few samples";
  return `failed, ${plural(repetitionCount.failures + adaptiveProportion.failures, "failure")}`;
}

function summaryOfSamples(report: SamplesReport, problems: string): string {
  const { minEntropy, input } = report;
  const assessed =
    minEntropy === null
      ? "no min-entropy computed"
      : `${minEntropy.toFixed(4)} of ${plural(input.bits, "bit")} min-entropy`;
  return problems === "" ? assessed : `${assessed}, ${problems}`;
}

/** `2 errors, 1 warning, 1 inconclusive`; empty when there are none. */
export function countProblems(all: readonly Finding[]): string {
  const findings = all.filter(counts);
  const failed = (severity: Severity) => findings.filter((f) => f.verdict === "fail" && f.severity === severity).length;
  const inconclusive = findings.filter((f) => f.verdict === "inconclusive").length;
  return [
    failed("error") > 0 ? plural(failed("error"), "error") : null,
    failed("warning") > 0 ? plural(failed("warning"), "warning") : null,
    inconclusive > 0 ? `${inconclusive} inconclusive` : null,
  ]
    .filter((part) => part !== null)
    .join(", ");
}

/** How long ago, as people say it. */
export function ago(then: string, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - Date.parse(then)) / 1000);
  if (seconds < 60) return "just now";
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return plural(Math.floor(seconds / 86_400), "day") + " ago";
}

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
