import type { Estimate, SamplesReport, Scope } from "../../src/model";
import { h, plainButton } from "../dom";
import { disclosure } from "../disclosure";
import { entropy, figure, LIMITS, printable } from "../format";
import { post } from "../messages";
import { symbol } from "../symbol";
import { ceilingPerSymbol, deciding, ESTIMATORS, intermediates, perSymbol } from "./estimators";

/** What a ceiling is, in words. */
export const CEILING = "What ideal random data of this size typically score: a value as high as that is no weakness.";

const HEADINGS: Readonly<Record<Scope, string>> = { literal: "Literal symbols", bitstring: "Bitstring" };

function number(value: number | null, instead: string, classes = "number"): HTMLElement {
  return value === null
    ? h("td", { class: `${classes} muted` }, instead)
    : h("td", { class: classes, title: String(value) }, entropy(value));
}

/** An estimate unfolded: its intermediate values with all their digits, or why it has none. */
export function estimateDetails(estimate: Estimate): HTMLElement {
  return h(
    "div",
    {},
    estimate.notComputed === null ? null : h("p", {}, printable(estimate.notComputed, LIMITS.sentence)),
    h(
      "dl",
      { class: "facts intermediates" },
      ...intermediates(estimate).flatMap(({ symbol: name, meaning, value }) => [
        h("dt", {}, symbol(name), " ", meaning),
        typeof value === "number" ? h("dd", { title: figure(value) }, String(value)) : h("dd", {}, value),
      ]),
      ...(estimate.minEntropy === null
        ? []
        : [h("dt", {}, h("var", {}, "min-entropy")), h("dd", {}, String(estimate.minEntropy))]),
      ...(estimate.ceiling === null
        ? []
        : [h("dt", {}, "what ideal data of this size score"), h("dd", {}, entropy(estimate.ceiling))]),
    ),
  );
}

function explain(item: string, { estimator, scope }: Estimate): HTMLElement {
  const label = `Explain the ${ESTIMATORS[estimator].name} estimate of the ${scope === "literal" ? "symbols" : "bitstring"}`;
  const open = () => post({ type: "explain", item, estimator, scope });
  return h("td", {}, plainButton({ class: "link", "aria-label": label, title: label }, open, "Explain"));
}

/**
 * Every estimate with its clause, what ideal data score, and, unfolded, its intermediate values with all their digits. It
 * is what the chart shows, in words.
 * @param item whose report this is
 */
export function estimatesTable(report: SamplesReport, id: string, item: string): HTMLElement {
  const { bits } = report.input;
  const binary = bits === 1;
  const decides = deciding(report);
  const columns = binary ? 5 : 6;
  const row = (estimate: Estimate): readonly HTMLElement[] => {
    const { name, clause } = ESTIMATORS[estimate.estimator];
    const title = h("span", {}, name, ...(estimate === decides ? [" ", h("span", { class: "tag" }, "decides")] : []));
    const perBit = estimate.scope === "bitstring" ? estimate.minEntropy : null;
    const fold = disclosure(title, `${id}-${estimate.scope}-${estimate.estimator}`, columns, () =>
      estimateDetails(estimate),
    );
    const tr = h(
      "tr",
      { class: estimate === decides ? "decides" : null },
      h("th", { scope: "row" }, fold.button),
      h("td", { class: "spare muted" }, clause),
      binary ? null : number(perBit, "", "spare number"),
      number(perSymbol(estimate, bits), "not computed"),
      number(ceilingPerSymbol(estimate, bits), "none", "roomy number muted"),
      explain(item, estimate),
    );
    return [tr, fold.row];
  };
  const scopes = (["literal", "bitstring"] as const).filter((scope) => report.estimates.some((e) => e.scope === scope));
  return h(
    "table",
    { class: "data estimates", id },
    h("caption", { class: "hidden" }, "Min-entropy estimates"),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col" }, "Estimator"),
        h("th", { scope: "col", class: "spare" }, "Clause"),
        binary ? null : h("th", { scope: "col", class: "spare number" }, "Bits per bit"),
        h("th", { scope: "col", class: "number" }, "Bits per symbol"),
        h("th", { scope: "col", class: "roomy number", title: CEILING }, "Ideal data"),
        h("th", { scope: "col" }, h("span", { class: "hidden" }, "Explanation")),
      ),
    ),
    ...scopes.map((scope) =>
      h(
        "tbody",
        {},
        binary ? null : h("tr", { class: "group" }, h("th", { scope: "rowgroup", colspan: columns }, HEADINGS[scope])),
        ...report.estimates.filter((e) => e.scope === scope).flatMap(row),
      ),
    ),
  );
}
