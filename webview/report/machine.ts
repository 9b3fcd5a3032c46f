import type { Finding, MachineReport, Observation } from "../../src/model";
import type { ReportView } from "../../src/vscode/protocol";
import { h, type Child } from "../dom";
import {
  basisLine,
  copyButton,
  evidenceList,
  foreign,
  provenanceLine,
  remedy,
  repeatOffer,
  ruleLink,
  ruleSummary,
  setAsideLine,
} from "../finding";
import { integer, LIMITS, printable } from "../format";
import { badge, markOf } from "../mark";
import { fipsTable } from "./fips";

/** What a live check measured: the figure beside its title, and what else there is to see of it. */
interface Check {
  readonly observation: Observation<unknown>;
  readonly measured: string | null;
  readonly extra: Child;
}

/** What is needed beside the report. */
export interface Context {
  readonly item: string;
  readonly rules: ReportView["rules"];
}

type Checked = Pick<MachineReport, "findings" | "observations">;

/** What the strictest version of SCS-0101 lets pass; reports from before the limit was written down have no other. */
const STRICT_LIMIT = 3;

function checkOf({ rule, basis }: Finding, { observations }: Checked): Check | null {
  const { rngd, entropyAvail, fips140 } = observations;
  switch (rule) {
    case "scs-0101-rngd":
      return {
        observation: rngd,
        measured: rngd.status === "measured" ? (rngd.value.running ? "running" : "not running") : null,
        extra: null,
      };
    case "scs-0101-entropy-avail":
      return {
        observation: entropyAvail,
        measured: entropyAvail.status === "measured" ? `${integer(entropyAvail.value)} bits` : null,
        extra: null,
      };
    case "scs-0101-fips-test":
      if (fips140.status === "unmeasured") return { observation: fips140, measured: null, extra: null };
      return {
        observation: fips140,
        measured: `${integer(fips140.value.failures)} of ${integer(fips140.value.blocksRequested)} blocks failed`,
        extra: fipsTable(fips140.value, basis?.limit ?? STRICT_LIMIT),
      };
    default:
      return null;
  }
}

function rawAnswer(raw: string, title: string): HTMLElement {
  const label = `Raw answer: ${title}`;
  return h(
    "details",
    { class: "raw" },
    h("summary", {}, "Raw answer"),
    h(
      "div",
      { class: "raw-box" },
      h("pre", { tabindex: 0, role: "region", "aria-label": label }, printable(raw, LIMITS.raw)),
      copyButton(raw, "the raw answer"),
    ),
  );
}

function checkSection(finding: Finding, report: Checked, { item, rules }: Context): HTMLElement {
  const check = checkOf(finding, report);
  const title = ruleSummary(finding.rule, rules)?.title ?? finding.rule;
  const raw = check?.observation.status === "measured" ? check.observation.raw : "";
  return h(
    "section",
    { class: "check" },
    h(
      "div",
      { class: "check-title" },
      badge(markOf(finding)),
      h("h2", {}, title),
      check === null || check.measured === null ? null : h("p", { class: "measured" }, check.measured),
    ),
    h("p", {}, printable(finding.message, LIMITS.sentence)),
    setAsideLine(finding),
    finding.remedy === null ? null : remedy(finding.remedy),
    repeatOffer(finding, item),
    h("div", { class: "check-evidence" }, check?.extra ?? null, evidenceList(finding.evidence)),
    check === null ? null : provenanceLine(check.observation.provenance),
    basisLine(finding),
    raw === "" ? null : rawAnswer(raw, title),
    h("p", { class: "links" }, ruleLink(finding.rule, rules)),
  );
}

export function machineBody(report: MachineReport, context: Context): readonly HTMLElement[] {
  return checksBody(report, context);
}

/** The live checks of a machine, each with what it measured, its evidence and where that comes from. */
export function checksBody(report: Checked, context: Context): readonly HTMLElement[] {
  const { kernel } = report.observations;
  return [
    h(
      "p",
      { class: "kernel" },
      h("span", { class: "label" }, "Kernel "),
      kernel.status === "measured"
        ? h("code", {}, foreign(kernel.value))
        : h("span", { class: "muted" }, `not known: ${printable(kernel.reason, LIMITS.value)}`),
    ),
    ...report.findings.map((finding) => checkSection(finding, report, context)),
  ];
}
