import { outlinesToCsv } from "./csv";
import { outlinesToHtml } from "./html";
import { outlinesToJunit } from "./junit";
import { outlinesToMarkdown } from "./markdown-report";
import { outlineOf, type Outline, type WritableReport } from "./outline/outline";
import { outlinesToSarif } from "./sarif";
import { outlinesToScsLines, outlinesToScsYaml, type ScsIds } from "./scs";

/** What a writer has to be told besides the report. */
export interface ExportContext extends ScsIds {
  /** The folder that paths are told relative to; null: none. */
  readonly root: string | null;
}

export interface ExportFormat {
  /** Also the name of the option: `--sarif FILE`. */
  readonly id: string;
  readonly label: string;
  /** With its dot. */
  readonly extension: string;
  /** For the usage and for lists. */
  readonly summary: string;
  /** Whether only reports with test cases of SCS-0101 can be written so. */
  readonly scsOnly: boolean;
  /** Writes one report, or several of one run into one document; at least one. */
  readonly write: (outlines: readonly Outline[], context: ExportContext) => string;
}

/** Every format that a report can be written in, besides JSON, which alone can be read back. */
export const EXPORT_FORMATS = [
  {
    id: "sarif",
    label: "SARIF",
    extension: ".sarif",
    scsOnly: false,
    summary: "SARIF 2.1.0, for code scanning",
    write: outlinesToSarif,
  },
  {
    id: "junit",
    label: "JUnit XML",
    extension: ".xml",
    scsOnly: false,
    summary: "JUnit XML, for CI",
    write: outlinesToJunit,
  },
  {
    id: "csv",
    label: "CSV",
    extension: ".csv",
    scsOnly: false,
    summary: "the findings as CSV, of a boot test the table of its matrix",
    write: outlinesToCsv,
  },
  {
    id: "markdown",
    label: "Markdown",
    extension: ".md",
    scsOnly: false,
    summary: "Markdown",
    write: outlinesToMarkdown,
  },
  {
    id: "html",
    label: "HTML",
    extension: ".html",
    scsOnly: false,
    summary: "one HTML file, without scripts",
    write: outlinesToHtml,
  },
  {
    id: "scs-yaml",
    label: "SCS result YAML",
    extension: ".yaml",
    scsOnly: true,
    summary: "the SCS result YAML",
    write: outlinesToScsYaml,
  },
  {
    id: "scs-lines",
    label: "SCS test case lines",
    extension: ".txt",
    scsOnly: true,
    summary: "a line per SCS test case: PASS, ABORT or FAIL",
    write: outlinesToScsLines,
  },
] as const satisfies readonly ExportFormat[];

/**
 * A report in a format.
 * @throws UserError when the format has no room for this kind of report
 */
export function exportReport(report: WritableReport, format: ExportFormat, context: ExportContext): string {
  return format.write([outlineOf(report)], context);
}
