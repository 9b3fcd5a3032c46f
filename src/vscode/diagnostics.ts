import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  Disposable,
  Location,
  Range,
  Uri,
  languages,
  type DiagnosticCollection,
} from "vscode";
import type { Report, Severity } from "../model";
import { DOCUMENT_NAMES } from "./documents/names";
import { documentUri } from "./documents/uris";
import { itemOf } from "./items";
import { COMMANDS } from "./manifest";
import type { Problem } from "./problems";
import type { Results } from "./results";

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/**
 * Keeps the Problems view at what the last run of each item said. All items' problems are set anew at each change,
 * because one clouds.yaml holds the summaries of several clouds.
 */
export function publishDiagnostics(results: Results): Disposable {
  const collection = languages.createDiagnosticCollection("entropy-check");
  let published: readonly Report[] = [];
  const publish = async () => {
    const reports = results.reports();
    if (reports.length === published.length && reports.every((r, i) => r === published[i])) return;
    published = reports;
    const { problemsOf } = await import("./problems");
    if (published === reports) setAll(collection, reports, problemsOf);
  };
  return Disposable.from(
    collection,
    results.onDidChange(() => void publish()),
  );
}

function setAll(
  collection: DiagnosticCollection,
  reports: readonly Report[],
  problemsOf: (report: Report) => readonly Problem[],
): void {
  const byUri = new Map<string, Diagnostic[]>();
  for (const report of reports)
    for (const problem of problemsOf(report)) {
      const uri = uriOf(report, problem).toString();
      const diagnostics = byUri.get(uri) ?? [];
      byUri.set(uri, diagnostics);
      diagnostics.push(diagnosticOf(report, problem));
    }
  collection.clear();
  collection.set([...byUri].map(([uri, diagnostics]) => [Uri.parse(uri), diagnostics]));
}

function uriOf(report: Report, { at }: Problem): Uri {
  return at.type === "file" ? Uri.file(at.file) : documentUri(itemOf(report), at.document);
}

function diagnosticOf(report: Report, { at, severity, message, rule }: Problem): Diagnostic {
  const diagnostic = new Diagnostic(wholeLine(at.line), message, SEVERITIES[severity]);
  diagnostic.source = "Entropy Check";
  if (rule === null) diagnostic.relatedInformation = documentLinks(report);
  else diagnostic.code = { value: rule, target: openRuleLink(rule) };
  return diagnostic;
}

/** VS Code trims this range to the text of the line. */
function wholeLine(line: number): Range {
  return new Range(line, 0, line, Number.MAX_SAFE_INTEGER);
}

/** A command's address: a document's own address would open as Markdown source instead of a preview. */
export function openRuleLink(rule: string): Uri {
  return Uri.parse(`command:${COMMANDS.openRule}?${encodeURIComponent(JSON.stringify([rule]))}`);
}

function documentLinks(report: Report): DiagnosticRelatedInformation[] {
  return DOCUMENT_NAMES[report.kind].map(
    (name) =>
      new DiagnosticRelatedInformation(new Location(documentUri(itemOf(report), name), wholeLine(0)), `All of ${name}`),
  );
}
