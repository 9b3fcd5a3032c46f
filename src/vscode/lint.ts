import { readFile } from "node:fs/promises";
import {
  Diagnostic,
  DiagnosticSeverity,
  Disposable,
  Range,
  Uri,
  languages,
  workspace,
  type TextDocument,
  type TextDocumentChangeEvent,
} from "vscode";
import { languageOf, mayBeDefinitions, unitOf } from "../formats/definitions/first-look";
import { PROJECT_FILE } from "../formats/project-file-name";
import type { FileRegion, LintFinding } from "../model/definitions";
import { LintThread } from "../operations/lint-in-thread";
import { openRuleLink } from "./diagnostics";
import { lintMappings, lintOff, workspaceFolders } from "./settings";

/** How long typing has to rest, milliseconds. */
const REST = 250;

/** What is squiggled in a file, and for which of its versions. */
export interface Squiggles {
  /** Null: the file was read from the disk. */
  readonly version: number | null;
  readonly findings: readonly LintFinding[];
}

/**
 * Lints definitions as they are opened and typed. Files that define nothing of ours cost one regular expression; the
 * thread that lints starts with the first that may.
 */
export class DefinitionLinter implements Disposable {
  private readonly collection = languages.createDiagnosticCollection("entropy-check-definitions");
  /** By what was linted together, a file or a folder's: the files that have squiggles. */
  private readonly units = new Map<string, ReadonlyMap<string, Squiggles>>();
  private readonly waiting = new Map<string, NodeJS.Timeout>();
  private readonly running = new Map<string, AbortController>();
  private readonly parts: Disposable;

  private readonly thread: LintThread;

  /**
   * @param script the bundled thread that lints
   * @param failed told what went wrong, which is never the user's fault here
   */
  constructor(
    script: string,
    private readonly failed: (error: unknown) => void,
  ) {
    this.thread = new LintThread(script);
    this.parts = Disposable.from(
      this.collection,
      workspace.onDidOpenTextDocument((document) => this.soon(document, 0)),
      workspace.onDidChangeTextDocument(({ document }: TextDocumentChangeEvent) => this.soon(document, REST)),
      workspace.onDidCloseTextDocument((document) => this.closed(document)),
      workspace.onDidSaveTextDocument(({ fileName }) => {
        if (fileName.endsWith(PROJECT_FILE)) this.all();
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("entropyCheck.lint")) this.all();
      }),
    );
    this.all();
  }

  /** What is squiggled in a file at the moment. */
  squigglesOf(uri: Uri): Squiggles | null {
    const all = [...this.units.values()].flatMap((files) => files.get(uri.fsPath) ?? []);
    const first = all.at(0);
    return first === undefined ? null : { ...first, findings: all.flatMap(({ findings }) => findings) };
  }

  dispose(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    for (const run of this.running.values()) run.abort();
    this.thread.dispose().catch(this.failed);
    this.parts.dispose();
  }

  private all(): void {
    for (const document of workspace.textDocuments) this.soon(document, 0);
  }

  private soon(document: TextDocument, milliseconds: number): void {
    const { uri, fileName } = document;
    if (uri.scheme !== "file" || languageOf(fileName) === null) return;
    clearTimeout(this.waiting.get(fileName));
    const timer = setTimeout(() => {
      this.waiting.delete(fileName);
      this.lint(document).catch(this.failed);
    }, milliseconds);
    this.waiting.set(fileName, timer);
  }

  /** Problems of a file that nobody looks at any more are not kept, unless its neighbours are still open. */
  private closed({ fileName }: TextDocument): void {
    clearTimeout(this.waiting.get(fileName));
    this.waiting.delete(fileName);
    const unit = unitOf(fileName);
    const isShared = workspace.textDocuments.some((d) => d.fileName !== fileName && unitOf(d.fileName) === unit);
    if (!isShared) this.put(unit, new Map());
  }

  private async lint(document: TextDocument): Promise<void> {
    const { fileName, version } = document;
    const unit = unitOf(fileName);
    this.running.get(unit)?.abort();
    const mappings = lintMappings();
    if (document.isClosed) return;
    if (!mayBeDefinitions(fileName, document.getText()) && !(mappings.length > 0 && languageOf(fileName) === "yaml")) {
      this.put(unit, new Map());
      return;
    }
    const run = new AbortController();
    this.running.set(unit, run);
    try {
      const findings = await findingsOf(fileName, this.thread, run.signal);
      // what was typed meanwhile is linted next
      if (isCurrent(document, version)) this.put(unit, byFile(findings));
    } catch (error) {
      if (!run.signal.aborted) throw error;
    } finally {
      if (this.running.get(unit) === run) this.running.delete(unit);
    }
  }

  private put(unit: string, files: ReadonlyMap<string, Squiggles>): void {
    const before = this.units.get(unit)?.keys() ?? [];
    if (files.size === 0) this.units.delete(unit);
    else this.units.set(unit, files);
    for (const file of new Set([...before, ...files.keys()])) {
      const uri = Uri.file(file);
      this.collection.set(uri, (this.squigglesOf(uri)?.findings ?? []).map(toDiagnostic));
    }
  }
}

function isCurrent({ isClosed, version }: TextDocument, linted: number): boolean {
  return !isClosed && version === linted;
}

const openDocument = (file: string): TextDocument | undefined =>
  workspace.textDocuments.find(({ uri, fileName }) => uri.scheme === "file" && fileName === file);

async function findingsOf(file: string, thread: LintThread, signal: AbortSignal): Promise<readonly LintFinding[]> {
  const [{ suppress }, { dayOf }, { parseProjectFile }] = await Promise.all([
    import("../compliance/suppression"),
    import("../operations/set-aside"),
    import("../formats/project-file"),
  ]);
  const projects = await Promise.all(
    workspaceFolders().map(async ({ fsPath }) => {
      const text = await readFile(Uri.joinPath(Uri.file(fsPath), PROJECT_FILE).fsPath, "utf8").catch(() => "");
      return { folder: fsPath, ...parseProjectFile(text) };
    }),
  );
  const own = projects.flatMap(({ folder, definitions }) => definitions.map((mapping) => ({ ...mapping, folder })));
  const settings = { mappings: [...lintMappings(), ...own], off: lintOff() };
  const findings = await thread.lint({ file, open: openTexts(), settings }, signal);
  const suppressions = projects.flatMap((project) => project.suppressions);
  return suppress(findings, suppressions, file, dayOf(new Date())).filter(({ suppressed }) => suppressed === undefined);
}

/** What is open counts as it is shown, saved or not. */
function openTexts(): ReadonlyMap<string, string> {
  const texts = workspace.textDocuments
    .filter(({ uri, fileName, isClosed }) => uri.scheme === "file" && !isClosed && languageOf(fileName) !== null)
    .map((document) => [document.fileName, document.getText()] as const);
  return new Map(texts);
}

function byFile(findings: readonly LintFinding[]): ReadonlyMap<string, Squiggles> {
  const files = new Map<string, Squiggles>();
  for (const finding of findings) {
    const { file } = finding.region;
    const others = files.get(file)?.findings ?? [];
    files.set(file, { version: openDocument(file)?.version ?? null, findings: [...others, finding] });
  }
  return files;
}

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const;

function toDiagnostic({ region, message, rule, verdict, severity }: LintFinding): Diagnostic {
  const shown = verdict === "fail" ? SEVERITIES[severity] : DiagnosticSeverity.Information;
  const diagnostic = new Diagnostic(rangeOf(region), message, shown);
  diagnostic.source = "Entropy Check";
  diagnostic.code = { value: rule, target: openRuleLink(rule) };
  return diagnostic;
}

export function rangeOf({ startLine, startCharacter, endLine, endCharacter }: FileRegion): Range {
  return new Range(startLine, startCharacter, endLine, endCharacter);
}
