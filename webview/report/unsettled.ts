import type { Finding } from "../../src/model";
import type { ReportView } from "../../src/vscode/protocol";
import { h } from "../dom";
import { findingBlock } from "../finding";

/** The findings that neither passed nor did not apply, in full; nothing when there are none. */
export function findingsSection(findings: readonly Finding[], rules: ReportView["rules"]): readonly HTMLElement[] {
  const told = findings.filter(({ verdict }) => verdict === "fail" || verdict === "inconclusive");
  if (told.length === 0) return [];
  return [h("section", {}, h("h2", {}, "Findings"), ...told.map((finding) => findingBlock(finding, rules)))];
}
