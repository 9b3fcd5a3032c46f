import type { Finding } from "../../src/model";
import type { InspectorView, InventoryView } from "../../src/vscode/protocol";
import { h } from "../dom";
import { foreign, remedy } from "../finding";
import { displayName, duration, integer, LIMITS, moment, plural, printable } from "../format";
import { icon } from "../icons";
import { keyFigures } from "./key-figures";
import { badge, markOf, MARKS, verdictBadge } from "../mark";
import { post } from "../messages";
import { permutationTable } from "../permutation-table";
import { button, progressRing } from "../toolkit";
import { runningEstimates } from "./running-estimates";

type View<T extends InspectorView["type"]> = Extract<InspectorView, { type: T }>;

/** So many findings are named; the report has the rest. */
const FIRST = 5;

/** What the inspector shows of an item that is at rest. */
export function resting(view: Exclude<InspectorView, View<"running">>): readonly HTMLElement[] {
  switch (view.type) {
    case "nothing-selected":
      return [
        h("h1", { class: "hidden" }, "Inspector"),
        h("p", { class: "muted" }, "Select a cloud, a machine or a sample file to see what is known of it."),
      ];
    case "not-run":
      return notRun(view);
    case "failed":
      return failed(view);
    case "report":
      return reported(view);
  }
}

function title(text: string): HTMLElement {
  return h("h1", {}, h("bdi", {}, displayName(text)));
}

function actions(...buttons: readonly HTMLElement[]): HTMLElement {
  return h("div", { class: "actions" }, ...buttons);
}

function notRun({ item, title: name, detail, inventory }: View<"not-run">): readonly HTMLElement[] {
  return [
    title(name),
    h("p", {}, badge("not-applicable", "Not checked yet")),
    h("p", { class: "muted" }, foreign(detail, LIMITS.sentence)),
    actions(
      button("run", "Run", "primary", icon("run"), () => post({ type: "run", item })),
      ...(inventory === null
        ? []
        : [button("open", "Open Inventory", "secondary", icon("report"), () => post({ type: "open-report", item }))]),
    ),
    ...inventoryOf(inventory),
  ];
}

/** What randomness a machine has, in short; the panel says where each fact comes from. */
function inventoryOf(inventory: InventoryView | null): readonly HTMLElement[] {
  if (inventory === null) return [];
  const facts = inventory.rows.flatMap(({ label, observation }) => [
    h("dt", {}, label),
    h(
      "dd",
      {},
      observation.status === "measured" ? foreign(observation.value, LIMITS.value) : badge("inconclusive", "Not known"),
    ),
  ]);
  return [h("h2", {}, "Inventory"), h("dl", { class: "key-figures" }, ...facts)];
}

const SO_FAR = "Permutations so far whose statistic was greater than that of the samples, equal, less";

/** A view that runs, whose progress is told without building it anew: the ring would start over each time. */
export interface RunningView {
  readonly elements: readonly HTMLElement[];
  update(view: View<"running">): void;
}

/** What the inspector shows while an item is being checked. */
export function running(first: View<"running">): RunningView {
  const said = h("span");
  const bar = h("progress", { max: 100, "aria-label": "Progress" });
  const percent = h("span", { class: "muted percent" });
  const counts = h("div", { class: "counts-so-far" });
  const update = ({ message, fraction, permutations, estimates }: View<"running">) => {
    said.textContent = printable(message, LIMITS.value);
    if (permutations !== null) counts.replaceChildren(permutationTable(permutations.permutation, SO_FAR, false));
    if (estimates !== null) counts.replaceChildren(runningEstimates(estimates));
    bar.hidden = percent.hidden = fraction === null;
    if (fraction === null) return;
    bar.value = Math.round(Math.min(1, Math.max(0, fraction)) * 100);
    percent.textContent = `${bar.value} %`;
  };
  update(first);
  const progress = h("div", { class: "progress" }, bar, percent);
  const elements = [title(first.title), h("p", { class: "running" }, progressRing(), said), progress, counts];
  return { elements, update };
}

function failed({ item, title: name, message, remedy: whatToDo }: View<"failed">): readonly HTMLElement[] {
  return [
    title(name),
    h("p", {}, badge("error", "Could not run")),
    h("p", {}, printable(message, LIMITS.sentence)),
    remedy(whatToDo),
    actions(button("run", "Run Again", "primary", icon("run"), () => post({ type: "run", item }))),
  ];
}

/** The findings that ask for attention, worst first. */
function unsettled(findings: readonly Finding[]): readonly Finding[] {
  return findings
    .filter((f) => f.verdict === "fail" || f.verdict === "inconclusive")
    .sort((a, b) => MARKS.indexOf(markOf(a)) - MARKS.indexOf(markOf(b)));
}

function reported({ item, title: name, view: { report, inventory } }: View<"report">): readonly HTMLElement[] {
  const findings = unsettled(report.findings);
  const took = duration(report.startedAt, report.finishedAt);
  return [
    title(name),
    h("p", { class: "verdict" }, verdictBadge(report)),
    h(
      "dl",
      { class: "key-figures" },
      ...keyFigures(report).flatMap(({ label, value, unit, exact }) => [
        h("dt", {}, label),
        h("dd", { title: exact }, h("span", { class: "key-value" }, value), unit === "" ? null : ` ${unit}`),
      ]),
    ),
    ...(findings.length === 0
      ? []
      : [
          h("h2", {}, plural(findings.length, "finding")),
          h(
            "ul",
            { class: "findings" },
            ...findings
              .slice(0, FIRST)
              .map((f) => h("li", {}, badge(markOf(f)), h("span", {}, printable(f.message, LIMITS.value)))),
            findings.length > FIRST
              ? h("li", { class: "muted" }, `${integer(findings.length - FIRST)} more in the report`)
              : null,
          ),
        ]),
    ...inventoryOf(inventory),
    actions(
      button("open", "Open Report", "primary", icon("report"), () => post({ type: "open-report", item })),
      button("run", "Run Again", "secondary", icon("run"), () => post({ type: "run", item })),
    ),
    h(
      "p",
      { class: "muted run-facts" },
      h("time", { datetime: report.startedAt, title: report.startedAt }, moment(report.startedAt)),
      took === null ? null : `, took ${took}`,
    ),
  ];
}
