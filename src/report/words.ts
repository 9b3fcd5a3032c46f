import type { Finding } from "../model";
import { counts } from "./build";

/** How a finding stands, in a word: `pass`, `error`, `warning`, `info`, `inconclusive`, `not applicable`, `known`, `suppressed`. */
export function standingOf(finding: Finding): string {
  const { verdict, severity, suppressed } = finding;
  if (verdict === "fail" || verdict === "inconclusive")
    if (!counts(finding)) return suppressed === undefined ? "known" : "suppressed";
  if (verdict === "fail") return severity;
  return verdict === "not-applicable" ? "not applicable" : verdict;
}

/** `2 errors, 1 warning, 3 inconclusive, 4 passed, 1 known`: what there is none of is left out. */
export function countsInWords(findings: readonly Finding[]): string {
  const all = new Map<string, number>();
  for (const finding of findings) {
    const standing = standingOf(finding);
    all.set(standing, (all.get(standing) ?? 0) + 1);
  }
  const told = ORDER.flatMap(([standing, word, plural]) => {
    const count = all.get(standing) ?? 0;
    return count === 0 ? [] : [`${count} ${count === 1 ? word : plural}`];
  });
  return told.join(", ") || "no findings";
}

const ORDER = [
  ["error", "error", "errors"],
  ["warning", "warning", "warnings"],
  ["info", "note", "notes"],
  ["inconclusive", "inconclusive", "inconclusive"],
  ["pass", "passed", "passed"],
  ["not applicable", "not applicable", "not applicable"],
  ["known", "known", "known"],
  ["suppressed", "suppressed", "suppressed"],
] as const;

/** Why a finding does not count, for people; null when it does. */
export function setAside({ known, suppressed }: Finding): string | null {
  if (suppressed !== undefined)
    return `Suppressed${suppressed.expires === null ? "" : ` until ${suppressed.expires}`}: ${suppressed.reason}`;
  return known === true ? "Known: the baseline has it" : null;
}
