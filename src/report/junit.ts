import { escapeMarkup } from "./markup";
import type { Outline, OutlineFinding } from "./outline/outline";
import { setAside } from "./words";

/**
 * Reports as JUnit XML, in the form that CI systems read: a suite a report, a test case a finding. As with the exit codes,
 * an error is a failure, what could not be measured an error, and a warning passes, with its text in the case's output.
 */
export function outlinesToJunit(outlines: readonly Outline[]): string {
  const suites = outlines.map((outline) => ({ outline, cases: outline.findings.map(caseOf) }));
  const all = suites.flatMap(({ cases }) => cases);
  const seconds = outlines.reduce((sum, outline) => sum + secondsOf(outline), 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: "entropy-check" })}${totals(all, seconds)}>`,
    ...suites.flatMap(({ outline, cases }) => {
      const timestamp = outline.startedAt.replace(/\.\d+Z$|Z$/, "");
      const counted = totals(cases, secondsOf(outline));
      return [
        `  <testsuite${attributes({ name: outline.title })}${counted}${attributes({ timestamp })}>`,
        ...cases.map(({ xml }) => xml),
        "  </testsuite>",
      ];
    }),
    "</testsuites>",
    "",
  ].join("\n");
}

function secondsOf({ startedAt, finishedAt }: Outline): number {
  return Math.max(0, (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
}

function totals(cases: readonly { readonly outcome: Outcome }[], seconds: number): string {
  const count = (kind: Outcome): number => cases.filter(({ outcome }) => outcome === kind).length;
  return attributes({
    tests: cases.length,
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
    time: seconds.toFixed(3),
  });
}

type Outcome = "passed" | "failure" | "error" | "skipped";

function caseOf(finding: OutlineFinding): { readonly outcome: Outcome; readonly xml: string } {
  const { rule, subject, severity, message } = finding;
  const outcome = outcomeOf(finding);
  const where = attributes({ classname: rule, name: subject.name, time: "0" });
  const text = escapeMarkup(bodyOf(finding));
  const inner =
    outcome === "passed"
      ? `<system-out>${text}</system-out>`
      : outcome === "skipped"
        ? `<skipped${attributes({ message: setAside(finding) ?? message })}/>`
        : `<${outcome}${attributes({ type: outcome === "error" ? "inconclusive" : severity, message })}>${text}</${outcome}>`;
  return { outcome, xml: `    <testcase${where}>${inner}</testcase>` };
}

function outcomeOf(finding: OutlineFinding): Outcome {
  const { verdict, severity } = finding;
  if (verdict === "not-applicable") return "skipped";
  if (verdict === "pass") return "passed";
  if (setAside(finding) !== null) return "skipped";
  if (verdict === "inconclusive") return "error";
  return severity === "error" ? "failure" : "passed";
}

function bodyOf({ verdict, severity, message, evidence, remedy, region }: OutlineFinding): string {
  return [
    verdict === "fail" ? `${severity}: ${message}` : message,
    ...(region === null ? [] : [`${region.file}:${region.startLine + 1}:${region.startCharacter + 1}`]),
    ...evidence.map(({ label, value }) => `${label}: ${value}`),
    ...(remedy === null ? [] : [remedy]),
  ].join("\n");
}

function attributes(all: Readonly<Record<string, string | number>>): string {
  return Object.entries(all)
    .map(([name, value]) => ` ${name}="${escapeMarkup(String(value)).replaceAll("\n", "&#10;")}"`)
    .join("");
}
