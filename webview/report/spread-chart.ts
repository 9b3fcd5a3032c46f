import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LogarithmicScale,
  Tooltip,
  type ChartConfiguration,
  type Plugin,
} from "chart.js";
import type { Spread } from "../../src/model/boot-test";
import { h } from "../dom";
import type { Theme } from "../theme";
import { hatch } from "./chart-drawing";
import { nameAxis, PADDING, valueAxis } from "./chart-axes";
import { chartPlace, tooltipStyle } from "./chart-place";

Chart.register(BarController, BarElement, CategoryScale, LinearScale, LogarithmicScale, Tooltip);

/** CSS pixels. */
const BAR = 14;
const ROW_GAP = 12;
const MARGIN = 64;
/** Characters: what of a name stands in a line, beside a chart that has to fit a narrow panel too. */
const LINE = 16;
/** The greatest over the least from which a linear axis would hide the small ones. */
const LOGARITHMIC_FROM = 50;

/** A set of parameters in a chart; `marked` is told apart by its drawing and in words. */
export interface SpreadRow {
  /** Words that may stand in lines of their own. */
  readonly words: readonly string[];
  readonly spread: Spread;
  /** One figure a run. */
  readonly runs: readonly number[];
  /** Whether its data are known to be processed: hatched. */
  readonly processed: boolean;
  readonly best: boolean;
}

export interface SpreadChart {
  readonly title: string;
  readonly unit: string;
  /** The end of the axis; null: that of the data. */
  readonly max: number | null;
  readonly rows: readonly SpreadRow[];
  readonly write: (value: number) => string;
}

/** Words in lines of about `LINE` characters; a longer word is cut. */
function linesOf(words: readonly string[]): readonly string[] {
  const cut = words.map((word) => (word.length > LINE ? `${word.slice(0, LINE - 1)}…` : word));
  return cut.reduce<readonly string[]>((lines, word) => {
    const last = lines.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    return last === undefined || joined.length > LINE ? [...lines, word] : [...lines.slice(0, -1), joined];
  }, []);
}

function isLogarithmic(rows: readonly SpreadRow[]): boolean {
  const least = Math.min(...rows.map(({ spread }) => spread.least));
  return least > 0 && Math.max(...rows.map(({ spread }) => spread.greatest)) / least > LOGARITHMIC_FROM;
}

/** Each run as a dot, a line from the least to the greatest, and the median's value beside. */
function marks({ rows, write }: SpreadChart, theme: Theme): Plugin<"bar"> {
  return {
    id: "spread-marks",
    afterDatasetsDraw(chart) {
      const { ctx, scales } = chart;
      const at = (value: number) => Math.round(scales.x.getPixelForValue(value));
      ctx.save();
      ctx.textBaseline = "middle";
      chart.getDatasetMeta(0).data.forEach(({ y }, i) => {
        const { spread, runs, best } = rows[i];
        ctx.fillStyle = theme.foreground;
        for (const value of runs) {
          ctx.beginPath();
          ctx.arc(at(value), y, 2, 0, 2 * Math.PI);
          ctx.fill();
        }
        ctx.fillRect(at(spread.least), y - 0.5, at(spread.greatest) - at(spread.least), 1);
        ctx.font = `${best ? 600 : 400} ${theme.fontSize - 2}px ${theme.fontFamily}`;
        ctx.fillStyle = best ? theme.foreground : theme.muted;
        ctx.fillText(`${write(spread.median)}${best ? " ◂" : ""}`, at(spread.greatest) + 8, y);
      });
      ctx.restore();
    },
  };
}

function configuration(chart: SpreadChart, theme: Theme): ChartConfiguration<"bar", number[], string[]> {
  const { rows, unit, max, write } = chart;
  const labels = rows.map(({ words }) => [...linesOf(words)]);
  const axis = valueAxis(unit, theme);
  return {
    type: "bar",
    data: {
      labels,
      datasets: [
        {
          data: rows.map(({ spread }) => spread.median),
          backgroundColor: rows.map(({ processed }) =>
            processed ? (hatch(theme.softBar) ?? theme.background) : theme.band,
          ),
          borderColor: theme.softBar,
          borderWidth: 1,
          borderSkipped: false as const,
          barThickness: BAR,
        },
      ],
    },
    options: {
      indexAxis: "y",
      responsive: false,
      animation: false,
      layout: { padding: { right: MARGIN, top: PADDING } },
      scales: {
        x: {
          ...axis,
          type: isLogarithmic(rows) ? "logarithmic" : "linear",
          ...(isLogarithmic(rows) ? {} : { min: 0 }),
          ...(max === null ? {} : { max }),
          ticks: { ...axis.ticks, autoSkipPadding: 12, maxTicksLimit: 9 },
        },
        y: nameAxis(labels, theme),
      },
      plugins: {
        tooltip: {
          ...tooltipStyle(theme),
          callbacks: {
            title: ([item]) => rows[item.dataIndex].words.join(" "),
            label: (item) => {
              const { spread, runs } = rows[item.dataIndex];
              const of = runs.length === 1 ? "1 run" : `${runs.length} runs`;
              return `${write(spread.least)} to ${write(spread.greatest)}, median ${write(spread.median)} of ${of}`;
            },
          },
        },
      },
    },
    plugins: [marks(chart, theme)],
  };
}

function summary({ title, unit, rows, write }: SpreadChart): string {
  const told = rows.map(({ words, spread }) => `${words.join(" ")}: ${write(spread.median)}`);
  return `${title}, ${unit}: the median of each set of parameters, and from the least to the greatest of its runs. ${told.join("; ")}.`;
}

/**
 * The spread of the runs of each set of parameters.
 * @param tableId the table that says the same in words
 * @param signal ends the watching when the report is replaced
 */
export function spreadChart(chart: SpreadChart, tableId: string, signal: AbortSignal): HTMLElement {
  const lines = chart.rows.map(({ words }) => linesOf(words).length);
  const row = Math.max(BAR + ROW_GAP, Math.max(...lines) * 16 + ROW_GAP / 2);
  const placed = {
    label: summary(chart),
    describedBy: tableId,
    height: chart.rows.length * row + 56,
    configuration: (theme: Theme) => configuration(chart, theme),
  };
  return h("figure", { class: "chart" }, h("h3", {}, chart.title), chartPlace(placed, signal));
}
