/** A value of an attribute: `true` sets it empty, `false` and `null` leave it out. */
type AttributeValue = string | number | boolean | null;
type Attributes = Readonly<Record<string, AttributeValue>>;
/** What can stand in an element; strings become text, never markup. */
export type Child = Node | string | null;

function fill<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Makes an HTML element. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, children);
}

/** Makes an SVG element. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/** Puts other content in an element; what has the focus gives it to what bears the same id now. */
export function replaceContent(element: HTMLElement, content: readonly HTMLElement[]): void {
  const focused = document.activeElement?.id ?? "";
  element.replaceChildren(...content);
  if (focused !== "") document.getElementById(focused)?.focus();
}

/** Makes a plain button: for disclosure, sorting, toggles and links, where a push button would be too loud. */
export function plainButton(
  attributes: Attributes,
  onClick: (event: MouseEvent) => void,
  ...children: readonly Child[]
): HTMLButtonElement {
  const element = h("button", { type: "button", ...attributes }, ...children);
  element.addEventListener("click", onClick);
  return element;
}
