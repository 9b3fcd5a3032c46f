import type { ToReportPanel } from "../src/vscode/protocol";
import "./report.css";
import { h, replaceContent } from "./dom";
import { Memory } from "./memory";
import { listen, post, toReportPanel } from "./messages";
import { bootTestBody } from "./report/boot-test";
import { cloudBody } from "./report/cloud";
import { header } from "./report/header";
import { healthTestsBody } from "./report/health-tests";
import { instanceBody } from "./report/instance";
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

function body({ item, view: { report, rules, caveats } }: ToReportPanel, signal: AbortSignal): readonly HTMLElement[] {
  switch (report.kind) {
    case "cloud":
      return cloudBody(report, { item, rules, choices: memory });
    case "instance":
      return instanceBody(report, rules);
    case "machine":
      return machineBody(report, rules);
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

function show(message: ToReportPanel): void {
  shown.abort();
  shown = new AbortController();
  const { item, view } = message;
  memory.choose(item);
  const place = Number(memory.get(SCROLL) ?? 0);
  document.title = `${view.report.source.name} – Entropy Check`;
  replaceContent(main, [header(item, view), ...body(message, shown.signal)]);
  announcement.textContent = `Report of ${view.report.source.name} from ${view.report.finishedAt}`;
  // The controls take their place in the next frame; only then is there so far to scroll.
  requestAnimationFrame(() => window.scrollTo(0, place));
}

window.addEventListener("scroll", () => memory.set(SCROLL, String(Math.round(window.scrollY))), { passive: true });
listen(toReportPanel, show);
post({ type: "ready" });
