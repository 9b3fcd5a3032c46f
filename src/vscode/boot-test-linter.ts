import { Diagnostic, DiagnosticSeverity, Disposable, Range, languages, workspace, type TextDocument } from "vscode";
import type { DefinitionProblem } from "../boot/read-document";
import { isBootTestFile } from "./boot-test-name";

/** How long typing has to rest, milliseconds. */
const REST = 250;

const SEVERITIES = { error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning } as const;

/**
 * Keeps the problems of open boot-test definitions on their own lines, as they are opened and typed. The reader's code
 * is evaluated with the first of them.
 */
export class BootTestLinter implements Disposable {
  private readonly collection = languages.createDiagnosticCollection("entropy-check-boot-tests");
  private readonly waiting = new Map<string, NodeJS.Timeout>();
  private readonly parts: Disposable;

  /** @param failed told what went wrong, which is never the user's fault here */
  constructor(private readonly failed: (error: unknown) => void) {
    this.parts = Disposable.from(
      this.collection,
      workspace.onDidOpenTextDocument((document) => this.soon(document, 0)),
      workspace.onDidChangeTextDocument(({ document }) => this.soon(document, REST)),
      workspace.onDidCloseTextDocument((document) => {
        this.cancel(document);
        this.collection.delete(document.uri);
      }),
    );
    for (const document of workspace.textDocuments) this.soon(document, 0);
  }

  dispose(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.parts.dispose();
  }

  private cancel({ uri }: TextDocument): void {
    clearTimeout(this.waiting.get(uri.toString()));
    this.waiting.delete(uri.toString());
  }

  private soon(document: TextDocument, milliseconds: number): void {
    if (document.uri.scheme !== "file" || !isBootTestFile(document.fileName)) return;
    this.cancel(document);
    const timer = setTimeout(() => {
      this.cancel(document);
      this.lint(document).catch(this.failed);
    }, milliseconds);
    this.waiting.set(document.uri.toString(), timer);
  }

  private async lint(document: TextDocument): Promise<void> {
    const { problemsOfDefinition } = await import("../boot/definition");
    // it may have been closed while the code was read
    if (document.isClosed) return;
    const problems = problemsOfDefinition(document.getText());
    this.collection.set(
      document.uri,
      problems.map((problem) => diagnosticOf(document, problem)),
    );
  }
}

/** From the problem's place to the end of its line, without what follows it there: a comment, blanks. */
function diagnosticOf(
  document: TextDocument,
  { line, column, severity, message, remedy }: DefinitionProblem,
): Diagnostic {
  const last = Math.min(line, document.lineCount - 1);
  const text = document.lineAt(last).text;
  const end = text.replace(/(?:^|\s)\s*#.*$/, "").trimEnd().length;
  const range = new Range(last, Math.min(column, text.length), last, Math.max(end, Math.min(column, text.length)));
  const diagnostic = new Diagnostic(range, `${message}\n${remedy}`, SEVERITIES[severity]);
  diagnostic.source = "Entropy Check";
  return diagnostic;
}
