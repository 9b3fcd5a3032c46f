import { idOf, placeOfItem, titleOf, type Item } from "./items";
import type { ItemState } from "./states";
import { ago, standingOf, summaryOf, type Standing } from "./summary";

/** A group of the side panel's tree. */
export interface TreeGroup {
  readonly kind: Item["kind"];
  readonly label: string;
  readonly leaves: readonly TreeLeaf[];
}

/** An item of the side panel's tree. */
export interface TreeLeaf {
  /** The item's id, by which commands take the leaf as their argument. */
  readonly id: string;
  readonly item: Item;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly icon: Standing | "running" | "failed" | Item["kind"];
  /** What menus ask: `item`, its kind, and of its last runs `result`, `inventory`, `failed`. */
  readonly context: string;
}

const GROUPS: readonly { readonly kind: Item["kind"]; readonly label: string }[] = [
  { kind: "cloud", label: "Clouds" },
  { kind: "instance", label: "Sample Instances" },
  { kind: "machine", label: "Machines" },
  { kind: "samples", label: "Sample Files" },
  { kind: "restart", label: "Restart Tests" },
  { kind: "health-tests", label: "Health Tests" },
  { kind: "boot-test", label: "Boot Tests" },
];

/**
 * The side panel's tree: a group for each kind of which there are items.
 * @param isDemo whether an item is part of the demo, which the tree then says
 */
export function treeOf(
  items: readonly Item[],
  stateOf: (id: string) => ItemState,
  isDemo: (item: Item) => boolean,
  now: Date,
): readonly TreeGroup[] {
  return GROUPS.map(({ kind, label }) => ({
    kind,
    label,
    leaves: items
      .filter((item) => item.kind === kind)
      .map((item) => leafOf(item, stateOf(idOf(item)), isDemo(item), now)),
  })).filter((group) => group.leaves.length > 0);
}

function leafOf(item: Item, state: ItemState, demo: boolean, now: Date): TreeLeaf {
  const told = tell(item, state, now);
  return {
    id: idOf(item),
    item,
    label: titleOf(item),
    description: [demo ? "demo" : null, told.description].filter((part) => part !== null && part !== "").join(" · "),
    tooltip: [placeOfItem(item), told.tooltip].filter((part) => part !== "").join("\n"),
    icon: told.icon,
    context: [
      "item",
      item.kind,
      ...(state.report === null ? [] : ["result"]),
      ...(state.inventory === null ? [] : ["inventory"]),
      ...(state.failure === null ? [] : ["failed"]),
    ].join(" "),
  };
}

function tell(
  item: Item,
  { running, failure, report }: ItemState,
  now: Date,
): Pick<TreeLeaf, "description" | "tooltip" | "icon"> {
  if (running !== null) return { icon: "running", description: running.message, tooltip: "" };
  const last = report === null ? null : `${summaryOf(report)}, ${ago(report.finishedAt, now)}`;
  if (failure !== null)
    return {
      icon: "failed",
      description: "could not run",
      tooltip: [failure.message, failure.remedy, last === null ? "" : `Before that: ${last}`].join("\n").trimEnd(),
    };
  if (report === null || last === null) return { icon: item.kind, description: "", tooltip: "Not checked yet." };
  return {
    icon: standingOf(report),
    description: last,
    tooltip: `${summaryOf(report)}\nFinished ${report.finishedAt}`,
  };
}
