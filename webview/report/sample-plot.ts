import {
  Chart,
  Filler,
  LineController,
  LineElement,
  LinearScale,
  PointElement,
  Tooltip,
  type ChartConfiguration,
  type Plugin,
  type Point,
} from "chart.js";
import type { HealthTestsReport } from "../../src/model";
import type { HealthTestFailure } from "../../src/model/health-tests";
import { h } from "../dom";
import { figure, integer } from "../format";
import type { Theme } from "../theme";
import { chartPlace, tooltipStyle } from "./chart-place";
import { sampleScales } from "./sample-scales";

Chart.register(Filler, LineController, LineElement, LinearScale, PointElement, Tooltip);

/** CSS pixels: the plot, and the lane above it for the marks of one test. */
const HEIGHT = 220;
const LANE = 14;

/** The tests' marks differ in shape and in place, so that they can be told apart without colour. */
const LANES = ["repetitionCount", "adaptiveProportion"] as const;

/** A triangle that points at the samples. */
function triangle(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.moveTo(x - 4, y - 4);
  context.lineTo(x + 4, y - 4);
  context.lineTo(x, y + 4);
  context.closePath();
}

function diamond(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.moveTo(x, y - 5);
  context.lineTo(x + 4, y);
  context.lineTo(x, y + 5);
  context.lineTo(x - 4, y);
  context.closePath();
}

const SHAPES = { repetitionCount: triangle, adaptiveProportion: diamond } as const;

/** Draws a mark above the plot for every listed failure, and a line through the samples at the first of each test. */
function marks({ healthTests }: HealthTestsReport, theme: Theme): Plugin<"line"> {
  return {
    id: "marks",
    afterDatasetsDraw({ ctx, chartArea, scales }) {
      ctx.save();
      ctx.fillStyle = ctx.strokeStyle = theme.alarm;
      LANES.forEach((test, lane) => {
        const y = chartArea.top - LANE * (LANES.length - lane) + LANE / 2 - 2;
        const places = healthTests[test].listed.map(({ position }) => Math.round(scales.x.getPixelForValue(position)));
        ctx.beginPath();
        for (const x of new Set(places)) SHAPES[test](ctx, x, y);
        ctx.fill();
        if (places.length === 0) return;
        ctx.setLineDash(lane === 0 ? [] : [4, 3]);
        ctx.beginPath();
        ctx.moveTo(places[0] + 0.5, y);
        ctx.lineTo(places[0] + 0.5, chartArea.bottom);
        ctx.stroke();
      });
      ctx.restore();
    },
  };
}

function configuration(report: HealthTestsReport, theme: Theme): ChartConfiguration<"line", Point[]> {
  const { trace, healthTests, input } = report;
  const { samplesPerBin, least, greatest } = trace;
  const points = (values: readonly number[]): Point[] => values.map((y, bin) => ({ x: bin * samplesPerBin, y }));
  const line = { borderWidth: 1, pointRadius: 0, pointHitRadius: 4 };
  const range = { ...line, borderColor: theme.band, backgroundColor: theme.band, stepped: "before" as const };
  const datasets =
    samplesPerBin === 1
      ? [{ ...line, borderColor: theme.softBar, label: "samples", data: points(greatest) }]
      : [
          { ...range, label: "greatest", data: points(greatest), fill: 1 },
          { ...range, label: "least", data: points(least) },
        ];
  return {
    type: "line",
    data: { datasets },
    options: {
      responsive: false,
      animation: false,
      parsing: false,
      interaction: { mode: "index", intersect: false },
      layout: { padding: { top: LANES.length * LANE + 4, right: 12 } },
      scales: sampleScales(theme, { from: 0, to: Math.max(1, healthTests.samples - 1), bits: input.bits }),
      plugins: {
        tooltip: {
          ...tooltipStyle(theme),
          callbacks: {
            title: ([item]) => {
              const from = item.dataIndex * samplesPerBin;
              const to = Math.min(from + samplesPerBin, healthTests.samples) - 1;
              return samplesPerBin === 1 ? `Sample ${integer(from)}` : `Samples ${integer(from)} to ${integer(to)}`;
            },
            label: (item) =>
              samplesPerBin === 1 ? String(item.parsed.y) : `${item.dataset.label ?? ""}: ${String(item.parsed.y)}`,
          },
        },
      },
    },
    plugins: [marks(report, theme)],
  };
}

function listed(failures: number, of: readonly HealthTestFailure[]): string {
  if (failures === 0) return "no failure";
  const counted = `${integer(failures)} ${failures === 1 ? "failure" : "failures"}`;
  return failures > of.length ? `${counted}, the first ${integer(of.length)} marked` : counted;
}

function summary({ trace, healthTests }: HealthTestsReport): string {
  const { repetitionCount, adaptiveProportion, samples } = healthTests;
  // a loop: as arguments, the bins would be pushed on the stack at once
  const lowest = trace.least.reduce((a, b) => Math.min(a, b), Infinity);
  const highest = trace.greatest.reduce((a, b) => Math.max(a, b), -Infinity);
  const drawn =
    trace.samplesPerBin === 1
      ? "each sample"
      : `the least and the greatest of every ${integer(trace.samplesPerBin)} samples`;
  return (
    `Plot of ${integer(samples)} samples between ${figure(lowest)} and ${figure(highest)}: ${drawn}. ` +
    `Repetition count test: ${listed(repetitionCount.failures, repetitionCount.listed)}. ` +
    `Adaptive proportion test: ${listed(adaptiveProportion.failures, adaptiveProportion.listed)}.`
  );
}

function legend({ trace, healthTests }: HealthTestsReport): HTMLElement {
  const key = (swatch: string, test: (typeof LANES)[number], name: string) => {
    const { failures, listed: of } = healthTests[test];
    return h(
      "span",
      { class: "key" },
      h("span", { class: "failure-mark" }, swatch),
      `${name}: ${listed(failures, of)}`,
    );
  };
  return h(
    "figcaption",
    {},
    key("▼", "repetitionCount", "repetition count"),
    key("◆", "adaptiveProportion", "adaptive proportion"),
    h(
      "span",
      { class: "key" },
      h("span", { class: trace.samplesPerBin === 1 ? "swatch line" : "swatch band" }),
      trace.samplesPerBin === 1 ? "samples" : `range of ${integer(trace.samplesPerBin)} samples each`,
    ),
  );
}

/**
 * All samples of a file with a mark at every failure that is listed.
 * @param describedBy the id of the table that says the same in words
 * @param signal ends the watching when the report is replaced
 */
export function samplePlot(report: HealthTestsReport, describedBy: string, signal: AbortSignal): HTMLElement {
  const chart = {
    label: summary(report),
    describedBy,
    height: HEIGHT,
    configuration: (theme: Theme) => configuration(report, theme),
  };
  return h("figure", { class: "chart" }, chartPlace(chart, signal), legend(report));
}
