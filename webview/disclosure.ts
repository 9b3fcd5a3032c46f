import { h, plainButton, type Child } from "./dom";
import { icon } from "./icons";

/** A button that unfolds a row of a table below its own, whose content is made when it is first seen. */
export interface Disclosure {
  readonly button: HTMLButtonElement;
  readonly row: HTMLTableRowElement;
  /** Unfolds or folds it. */
  open(open: boolean): void;
}

export function disclosure(title: Child, id: string, columns: number, content: () => Node): Disclosure {
  const cell = h("td", { colspan: columns });
  const row = h("tr", { id, class: "details", hidden: true }, cell);
  const button = plainButton(
    { class: "disclosure", "aria-expanded": "false", "aria-controls": id },
    () => open(button.getAttribute("aria-expanded") === "false"),
    icon("chevron"),
    title,
  );
  const open = (unfolded: boolean) => {
    if (unfolded && cell.childNodes.length === 0) cell.append(content());
    row.hidden = !unfolded;
    button.setAttribute("aria-expanded", String(unfolded));
  };
  return { button, row, open };
}
