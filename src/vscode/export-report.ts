import { randomUUID } from "node:crypto";
import { Uri, window, workspace } from "vscode";
import type { Report } from "../model";
import { longTitleOf, type Item } from "./items";
import { pick } from "./quick-pick";
import { workspaceFolders } from "./settings";

/** Asks for a format and a file, and writes a report. @throws UserError when the format has no room for its kind */
export async function exportReport(item: Item, report: Report): Promise<void> {
  const { EXPORT_FORMATS, exportReport: write } = await import("../report/export-formats");
  const hasTestCases = report.findings.some(({ rule }) => rule.startsWith("scs-"));
  const choices = EXPORT_FORMATS.filter(({ scsOnly }) => hasTestCases || !scsOnly).map((format) => {
    const { label, summary } = format;
    return { value: format, label, description: summary === label ? "" : summary, group: "Formats" };
  });
  const format = await pick("Export Report", "In which format?", choices);
  if (format === null) return;
  const folder = workspaceFolders().at(0);
  const name = `${longTitleOf(item).replace(/[^\w.-]+/g, "-")}-report${format.extension}`;
  const target = await window.showSaveDialog({
    title: `Export Report as ${format.label}`,
    filters: { [format.label]: [format.extension.slice(1)] },
    ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, name) }),
  });
  if (target === undefined) return;
  const context = { root: folder?.fsPath ?? null, run: randomUUID(), invocation: randomUUID() };
  await workspace.fs.writeFile(target, Buffer.from(write(report, format, context)));
  await window.showTextDocument(target);
}
