import { RULES } from "../compliance/rules";
import type { Report } from "../model";
import type { InventoryReport } from "../model/inventory";
import { bootTestCaveats } from "../report/boot-test";
import { inventoryRows } from "../report/inventory-text";
import { idOf, placeOfItem, titleOf, type Item } from "./items";
import type { InspectorView, InventoryView, PanelView, ReportView } from "./protocol";
import type { ItemState } from "./states";

/** A report for the report panel, with the names of the rules; their whole texts stay here. */
export function reportView(report: Report, inventory: InventoryReport | null): ReportView {
  const caveats = report.kind === "boot-test" ? bootTestCaveats(report) : NONE;
  return { report, rules: RULE_SUMMARIES, caveats, inventory: inventory === null ? null : inventoryView(inventory) };
}

function inventoryView(report: InventoryReport): InventoryView {
  const { source, takenAt } = report;
  return { name: source.name, address: source.address, takenAt, rows: inventoryRows(report) };
}

/** What the report panel shows of an item; null when there is nothing to show. */
export function panelView({ report, inventory }: ItemState): PanelView | null {
  if (report !== null) return { type: "report", view: reportView(report, inventory) };
  return inventory === null ? null : { type: "inventory", view: inventoryView(inventory) };
}

const NONE: ReportView["caveats"] = { comparison: null, figures: [] };

const RULE_SUMMARIES: ReportView["rules"] = Object.fromEntries(
  Object.entries(RULES).map(([id, { title, clause }]) => [id, { title, clause }]),
);

/** What a run of an item is for. */
const PURPOSES: Readonly<Record<Item["kind"], string>> = {
  cloud: "Asks whether every flavor has hw_rng:allowed=True and every image hw_rng_model=virtio.",
  machine: "Asks whether rngd runs, entropy_avail is 256, and /dev/random passes FIPS 140-2.",
  samples: "Assesses the min-entropy by the ten estimators of NIST SP 800-90B.",
  instance: "Starts a server of a public image, asks it what SCS-0101 asks of a live instance, and deletes it.",
  restart: "Asks whether 1000 restarts resemble each other, by NIST SP 800-90B 3.1.4.",
  "health-tests": "Runs the repetition count and adaptive proportion tests of NIST SP 800-90B 4.4.",
  "boot-test": "Boots a machine through a matrix of kernel parameters and assesses what each boot recorded.",
};

/** What the inspector shows of an item. */
export function inspectorView(item: Item, { running, failure, report, inventory }: ItemState): InspectorView {
  const shown = { item: idOf(item), title: titleOf(item) };
  if (running !== null) return { type: "running", ...shown, ...running };
  if (failure !== null) return { type: "failed", ...shown, ...failure };
  if (report !== null) return { type: "report", ...shown, view: reportView(report, inventory) };
  const detail = `${PURPOSES[item.kind]} (${placeOfItem(item)})`;
  return { type: "not-run", ...shown, detail, inventory: inventory === null ? null : inventoryView(inventory) };
}
