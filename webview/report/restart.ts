import type { RestartReport } from "../../src/model";
import type { RestartMaximum, RestartSanityRule } from "../../src/model/restart";
import type { ReportView } from "../../src/vscode/protocol";
import { h, type Child } from "../dom";
import { copyButton } from "../finding";
import { entropy, figure, integer, LIMITS, printable } from "../format";
import { badge } from "../mark";
import { symbol } from "../symbol";
import { datasetsTable } from "./datasets-table";
import { iidSection } from "./iid";
import { findingsSection } from "./unsettled";

/** 3.1.4.1: so many restarts, and samples of each. */
const RESTARTS = 1000;

const RULES: Readonly<Record<RestartSanityRule["rule"], { readonly name: string; readonly from: string }>> = {
  "exact-maximum": { name: "Exact maximum", from: "NIST’s tool, computed instead of simulated" },
  binomial: { name: "Binomial", from: "the text of January 2018" },
  "draft-2016": { name: "Draft of 2016", from: "the second draft’s normal interval" },
};

function bits(value: number): string {
  return `${entropy(value)} bits per sample`;
}

function awarded({ restart, input }: RestartReport): HTMLElement {
  const { minEntropy, reason } = restart;
  const hero =
    minEntropy === null
      ? h("p", { class: "hero" }, h("span", { class: "hero-value muted" }, "none"))
      : h(
          "p",
          { class: "hero", title: `${minEntropy} bits per sample` },
          h("span", { class: "hero-value" }, entropy(minEntropy)),
          h("span", { class: "hero-unit" }, ` of ${input.bits} ${input.bits === 1 ? "bit" : "bits"} per sample`),
        );
  const share = h("div", { class: "share" });
  share.style.width = `${Math.min(100, ((minEntropy ?? 0) / input.bits) * 100)}%`;
  return h(
    "div",
    { class: "assessed" },
    h("h2", {}, "Entropy awarded"),
    hero,
    minEntropy === null ? null : h("div", { class: "share-track" }, share),
    h("p", {}, printable(reason, LIMITS.sentence)),
  );
}

function facts({ input, restart, track }: RestartReport): HTMLElement {
  const { sanity, hR, hC, minEntropy } = restart;
  const estimate = (value: number | null, least: boolean): HTMLElement =>
    value === null
      ? h("dd", { class: "muted" }, sanity.passed ? "not computed" : "not assessed")
      : h(
          "dd",
          { title: String(value) },
          bits(value),
          ...(least ? [" ", h("span", { class: "tag" }, "the least")] : []),
        );
  const hash = input.files.length === 1 ? input.files[0].sha256 : null;
  const rows: readonly (readonly [Child, HTMLElement])[] = [
    [h("span", {}, symbol("H_I"), " initial estimate"), estimate(sanity.hI, minEntropy === sanity.hI)],
    [h("span", {}, symbol("H_r"), " rows"), estimate(hR, minEntropy !== null && minEntropy === hR)],
    [h("span", {}, symbol("H_c"), " columns"), estimate(hC, minEntropy !== null && minEntropy === hC)],
    ["Track", h("dd", {}, track === "iid" ? "IID" : "non-IID")],
    ["Samples", h("dd", {}, `${integer(RESTARTS)} of each of ${integer(RESTARTS)} restarts`)],
    ["Distinct symbols", h("dd", {}, `${integer(sanity.symbols)} of ${integer(2 ** input.bits)}`)],
    [
      "Bits per sample",
      h(
        "dd",
        {},
        `${input.bits}`,
        input.bitsInferred ? h("span", { class: "muted" }, " inferred from the data") : null,
      ),
    ],
    ["Preparation", h("dd", {}, ...input.preparation.map(({ text }) => h("p", {}, printable(text, LIMITS.sentence))))],
    [
      "SHA-256",
      hash === null
        ? h("dd", { class: "muted" }, `of ${integer(input.files.length)} files, in the saved report`)
        : h("dd", {}, h("code", { class: "digest" }, hash), copyButton(hash, "the SHA-256")),
    ],
  ];
  return h("dl", { class: "facts sample-facts" }, ...rows.flatMap(([term, value]) => [h("dt", {}, term), value]));
}

function place(name: string, where: "row" | "column", { index, symbol: value, count }: RestartMaximum) {
  return [
    h("dt", {}, symbol(name), ` most common in a ${where}`),
    h(
      "dd",
      {},
      `symbol ${value}, ${integer(count)} of ${integer(RESTARTS)} times in ${where} ${integer(index)}`,
      h("span", { class: "muted" }, where === "row" ? " (one restart)" : " (one position after the restarts)"),
    ),
  ];
}

function sanitySection({ restart: { sanity } }: RestartReport): HTMLElement {
  const { row, column, xMax, rules, decidedBy } = sanity;
  const line = ({ rule, alpha, cutoff, passed }: RestartSanityRule) =>
    h(
      "tr",
      { class: rule === decidedBy ? "decides" : null },
      h(
        "th",
        { scope: "row" },
        RULES[rule].name,
        ...(rule === decidedBy ? [" ", h("span", { class: "tag" }, "decides")] : []),
      ),
      h("td", { class: "spare muted" }, RULES[rule].from),
      h("td", { class: "roomy number", title: String(alpha) }, alpha.toExponential(3)),
      h(
        "td",
        { class: "number", title: String(cutoff) },
        Number.isInteger(cutoff) ? integer(cutoff) : cutoff.toFixed(1),
      ),
      h("td", {}, badge(passed ? "pass" : "error")),
    );
  return h(
    "section",
    {},
    h("h2", {}, "Sanity check (3.1.4.3)"),
    h(
      "dl",
      { class: "facts" },
      ...place("X_R", "row", row),
      ...place("X_C", "column", column),
      h("dt", {}, symbol("X_max")),
      h("dd", {}, figure(xMax)),
    ),
    h(
      "table",
      { class: "data", id: "sanity" },
      h("caption", { class: "hidden" }, "What each published rule says"),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, "Rule"),
          h("th", { scope: "col", class: "spare" }, "From"),
          h("th", { scope: "col", class: "roomy number" }, symbol("α")),
          h("th", { scope: "col", class: "number" }, "Accepts up to"),
          h("th", { scope: "col" }, "Verdict"),
        ),
      ),
      h("tbody", {}, ...rules.map(line)),
    ),
  );
}

function validationSection({ restart, datasets }: RestartReport): HTMLElement {
  const { sanity } = restart;
  return h(
    "section",
    {},
    h("h2", {}, "Validation (3.1.4.2)"),
    datasets === null
      ? h("p", { class: "muted" }, "The datasets were not assessed, because the sanity check failed.")
      : h(
          "p",
          { class: "muted" },
          `The least estimate of each dataset must be at least half of H_I: ${bits(sanity.hI / 2)}.`,
        ),
    datasets === null ? null : datasetsTable(datasets, restart, "datasets"),
  );
}

/** What the restart tests say of a noise source, and why. */
export function restartBody(report: RestartReport, rules: ReportView["rules"]): readonly HTMLElement[] {
  return [
    h("section", { class: "overview", "aria-label": "Outcome" }, awarded(report), facts(report)),
    ...findingsSection(report.findings, rules),
    sanitySection(report),
    validationSection(report),
    ...(report.iid === null ? [] : [iidSection(report.iid.rows, "Rows"), iidSection(report.iid.columns, "Columns")]),
  ];
}
