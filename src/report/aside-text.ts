import type { Finding } from "../model";
import { printable } from "./text";
import { setAside } from "./words";

/** What does not count, and why: the lines below a text that has verdicts of its own. Empty when everything counts. */
export function asideText(findings: readonly Finding[]): string {
  const lines = findings.flatMap((finding) => {
    const aside = setAside(finding);
    return aside === null ? [] : [`--   ${finding.message}  [${finding.rule}]`, `     ${aside}`];
  });
  return lines.length === 0 ? "" : `\n${lines.map(printable).join("\n")}\n`;
}
