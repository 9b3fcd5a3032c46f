import {
  CodeAction,
  CodeActionKind,
  Range,
  Uri,
  WorkspaceEdit,
  languages,
  workspace,
  type CodeActionContext,
  type CodeActionProvider,
  type Disposable,
  type TextDocument,
} from "vscode";
import type { LintFinding, TextEdit } from "../model/definitions";
import { rangeOf, type DefinitionLinter } from "./lint";
import { QUICK_FIXES } from "./manifest";

const FIX_ALL = CodeActionKind.SourceFixAll.append("entropyCheck");

/** Offers to write it right, here or in the whole file, and to accept it with a reason. */
export class LintActions implements CodeActionProvider {
  constructor(private readonly linter: DefinitionLinter) {}

  register(): Disposable {
    const files = ["**/*.{tf,tofu}", "**/*.pkr.hcl", "**/*.{yaml,yml}"].map((pattern) => ({ scheme: "file", pattern }));
    return languages.registerCodeActionsProvider(files, this, {
      providedCodeActionKinds: [CodeActionKind.QuickFix, FIX_ALL],
    });
  }

  async provideCodeActions(document: TextDocument, range: Range, { only }: CodeActionContext): Promise<CodeAction[]> {
    const squiggles = this.linter.squigglesOf(document.uri);
    // places of an older text would be wrong in this one
    if (squiggles === null || squiggles.version !== document.version) return [];
    if (only !== undefined && only.intersects(CodeActionKind.Source)) return fixAll(squiggles.findings);
    const here = squiggles.findings.filter(({ region }) => rangeOf(region).intersection(range) !== undefined);
    const fixes = await Promise.all(here.map((finding) => fix(finding)));
    const all = fixes.flat().length > 0 && squiggles.findings.length > 1 ? await fixAll(squiggles.findings) : [];
    return [...fixes.flat(), ...all, ...here.map(suppress)];
  }
}

async function fix({ remedy, edits, rule, region }: LintFinding): Promise<CodeAction[]> {
  if (edits.length === 0) return [];
  const action = new CodeAction(remedy ?? "Write it right", CodeActionKind.QuickFix);
  action.edit = await workspaceEdit(edits);
  action.isPreferred = true;
  action.diagnostics = diagnosticsAt(rule, region.file, rangeOf(region));
  return [action];
}

async function fixAll(findings: readonly LintFinding[]): Promise<CodeAction[]> {
  const edits = findings.flatMap((finding) => finding.edits);
  if (edits.length === 0) return [];
  const action = new CodeAction("Write everything right that Entropy Check found in this file", FIX_ALL);
  action.edit = await workspaceEdit(edits);
  return [action];
}

function suppress({ rule, subject }: LintFinding): CodeAction {
  const action = new CodeAction(`Suppress ${rule} for ${subject.name} with a reason...`, CodeActionKind.QuickFix);
  action.command = { title: "Suppress", command: QUICK_FIXES.suppress, arguments: [{ rule, subject: subject.name }] };
  return action;
}

function diagnosticsAt(rule: string, file: string, range: Range) {
  return languages
    .getDiagnostics(Uri.file(file))
    .filter((d) => d.range.isEqual(range) && typeof d.code === "object" && d.code.value === rule);
}

/** The same edit is made once, though several flavors may ask for it. */
async function workspaceEdit(edits: readonly TextEdit[]): Promise<WorkspaceEdit> {
  const result = new WorkspaceEdit();
  const made = new Set<string>();
  for (const { at, text } of edits) {
    const place = `${at.file} ${at.start} ${at.end}`;
    if (made.has(place)) continue;
    made.add(place);
    const document = await workspace.openTextDocument(Uri.file(at.file));
    result.replace(document.uri, new Range(document.positionAt(at.start), document.positionAt(at.end)), text);
  }
  return result;
}
