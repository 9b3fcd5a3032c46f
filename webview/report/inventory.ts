import type { InventoryView } from "../../src/vscode/protocol";
import { h } from "../dom";
import { foreign, provenanceLine, remedy } from "../finding";
import { displayName, LIMITS, moment, printable } from "../format";
import { icon } from "../icons";
import { badge } from "../mark";
import { post } from "../messages";
import { button } from "../toolkit";

/** By which the panel is opened at the inventory. */
export const INVENTORY_ID = "inventory";

type Row = InventoryView["rows"][number];

function fact({ label, observation }: Row): readonly HTMLElement[] {
  const known =
    observation.status === "measured"
      ? [h("p", { class: "inventory-value" }, foreign(observation.value, LIMITS.sentence))]
      : [
          h(
            "p",
            { class: "inventory-unknown" },
            badge("inconclusive", "Not known:"),
            h("span", {}, printable(`${observation.reason}.`, LIMITS.sentence)),
          ),
          remedy(observation.remedy),
        ];
  return [h("dt", {}, label), h("dd", {}, ...known, provenanceLine(observation.provenance))];
}

function taken({ takenAt, rows }: InventoryView): HTMLElement {
  const unknown = rows.filter(({ observation }) => observation.status === "unmeasured").length;
  return h(
    "p",
    { class: "muted" },
    "Taken ",
    h("time", { datetime: takenAt, title: takenAt }, moment(takenAt)),
    unknown === 0 ? "; everything could be read." : `; ${unknown} of ${rows.length} facts could not be read.`,
  );
}

/** What randomness a machine has: each fact with what was asked for it; what is not known with why, and what to do. */
export function inventorySection(inventory: InventoryView): HTMLElement {
  return h(
    "section",
    { class: "inventory", id: INVENTORY_ID },
    h("h2", {}, "Inventory"),
    taken(inventory),
    h("dl", { class: "inventory-facts" }, ...inventory.rows.flatMap(fact)),
  );
}

/** The head of a machine's panel that was asked for its inventory, and not checked. */
export function inventoryHeader(item: string, { name, address }: InventoryView): HTMLElement {
  return h(
    "header",
    { class: "report-header" },
    h(
      "div",
      { class: "heading" },
      h("p", { class: "kind" }, "Machine, not checked yet"),
      h("h1", {}, h("bdi", {}, displayName(name))),
      h("p", { class: "address" }, foreign(address, LIMITS.value)),
    ),
    h(
      "div",
      { class: "actions" },
      button("run", "Check Machine", "primary", icon("run"), () => post({ type: "run", item })),
    ),
  );
}
