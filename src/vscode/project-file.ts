import {
  CompletionItem,
  CompletionItemKind,
  Diagnostic,
  DiagnosticSeverity,
  Disposable,
  Range,
  languages,
  workspace,
  type Position,
  type TextDocument,
} from "vscode";
import { RULES } from "../compliance/rules";
import { PROJECT_FILE } from "../formats/project-file-name";

const SELECTOR = { scheme: "file", pattern: `**/${PROJECT_FILE}` };

/** Keys with what they are for, below each list. */
const KEYS = {
  suppress: {
    rule: "a rule's id, or * for every rule",
    subject: "a name or id; * stands for anything",
    source: "what was checked; without it, any",
    reason: "why this is accepted",
    expires: "the last day, YYYY-MM-DD",
  },
  definitions: {
    files: "a glob below this folder",
    resource: "flavor or image",
    items: "the way to each: keys with dots between them, * for every one",
    properties: "the key of the map; from the top with $.",
  },
} as const;

/** Tells what is wrong in a project file as it is typed, and completes its keys and the rules' ids. */
export function registerProjectFile(failed: (error: unknown) => void): Disposable {
  const collection = languages.createDiagnosticCollection("entropy-check-project-file");
  const check = async (document: TextDocument): Promise<void> => {
    const { parseProjectFile } = await import("../formats/project-file");
    if (document.isClosed) return;
    const { problems } = parseProjectFile(document.getText());
    collection.set(
      document.uri,
      problems.map(({ message, start, end }) => {
        const range = new Range(document.positionAt(start), document.positionAt(end));
        const diagnostic = new Diagnostic(range, message, DiagnosticSeverity.Warning);
        diagnostic.source = "Entropy Check";
        return diagnostic;
      }),
    );
  };
  const look = (document: TextDocument): void => {
    if (languages.match(SELECTOR, document) > 0) check(document).catch(failed);
  };
  workspace.textDocuments.forEach(look);
  return Disposable.from(
    collection,
    workspace.onDidOpenTextDocument(look),
    workspace.onDidChangeTextDocument(({ document }) => look(document)),
    workspace.onDidCloseTextDocument(({ uri }) => collection.delete(uri)),
    languages.registerCompletionItemProvider(SELECTOR, { provideCompletionItems: complete }),
  );
}

function complete(document: TextDocument, position: Position): CompletionItem[] {
  const before = document.lineAt(position).text.slice(0, position.character);
  const value = /^\s*(?:-\s+)?(\w+):\s+\S*$/.exec(before)?.[1];
  if (value === "rule")
    return Object.values(RULES).map(({ id, title }) => item(id, title, CompletionItemKind.EnumMember));
  if (value === "resource") return ["flavor", "image"].map((word) => item(word, "", CompletionItemKind.EnumMember));
  if (value !== undefined) return [];
  if (/^\w*$/.test(before))
    return Object.keys(KEYS).map((key) => item(key, "", CompletionItemKind.Property, `${key}:\n  - `));
  const keys = /^definitions:/m.test(listAbove(document, position)) ? KEYS.definitions : KEYS.suppress;
  return Object.entries(keys).map(([key, text]) => item(key, text, CompletionItemKind.Property, `${key}: `));
}

/** The last line above that begins a list. */
function listAbove(document: TextDocument, { line }: Position): string {
  for (let above = line; above >= 0; above--) {
    const { text } = document.lineAt(above);
    if (/^\w/.test(text)) return text;
  }
  return "";
}

function item(label: string, detail: string, kind: CompletionItemKind, insert = label): CompletionItem {
  const made = new CompletionItem(label, kind);
  made.detail = detail;
  made.insertText = insert;
  return made;
}
