import type { Evidence, Finding, Provenance, RuleId } from "../src/model";
import type { ReportView, RuleSummary } from "../src/vscode/protocol";
import { h, plainButton } from "./dom";
import { LIMITS, moment, percent, printable } from "./format";
import { icon } from "./icons";
import { badge, markOf } from "./mark";
import { post } from "./messages";
import { button } from "./toolkit";

const SAID_MS = 2_000;

/** A foreign name or value, isolated from the text direction around it. */
export function foreign(text: string, limit: number = LIMITS.name): HTMLElement {
  return h("bdi", { title: text.length > limit ? null : printable(text, limit) }, printable(text, limit));
}

/** A button that puts a text on the clipboard and says that it did. */
export function copyButton(text: string, what: string): HTMLElement {
  const said = h("span", { class: "copied", role: "status" });
  const button = plainButton(
    { class: "icon-button", title: `Copy ${what}`, "aria-label": `Copy ${what}` },
    () => {
      navigator.clipboard.writeText(text).then(
        () => say("Copied"),
        () => say("The clipboard refused"),
      );
    },
    icon("copy"),
  );
  const say = (word: string) => {
    said.textContent = word;
    window.setTimeout(() => said.replaceChildren(), SAID_MS);
  };
  return h("span", { class: "copy" }, button, said);
}

/** Splits a remedy into words and commands: a whole command starts in lower case; in sentences it stands in quotes. */
function pieces(text: string): readonly { readonly text: string; readonly command: boolean }[] {
  if (/^[a-z]/.test(text)) return [{ text, command: true }];
  return text
    .split(/"([^"\n]+ [^"\n]+)"/)
    .map((piece, i) => ({ text: piece, command: i % 2 === 1 }))
    .filter((piece) => piece.text !== "");
}

function command(text: string): HTMLElement {
  const shown = printable(text, LIMITS.sentence);
  // What cannot be shown as it is must not reach a terminal unseen.
  const copy = shown === text ? copyButton(text, "the command") : null;
  return h("span", { class: "command" }, h("code", {}, shown), copy);
}

/** What to do about a finding, with a copy button for each command in it. */
export function remedy(text: string): HTMLElement {
  return h(
    "p",
    { class: "remedy" },
    h("span", { class: "label" }, "What to do: "),
    ...pieces(text).map((piece) => (piece.command ? command(piece.text) : printable(piece.text, LIMITS.sentence))),
  );
}

/** Evidence as a list of terms. */
export function evidenceList(evidence: readonly Evidence[]): HTMLElement | null {
  if (evidence.length === 0) return null;
  return h(
    "dl",
    { class: "facts" },
    ...evidence.flatMap(({ label, value }) => [
      h("dt", {}, printable(label, LIMITS.name)),
      h("dd", {}, foreign(value, LIMITS.value)),
    ]),
  );
}

/** What was asked, of whom, and when. */
export function provenanceLine({ asked, of, at }: Provenance): HTMLElement {
  return h(
    "p",
    { class: "provenance" },
    "Asked ",
    h("code", {}, printable(asked, LIMITS.value)),
    " of ",
    foreign(of, LIMITS.value),
    ", ",
    h("time", { datetime: at, title: at }, moment(at)),
  );
}

/** A rule as far as webviews know it; null for one that an older version reported and this one no longer has. */
export function ruleSummary(rule: RuleId, rules: ReportView["rules"]): RuleSummary | null {
  return Object.hasOwn(rules, rule) ? rules[rule] : null;
}

/** A link that opens the text of a rule. */
export function ruleLink(rule: RuleId, rules: ReportView["rules"]): HTMLElement {
  const summary = ruleSummary(rule, rules);
  return plainButton(
    { class: "link", title: summary === null ? null : `${rule}. ${summary.clause}` },
    () => post({ type: "open-rule", rule }),
    `Rule: ${summary === null ? rule : summary.title}`,
  );
}

/** That a finding does not count, and why; null for one that does. */
export function setAsideLine({ known, suppressed }: Finding): HTMLElement | null {
  if (suppressed !== undefined) {
    const { reason, expires } = suppressed;
    const until = expires === null ? "" : ` until ${printable(expires, LIMITS.name)}`;
    return h("p", { class: "muted" }, `Does not count: accepted${until}. ${printable(reason, LIMITS.sentence)}`);
  }
  return known === undefined ? null : h("p", { class: "muted" }, "Does not count: the baseline has it.");
}

/** By which document it is judged, where that stands in it, and the standard's own id of the test; null for other rules. */
export function basisLine({ basis }: Finding): HTMLElement | null {
  if (basis === undefined) return null;
  const { document, clause, testCase } = basis;
  return h(
    "p",
    { class: "basis" },
    `Judged by ${printable(document, LIMITS.name)}`,
    clause === null ? null : `, ${printable(clause, LIMITS.name)}`,
    "; test case ",
    h("code", {}, printable(testCase, LIMITS.name)),
  );
}

/** What to do at once about what chance alone may have done; null where it has not. */
export function repeatOffer({ chance }: Finding, item: string): HTMLElement | null {
  if (chance === undefined) return null;
  return h(
    "p",
    { class: "repeat" },
    button("repeat", "Run the Live Checks Again", "secondary", icon("run"), () => post({ type: "run", item })),
    h("span", {}, `A healthy source does so badly in ${percent(chance)} of runs; twice in a row hardly ever.`),
  );
}

/** A finding in full: mark, message, remedy, evidence, its rule. */
export function findingBlock(finding: Finding, rules: ReportView["rules"]): HTMLElement {
  return h(
    "article",
    { class: "finding" },
    h(
      "p",
      { class: "finding-message" },
      badge(markOf(finding)),
      h("span", {}, printable(finding.message, LIMITS.sentence)),
    ),
    setAsideLine(finding),
    finding.remedy === null ? null : remedy(finding.remedy),
    evidenceList(finding.evidence),
    h("p", { class: "links" }, ruleLink(finding.rule, rules)),
  );
}
