import type { InspectorView } from "../src/vscode/protocol";
import "./inspector.css";
import { h, replaceContent } from "./dom";
import { resting, running, type RunningView } from "./inspector/views";
import { listen, post, toInspector } from "./messages";

/* The side panel's inspector: shows the item that is selected in the tree above it. */

const main = h("main", { class: "inspector" });
const announcement = h("p", { class: "hidden", role: "status" });
document.body.append(main, announcement);

function spoken(view: InspectorView): string {
  switch (view.type) {
    case "nothing-selected":
    case "not-run":
      return "";
    case "running":
      return view.estimates === null ? view.message : collected(view.fraction);
    case "failed":
      return `${view.title} could not be checked. ${view.message}`;
    case "report":
      return `${view.title}: ${view.view.report.verdict}`;
  }
}

/** Samples come too fast for every figure to be read out. */
function collected(fraction: number | null): string {
  return fraction === null ? "" : `${Math.floor(fraction * 10) * 10} % collected`;
}

let run: (RunningView & { readonly item: string }) | null = null;

function show(view: InspectorView): void {
  announcement.textContent = spoken(view);
  if (view.type === "running" && view.item === run?.item) {
    run.update(view);
    return;
  }
  if (view.type === "running") {
    run = { item: view.item, ...running(view) };
    replaceContent(main, run.elements);
  } else {
    run = null;
    replaceContent(main, resting(view));
  }
}

listen(toInspector, ({ view }) => show(view));
post({ type: "ready" });
