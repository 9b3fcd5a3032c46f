import type { Finding, Report, Verdict } from "../src/model";
import { h } from "./dom";
import { icon } from "./icons";

/** How a verdict is shown: a finding that failed is shown by its severity. Worst first. */
export const MARKS = ["error", "warning", "inconclusive", "info", "pass", "not-applicable"] as const;
export type Mark = (typeof MARKS)[number];

const WORDS: Readonly<Record<Mark, string>> = {
  error: "Failed",
  warning: "Warning",
  inconclusive: "Inconclusive",
  info: "Note",
  pass: "Passed",
  "not-applicable": "Not applicable",
};

/** The mark of a finding. */
export function markOf(finding: { readonly verdict: Verdict; readonly severity: Finding["severity"] }): Mark {
  return finding.verdict === "fail" ? finding.severity : finding.verdict;
}

/** The worst mark among findings; `not-applicable` when there is none. */
export function worst(findings: readonly Finding[]): Mark {
  const marks = new Set(findings.map(markOf));
  return MARKS.find((mark) => marks.has(mark)) ?? "not-applicable";
}

/** Whether a finding is there to be seen only: the baseline has it, or somebody has accepted it. */
export function isSetAside({ known, suppressed }: Finding): boolean {
  return known !== undefined || suppressed !== undefined;
}

/** How many of the findings that count bear each mark. */
export function tally(findings: readonly Finding[]): ReadonlyMap<Mark, number> {
  const counts = new Map<Mark, number>(MARKS.map((mark) => [mark, 0]));
  for (const finding of findings.filter((f) => !isSetAside(f)))
    counts.set(markOf(finding), (counts.get(markOf(finding)) ?? 0) + 1);
  return counts;
}

/** The icon and the word of a mark. */
export function badge(mark: Mark, word: string = WORDS[mark]): HTMLElement {
  return h("span", { class: `badge mark-${mark}` }, icon(mark), h("span", { class: "badge-word" }, word));
}

/** The verdict of a report. One that passed with warnings says so, and does not look like one without. */
export function verdictBadge(report: Report): HTMLElement {
  const warnings = tally(report.findings).get("warning") ?? 0;
  switch (report.verdict) {
    case "fail":
      return badge("error");
    case "inconclusive":
      return badge("inconclusive");
    case "pass": {
      // No rule says how much entropy is enough: samples do not pass, they are assessed.
      const [mark, word] =
        report.kind === "samples" || report.kind === "boot-test"
          ? (["info", "Assessed"] as const)
          : (["pass", "Passed"] as const);
      return warnings === 0 ? badge(mark, word) : badge("warning", `${word} with warnings`);
    }
  }
}
