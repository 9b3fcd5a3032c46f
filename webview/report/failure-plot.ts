import type { ChartConfiguration, Plugin, Point } from "chart.js";
import type { HealthTestFailure, SampleExcerpt } from "../../src/model/health-tests";
import { h } from "../dom";
import { figure, integer } from "../format";
import type { Theme } from "../theme";
import { chartPlace, tooltipStyle } from "./chart-place";
import { sampleScales } from "./sample-scales";

/** CSS pixels. */
const HEIGHT = 190;

/** The first failure of a test, with the samples around it. */
export interface FailurePlot {
  /** `repetition count test` */
  readonly test: string;
  /** Where the value comes too often: `in a row`. */
  readonly where: string;
  readonly cutoff: number;
  readonly failure: HealthTestFailure;
  readonly excerpt: SampleExcerpt;
  /** Bits per sample. */
  readonly bits: number;
}

/** Draws the line of the sample that reached the cutoff. */
function cutoffLine(position: number, theme: Theme): Plugin<"line"> {
  return {
    id: "cutoff-line",
    beforeDatasetsDraw({ ctx, chartArea, scales }) {
      const x = Math.round(scales.x.getPixelForValue(position)) + 0.5;
      ctx.save();
      ctx.strokeStyle = theme.foreground;
      ctx.setLineDash([4, 3]);
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      ctx.restore();
    },
  };
}

function configuration(plot: FailurePlot, theme: Theme): ChartConfiguration<"line", Point[]> {
  const { failure, excerpt, bits } = plot;
  const points = excerpt.samples.map((y, i) => ({ x: excerpt.start + i, y }));
  const counted = points.filter(({ x, y }) => y === failure.symbol && x >= failure.start && x <= failure.position);
  return {
    type: "line",
    data: {
      datasets: [
        {
          label: "counted",
          data: counted,
          showLine: false,
          pointStyle: "rectRot",
          pointRadius: 4,
          pointBackgroundColor: theme.alarm,
          pointBorderColor: theme.alarm,
        },
        {
          label: "sample",
          data: points,
          borderColor: theme.softBar,
          borderWidth: 1,
          pointRadius: 1.5,
          pointBorderWidth: 0,
          pointBackgroundColor: theme.bar,
        },
      ],
    },
    options: {
      responsive: false,
      animation: false,
      parsing: false,
      layout: { padding: { top: 8, right: 12 } },
      scales: sampleScales(theme, { from: excerpt.start, to: excerpt.start + excerpt.samples.length - 1, bits }),
      plugins: {
        tooltip: {
          ...tooltipStyle(theme),
          callbacks: {
            title: ([item]) => `Sample ${integer(item.parsed.x ?? 0)}`,
            label: (item) => `value ${figure(item.parsed.y ?? 0)}`,
          },
        },
      },
    },
    plugins: [cutoffLine(failure.position, theme)],
  };
}

/**
 * The samples around a test's first failure, those that were counted set apart.
 * @param describedBy the id of the table of failures
 * @param signal ends the watching when the report is replaced
 */
export function failurePlot(plot: FailurePlot, describedBy: string, signal: AbortSignal): HTMLElement {
  const { test, where, cutoff, failure, excerpt } = plot;
  const told = `Value ${figure(failure.symbol)} comes ${integer(cutoff)} times ${where} between samples ${integer(failure.start)} and ${integer(failure.position)}.`;
  const chart = {
    label: `Plot of samples ${integer(excerpt.start)} to ${integer(excerpt.start + excerpt.samples.length - 1)}, around the first failure of the ${test}. ${told}`,
    describedBy,
    height: HEIGHT,
    configuration: (theme: Theme) => configuration(plot, theme),
  };
  return h(
    "figure",
    { class: "chart" },
    h("h3", {}, `First failure of the ${test}`),
    chartPlace(chart, signal),
    h(
      "figcaption",
      {},
      h("span", { class: "note" }, told),
      h("span", { class: "key" }, h("span", { class: "failure-mark" }, "◆"), "counted"),
      h("span", { class: "key" }, h("span", { class: "swatch dashed" }), "cutoff reached"),
    ),
  );
}
