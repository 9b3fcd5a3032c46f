import type { LintFinding, LintReport } from "../model/definitions";
import { printable } from "./text";
import { countsInWords, setAside, standingOf } from "./words";

/**
 * The definitions' findings for people and for editors that read compilers: `file:line:column: warning: message [rule]`.
 * @param root the folder that the files are told relative to
 */
export function lintToText({ findings, files, verdict }: LintReport, root: string): string {
  const told = findings.filter((finding) => finding.verdict !== "pass");
  const defined = files.reduce((sum, { flavors, images }) => sum + flavors + images, 0);
  const word = { pass: "Passed", fail: "Failed", inconclusive: "Inconclusive" }[verdict];
  const summary = `${word}: ${defined} definitions in ${files.length} ${files.length === 1 ? "file" : "files"}, ${countsInWords(findings)}.`;
  return `${[...told.flatMap((finding) => lines(finding, root)), ...(told.length === 0 ? [] : [""]), summary].map(printable).join("\n")}\n`;
}

function lines(finding: LintFinding, root: string): string[] {
  const { region, message, rule, remedy } = finding;
  const aside = setAside(finding);
  return [
    `${below(root, region.file)}:${region.startLine + 1}:${region.startCharacter + 1}: ${standingOf(finding)}: ${message} [${rule}]`,
    ...[aside, remedy].filter((line) => line !== null).map((line) => `    ${line}`),
  ];
}

function below(root: string, file: string): string {
  return file.startsWith(`${root}/`) || file.startsWith(`${root}\\`) ? file.slice(root.length + 1) : file;
}
