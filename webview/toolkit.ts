import { forgetNonce } from "./toolkit-nonce";
import {
  Button,
  ProgressRing,
  TextField,
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeProgressRing,
  vsCodeTextField,
} from "@vscode/webview-ui-toolkit";

/*
 * The vocabulary of controls. This is the only file that knows @vscode/webview-ui-toolkit (archived upstream) and its
 * element names: whoever replaces it rewrites the functions below and deletes `toolkit-nonce.ts`.
 *
 * Under `default-src 'none'; script-src 'nonce-X'; style-src 'nonce-X' SOURCE` the toolkit, taken whole, makes two kinds
 * of violation (measured in Chromium with 1.4.0, one element at a time):
 * - style-src-elem, once, as soon as it is imported: fast-web-utilities appends an empty <style> to try the selector
 *   `:focus-visible`. It gives it the nonce that it finds in <meta property="csp-nonce">, so the element must be in the
 *   document before the toolkit's modules run, hence the import above this one. It is removed again below.
 * - style-src-attr, once for each of badge and tag: their template holds a style attribute. They are not registered;
 *   a span with a class does the same. (Stripping the attribute with FAST's `DOM.setHTMLPolicy` works too, but can
 *   be done once a page only and hides a rule in a hook.)
 * Button, text field, dropdown, option, link, checkbox and progress ring make none: their styles are adopted style
 * sheets. What is registered here leaves the console empty; `test/webview` holds that.
 */
forgetNonce();
provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeTextField(), vsCodeProgressRing());

function create<E extends HTMLElement>(name: string, type: new () => E): E {
  const element = document.createElement(`vscode-${name}`);
  if (!(element instanceof type)) throw new Error(`The control ${name} is not registered.`);
  return element;
}

/** A push button; its id is unique in the page. `primary` is for the one thing that a page is most likely opened for. */
export function button(
  id: string,
  label: string,
  appearance: "primary" | "secondary",
  icon: SVGElement,
  onClick: () => void,
): HTMLElement {
  const element = create("button", Button);
  element.id = id;
  element.appearance = appearance;
  icon.setAttribute("slot", "start");
  element.append(icon, label);
  element.addEventListener("click", onClick);
  return element;
}

/** A one-line field that narrows a list: every keystroke is told, Escape empties it. */
export function searchField(
  label: string,
  value: string,
  icon: SVGElement,
  onInput: (value: string) => void,
): HTMLElement {
  const element = create("text-field", TextField);
  // The control takes its accessible name from its text, whatever aria-label says; the style sheet hides the text.
  element.className = "search";
  element.placeholder = label;
  element.value = value;
  icon.setAttribute("slot", "start");
  element.append(icon, label);
  element.addEventListener("input", () => onInput(element.value));
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || element.value === "") return;
    element.value = "";
    onInput("");
  });
  return element;
}

/** A ring that turns while something runs whose end is not known. What runs is said beside it. */
export function progressRing(): HTMLElement {
  const element = create("progress-ring", ProgressRing);
  element.className = "ring";
  element.setAttribute("aria-hidden", "true");
  return element;
}
