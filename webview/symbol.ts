import { h } from "./dom";

/** A symbol of the standard, with its subscripts set as such: `P_0,1`, `p̂_max`, `H_original`. */
export function symbol(text: string): HTMLElement {
  const parts = text.split(/_(\w+(?:,\w+)*)/);
  return h("var", {}, ...parts.map((part, i) => (i % 2 === 0 ? part : h("sub", {}, part))));
}
