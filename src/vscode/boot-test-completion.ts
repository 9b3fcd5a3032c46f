import {
  CompletionItem,
  CompletionItemKind,
  Disposable,
  Hover,
  extensions,
  languages,
  type Position,
  type TextDocument,
} from "vscode";

const SELECTOR = { scheme: "file", pattern: "**/*.boot-test.{yaml,yml}" };
/** It completes and explains by the same schema. */
const YAML_EXTENSION = "redhat.vscode-yaml";

/** Completes and explains boot-test definitions where no YAML extension does. The code is evaluated when it is asked. */
export function registerBootTestCompletion(): Disposable {
  return Disposable.from(
    languages.registerCompletionItemProvider(SELECTOR, { provideCompletionItems: complete }, " ", ".", "[", ","),
    languages.registerHoverProvider(SELECTOR, { provideHover: explain }),
  );
}

const isLeftToYaml = (): boolean => extensions.getExtension(YAML_EXTENSION) !== undefined;

async function complete(document: TextDocument, position: Position): Promise<CompletionItem[]> {
  if (isLeftToYaml()) return [];
  const { suggest } = await import("../boot/suggest");
  const typed = document.getWordRangeAtPosition(position, /[\w./-]+/);
  return suggest(document.getText(), document.offsetAt(position)).map(({ kind, label, about }, i) => {
    const item = new CompletionItem(
      label,
      kind === "key" ? CompletionItemKind.Property : CompletionItemKind.EnumMember,
    );
    item.detail = about;
    // 32 before 128, which the alphabet has the other way round
    item.sortText = String(i).padStart(3, "0");
    const hasColon = document
      .lineAt(position)
      .text.slice((typed?.end ?? position).character)
      .startsWith(":");
    item.insertText = kind === "key" && !hasColon ? `${label}: ` : label;
    if (typed !== undefined) item.range = typed;
    return item;
  });
}

async function explain(document: TextDocument, position: Position): Promise<Hover | null> {
  if (isLeftToYaml()) return null;
  const { meaningAt } = await import("../boot/suggest");
  const meaning = meaningAt(document.getText(), document.offsetAt(position));
  return meaning === null ? null : new Hover(meaning);
}
