import type { Problem } from "../../src/vscode/calculator-protocol";
import { h, type Child } from "../dom";
import { LIMITS, printable } from "../format";
import { icon } from "../icons";
import { formula } from "./formula";

/** A field for a number, with its unit, its meaning, and room for what is wrong with it. */
export interface NumberField {
  readonly element: HTMLElement;
  text(): string;
  setText(text: string): void;
  /** null: nothing is wrong. */
  setProblem(problem: Problem | null): void;
}

/**
 * An input of the platform's own, because the toolkit's keeps its input in a shadow tree, where a screen reader finds
 * neither the meaning nor the problem that describe it.
 * @param label what stands above it: name and symbol
 * @param meaning one line, shown below it
 */
export function numberField(
  id: string,
  label: readonly Child[],
  unit: string,
  meaning: string,
  onInput: () => void,
): NumberField {
  const input = h("input", {
    id,
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": `${id}-unit ${id}-meaning ${id}-problem`,
  });
  input.addEventListener("input", onInput);
  const problemText = h("p", { id: `${id}-problem`, class: "problem" });
  const element = h(
    "div",
    { class: "field" },
    h("label", { for: id }, ...label),
    h("div", { class: "entry" }, input, h("span", { id: `${id}-unit`, class: "unit" }, unit)),
    problemText,
    h("p", { id: `${id}-meaning`, class: "meaning" }, meaning),
  );
  return {
    element,
    text: () => input.value,
    setText: (text) => (input.value = text),
    setProblem: (problem) => {
      input.setAttribute("aria-invalid", String(problem !== null));
      problemText.replaceChildren(...(problem === null ? [] : problemContent(problem)));
    },
  };
}

/** What is wrong and what to do, behind a mark that does not depend on its colour. */
export function problemContent({ message, remedy }: Problem): readonly Node[] {
  return [icon("error"), h("span", {}, ...formula(printable(`${message} ${remedy}`, LIMITS.sentence)))];
}
