import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  Tooltip,
  type ChartConfiguration,
} from "chart.js";
import type { SamplesReport, Scope } from "../../src/model";
import { h } from "../dom";
import { entropy } from "../format";
import type { Theme } from "../theme";
import { nameAxis, valueAxis } from "./chart-axes";
import { chartPlace, tooltipStyle } from "./chart-place";
import { barStyle, barValues, ceilingMarks, chartRows, minimumLine, type Row } from "./chart-drawing";
import { deciding, ESTIMATORS } from "./estimators";

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

const SCOPES: readonly Scope[] = ["literal", "bitstring"];
/** CSS pixels: a bar with its share of the gaps, the rest of a row, and what stands to the right of the longest bar. */
const BAR = 17;
const ROW_GAP = 9;
const MARGIN = 58;

function configuration(
  report: SamplesReport,
  rows: readonly Row[],
  theme: Theme,
): ChartConfiguration<"bar", (number | null)[]> {
  const { bits } = report.input;
  const scopes = bits === 1 ? SCOPES.slice(0, 1) : SCOPES;
  const labels = rows.map((row) => ESTIMATORS[row.estimator].name.split(/ (?=value)/));
  const axis = valueAxis("bits per symbol", theme);
  return {
    type: "bar",
    data: {
      labels,
      datasets: scopes.map((scope) => ({
        label: scope === "literal" ? "literal" : `bitstring × ${bits}`,
        data: rows.map((row) => row.values[scope]),
        ...barStyle(rows, scope, theme),
        borderWidth: 1,
        borderSkipped: false as const,
        categoryPercentage: (scopes.length * BAR) / (scopes.length * BAR + ROW_GAP),
        barPercentage: 0.76,
      })),
    },
    options: {
      indexAxis: "y",
      responsive: false,
      animation: false,
      layout: { padding: { top: 20, right: MARGIN } },
      scales: {
        x: {
          ...axis,
          min: 0,
          max: bits,
          ticks: { ...axis.ticks, ...(bits > 1 && bits <= 8 ? { stepSize: 1 } : {}) },
        },
        y: nameAxis(labels, theme),
      },
      plugins: {
        tooltip: {
          ...tooltipStyle(theme),
          callbacks: {
            title: ([item]) => {
              const { name, clause } = ESTIMATORS[rows[item.dataIndex].estimator];
              return `${name} (${clause})`;
            },
            label: (item) => `${item.dataset.label ?? ""}: ${String(item.raw)} bits per symbol`,
          },
        },
      },
    },
    plugins: [
      ...(report.minEntropy === null ? [] : [minimumLine(report.minEntropy, theme)]),
      ceilingMarks(rows, scopes, theme),
      barValues(rows, scopes, theme),
    ],
  };
}

function summary(report: SamplesReport): string {
  const decides = deciding(report);
  if (report.minEntropy === null) return "No estimate could be computed.";
  const by =
    decides === null ? "" : `, set by the ${ESTIMATORS[decides.estimator].name} estimate of the ${decides.scope}`;
  const ideal = report.ceiling === null ? "" : `; ideal data of this size are assessed at ${entropy(report.ceiling)}`;
  return `Bar chart of the min-entropy estimates. The least, ${entropy(report.minEntropy)} of ${report.input.bits} bits per symbol${by}, is the assessed one${ideal}. The table of estimates holds every value.`;
}

function legend(report: SamplesReport): HTMLElement {
  const { bits } = report.input;
  const { ceiling } = report;
  return h(
    "figcaption",
    {},
    ...(bits === 1
      ? []
      : [
          h("span", { class: "key" }, h("span", { class: "swatch solid" }), "literal"),
          h("span", { class: "key" }, h("span", { class: "swatch hatched" }), `bitstring × ${bits}`),
        ]),
    h("span", { class: "key" }, h("span", { class: "swatch dashed" }), "assessed minimum"),
    h("span", { class: "key" }, "◂ decides"),
    h("span", { class: "key" }, h("span", { class: "swatch mark" }), "what ideal data of this size score"),
    ceiling === null
      ? null
      : h(
          "span",
          { class: "note" },
          `The estimates are lower bounds: a value at its mark is no weakness. All together they assess ideal data of this size at about ${entropy(ceiling)}.`,
        ),
  );
}

/**
 * The estimates as bars against the assessed minimum, each scope in bits per symbol.
 * @param tableId the table that says the same in words
 * @param signal ends the watching when the report is replaced
 */
export function estimatesChart(report: SamplesReport, tableId: string, signal: AbortSignal): HTMLElement {
  const rows = chartRows(report);
  const bars = report.input.bits === 1 ? 1 : 2;
  const chart = {
    label: summary(report),
    describedBy: tableId,
    height: rows.length * (bars * BAR + ROW_GAP) + 72,
    configuration: (theme: Theme) => configuration(report, rows, theme),
  };
  return h("figure", { class: "chart" }, chartPlace(chart, signal), legend(report));
}
