import type { Report, Source } from "../../src/model";
import type { ReportView } from "../../src/vscode/protocol";
import { h } from "../dom";
import { foreign } from "../finding";
import { displayName, duration, fileName, integer, LIMITS, moment, plural, printable } from "../format";
import { icon } from "../icons";
import { badge, isSetAside, tally, verdictBadge, type Mark } from "../mark";
import { post } from "../messages";
import { button } from "../toolkit";

const KINDS: Readonly<Record<Report["kind"], string>> = {
  cloud: "OpenStack cloud",
  machine: "Live checks of a machine",
  instance: "Live checks of sample instances",
  samples: "Noise samples, SP 800-90B",
  restart: "Noise source, SP 800-90B restart tests",
  "health-tests": "Noise samples, SP 800-90B health tests",
  "boot-test": "Boot test, SP 800-90B assessment of each run",
};

function address(source: Source): string {
  switch (source.kind) {
    case "cloud":
      return source.region === null ? source.authUrl : `${source.authUrl}, region ${source.region}`;
    case "machine":
      return source.address;
    case "samples":
    case "boot-test":
      return source.file;
  }
}

/** What the button says that opens the source; null when there is nothing to open. */
function openLabel(report: Report): string | null {
  const { source } = report;
  switch (source.kind) {
    case "cloud":
      return source.definedAt === null ? null : `Open ${printable(fileName(source.definedAt.file), 30)}`;
    case "machine":
      return "Open Answers";
    case "boot-test":
      return "Open Definition";
    case "samples":
      return report.kind === "restart" && report.input.files.length > 1 ? "Show Folder" : "Open File";
  }
}

const COUNTED: readonly (readonly [Mark, (count: number) => string])[] = [
  ["error", (n) => plural(n, "error")],
  ["warning", (n) => plural(n, "warning")],
  ["inconclusive", (n) => `${n} inconclusive`],
  ["info", (n) => plural(n, "note")],
  ["pass", (n) => `${plural(n, "check")} passed`],
];

/** What was checked, how it ended, when and with what, and what can be done next. */
export function header(item: string, { report }: ReportView): HTMLElement {
  const counts = tally(report.findings);
  const setAside = report.findings.filter(isSetAside).length;
  const open = openLabel(report);
  const judgedBy = report.findings.find(({ basis }) => basis !== undefined)?.basis?.document;
  const took = duration(report.startedAt, report.finishedAt);
  return h(
    "header",
    { class: "report-header" },
    h(
      "div",
      { class: "heading" },
      h(
        "p",
        { class: "kind" },
        KINDS[report.kind],
        ...(judgedBy === undefined
          ? []
          : [", judged by ", h("span", { class: "document" }, printable(judgedBy, LIMITS.name))]),
      ),
      h("h1", {}, h("bdi", {}, displayName(report.source.name))),
      h("p", { class: "address" }, foreign(address(report.source), LIMITS.value)),
    ),
    h(
      "div",
      { class: "actions" },
      button("run", "Run Again", "primary", icon("run"), () => post({ type: "run", item })),
      button("save", "Save as JSON", "secondary", icon("save"), () => post({ type: "save-json", item })),
      open === null ? null : button("open", open, "secondary", icon("open"), () => post({ type: "open-source", item })),
    ),
    h(
      "div",
      { class: "outcome" },
      h("p", { class: "verdict" }, verdictBadge(report)),
      h(
        "ul",
        { class: "counts", "aria-label": "Findings" },
        ...COUNTED.flatMap(([mark, words]) => {
          const count = counts.get(mark) ?? 0;
          return count === 0 ? [] : [h("li", {}, badge(mark, words(count)))];
        }),
        setAside === 0 ? null : h("li", { class: "muted" }, `${integer(setAside)} set aside`),
      ),
      h(
        "p",
        { class: "run-facts" },
        h("time", { datetime: report.startedAt, title: report.startedAt }, moment(report.startedAt)),
        took === null ? null : `, took ${took}`,
        `, entropy-check ${printable(report.tool.version, 40)}`,
      ),
    ),
  );
}
