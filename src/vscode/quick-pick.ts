import { QuickPickItemKind, window, type QuickPickItem, type QuickPickOptions } from "vscode";
import type { Choice } from "./picker-model";

/** A quick pick whose first choice is preselected; null when the person gave up. */
export async function pick<T>(title: string, placeHolder: string, choices: readonly Choice<T>[]): Promise<T | null> {
  const picked = await window.showQuickPick(itemsOf(choices), options(title, placeHolder));
  return picked?.choice?.value ?? null;
}

/** The same, of as many as the person ticks; null when that is none. */
export async function pickSome<T>(
  title: string,
  placeHolder: string,
  choices: readonly Choice<T>[],
): Promise<readonly T[] | null> {
  const many = { ...options(title, placeHolder), canPickMany: true as const };
  const picked = await window.showQuickPick(itemsOf(choices), many);
  const values = (picked ?? []).flatMap(({ choice }) => (choice === undefined ? [] : [choice.value]));
  return values.length === 0 ? null : values;
}

function options(title: string, placeHolder: string): QuickPickOptions {
  return { title, placeHolder, matchOnDescription: true, ignoreFocusOut: true };
}

function itemsOf<T>(choices: readonly Choice<T>[]): (QuickPickItem & { readonly choice?: Choice<T> })[] {
  const items: (QuickPickItem & { readonly choice?: Choice<T> })[] = [];
  let group = "";
  for (const choice of choices) {
    if (choice.group !== group) items.push({ label: choice.group, kind: QuickPickItemKind.Separator });
    group = choice.group;
    items.push({ label: choice.label, description: choice.description, choice });
  }
  return items;
}

/** A number that is typed, and what must be said of it. */
export interface NumberQuestion {
  readonly title: string;
  readonly prompt: string;
  /** What stands there to be confirmed; null: nothing. */
  readonly suggested: number | null;
  readonly valid: (value: number) => boolean;
  /** What a valid one is: `a number greater than 0 and at most 8`. */
  readonly range: string;
}

/** Asks for a number; null when the person gave up. */
export async function askNumber({ title, prompt, suggested, valid, range }: NumberQuestion): Promise<number | null> {
  const isValid = (text: string) => text.trim() !== "" && valid(Number(text));
  const text = await window.showInputBox({
    title,
    prompt,
    value: suggested === null ? "" : String(suggested),
    ignoreFocusOut: true,
    validateInput: (typed) => (isValid(typed) ? null : `Enter ${range}.`),
  });
  return text === undefined ? null : Number(text);
}

/** Asks for a text that is not empty; null when the person gave up. */
export async function askText(title: string, prompt: string): Promise<string | null> {
  const text = await window.showInputBox({
    title,
    prompt,
    ignoreFocusOut: true,
    validateInput: (typed) => (typed.trim() === "" ? "Enter it." : null),
  });
  return text ?? null;
}
