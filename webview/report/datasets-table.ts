import type { Estimate, RestartReport } from "../../src/model";
import { disclosure } from "../disclosure";
import { h } from "../dom";
import { entropy } from "../format";
import { symbol } from "../symbol";
import { estimateDetails } from "./estimates-table";
import { ESTIMATORS } from "./estimators";

type Datasets = NonNullable<RestartReport["datasets"]>;

function number(value: number | null, least: number | null): HTMLElement {
  if (value === null) return h("td", { class: "number muted" }, "not computed");
  const decides = value === least ? h("span", { class: "tag" }, "least") : null;
  return h("td", { class: "number", title: String(value) }, decides, decides === null ? null : " ", entropy(value));
}

function details(row: Estimate, column: Estimate | undefined): HTMLElement {
  const side = (title: string, estimate: Estimate | undefined) =>
    estimate === undefined ? null : h("div", { class: "side" }, h("h3", {}, title), estimateDetails(estimate));
  return h("div", { class: "sides" }, side("Rows", row), side("Columns", column));
}

/** Every estimate of the row and of the column dataset side by side, with the intermediate values of both unfolded. */
export function datasetsTable(
  { rows, columns }: Datasets,
  { hR, hC }: RestartReport["restart"],
  id: string,
): HTMLElement {
  const lines = rows.estimates.map((row) => {
    const { name, clause } = ESTIMATORS[row.estimator];
    const column = columns.estimates.find(({ estimator, scope }) => estimator === row.estimator && scope === row.scope);
    const fold = disclosure(name, `${id}-${row.estimator}`, 4, () => details(row, column));
    const tr = h(
      "tr",
      {},
      h("th", { scope: "row" }, fold.button),
      h("td", { class: "roomy muted" }, clause),
      number(row.minEntropy, hR),
      number(column?.minEntropy ?? null, hC),
    );
    return [tr, fold.row];
  });
  return h(
    "table",
    { class: "data estimates", id },
    h("caption", { class: "hidden" }, "Min-entropy estimates of the rows and the columns, bits per sample"),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col" }, "Estimator"),
        h("th", { scope: "col", class: "roomy" }, "Clause"),
        h("th", { scope: "col", class: "number" }, "Rows ", symbol("H_r")),
        h("th", { scope: "col", class: "number" }, "Columns ", symbol("H_c")),
      ),
    ),
    h("tbody", {}, ...lines.flat()),
  );
}
