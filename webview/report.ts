import type { PanelView, ReportView, ToReportPanel } from "../src/vscode/protocol";
import "./report.css";
import { h, replaceContent } from "./dom";
import { Memory } from "./memory";
import { listen, post, toReportPanel } from "./messages";
import { bootTestBody } from "./report/boot-test";
import { cloudBody } from "./report/cloud";
import { header } from "./report/header";
import { healthTestsBody } from "./report/health-tests";
import { instanceBody } from "./report/instance";
import { INVENTORY_ID, inventoryHeader, inventorySection } from "./report/inventory";
import { machineBody } from "./report/machine";
import { restartBody } from "./report/restart";
import { samplesBody } from "./report/samples";

/* The report panel: shows the report that the host sends last, and keeps the reader's place in it. */

const SCROLL = "scroll";
const main = h("main", { class: "report" });
const announcement = h("p", { class: "hidden", role: "status" });
document.body.append(main, announcement);

const memory = new Memory();
let shown = new AbortController();

function body(
  item: string,
  { report, rules, caveats, inventory }: ReportView,
  signal: AbortSignal,
): readonly HTMLElement[] {
  switch (report.kind) {
    case "cloud":
      return cloudBody(report, { item, rules, choices: memory });
    case "instance":
      return instanceBody(report, { item, rules });
    case "machine":
      return [...machineBody(report, { item, rules }), ...(inventory === null ? [] : [inventorySection(inventory)])];
    case "samples":
      return samplesBody(report, item, rules, signal);
    case "restart":
      return restartBody(report, rules);
    case "health-tests":
      return healthTestsBody(report, { rules, choices: memory }, signal);
    case "boot-test":
      return bootTestBody(report, { item, rules, caveats, choices: memory }, signal);
  }
}

function content(item: string, panel: PanelView, signal: AbortSignal): readonly HTMLElement[] {
  return panel.type === "report"
    ? [header(item, panel.view), ...body(item, panel.view, signal)]
    : [inventoryHeader(item, panel.view), inventorySection(panel.view)];
}

/** Whose panel it is, and since when what it shows is known. */
function named(panel: PanelView): { readonly name: string; readonly said: string } {
  if (panel.type === "report") {
    const { source, finishedAt } = panel.view.report;
    return { name: source.name, said: `Report of ${source.name} from ${finishedAt}` };
  }
  const { name, takenAt } = panel.view;
  return { name, said: `Inventory of ${name} from ${takenAt}` };
}

function show({ item, panel, at }: ToReportPanel): void {
  shown.abort();
  shown = new AbortController();
  memory.choose(item);
  const place = Number(memory.get(SCROLL) ?? 0);
  const { name, said } = named(panel);
  document.title = `${name} – Entropy Check`;
  replaceContent(main, content(item, panel, shown.signal));
  announcement.textContent = said;
  // The controls take their place in the next frame; only then is there so far to scroll.
  requestAnimationFrame(() => {
    if (at === null) window.scrollTo(0, place);
    else document.getElementById(INVENTORY_ID)?.scrollIntoView();
  });
}

window.addEventListener("scroll", () => memory.set(SCROLL, String(Math.round(window.scrollY))), { passive: true });
listen(toReportPanel, show);
post({ type: "ready" });
