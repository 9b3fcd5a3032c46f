import type { Plugin } from "chart.js";
import type { EstimatorId, SamplesReport, Scope } from "../../src/model";
import { entropy } from "../format";
import type { Theme } from "../theme";
import { ceilingPerSymbol, deciding, ESTIMATORS, perSymbol } from "./estimators";

/** CSS pixels: a little more than a bar, to be seen on both sides of a value that is written over it. */
const CEILING_HEIGHT = 17;

/** One row of the chart: an estimator, and its estimate in each scope, bits per symbol; null where there is none. */
export interface Row {
  readonly estimator: EstimatorId;
  readonly values: Readonly<Record<Scope, number | null>>;
  /** What ideal data of the same size score, likewise. */
  readonly ceilings: Readonly<Record<Scope, number | null>>;
  /** The scope whose estimate is the assessed minimum; null in all rows but one. */
  readonly decides: Scope | null;
}

/** The rows of the chart, in the order of the standard. */
export function chartRows(report: SamplesReport): readonly Row[] {
  const order = Object.keys(ESTIMATORS);
  const ids = [...new Set(report.estimates.map((e) => e.estimator))];
  const decides = deciding(report);
  const value = (estimator: EstimatorId, scope: Scope, figure: typeof perSymbol) => {
    const estimate = report.estimates.find((e) => e.estimator === estimator && e.scope === scope);
    return estimate === undefined ? null : figure(estimate, report.input.bits);
  };
  const both = (estimator: EstimatorId, figure: typeof perSymbol) => ({
    literal: value(estimator, "literal", figure),
    bitstring: value(estimator, "bitstring", figure),
  });
  return ids
    .sort((a, b) => order.indexOf(a) - order.indexOf(b))
    .map((estimator) => ({
      estimator,
      values: both(estimator, perSymbol),
      ceilings: both(estimator, ceilingPerSymbol),
      decides: decides?.estimator === estimator ? decides.scope : null,
    }));
}

/** How the bars of a scope are filled and outlined: solid and hatched, so that they differ without colour too. */
export function barStyle(rows: readonly Row[], scope: Scope, theme: Theme) {
  const colors = rows.map((row) => (row.decides === scope ? theme.bar : theme.softBar));
  return {
    borderColor: colors,
    backgroundColor: scope === "literal" ? colors : colors.map((color) => hatch(color) ?? theme.background),
  };
}

/** Slanted lines; null where the canvas can make none. */
export function hatch(color: string): CanvasPattern | null {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 6;
  const context = tile.getContext("2d");
  if (context === null) return null;
  context.strokeStyle = color;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const x of [-6, 0, 6]) {
    context.moveTo(x - 1, 7);
    context.lineTo(x + 7, -1);
  }
  context.stroke();
  return context.createPattern(tile, "repeat");
}

/** Draws the line of the assessed minimum, bits per symbol, with its value above it. */
export function minimumLine(minEntropy: number, theme: Theme): Plugin<"bar"> {
  return {
    id: "minimum-line",
    afterDatasetsDraw({ ctx, chartArea, scales, width }) {
      const x = Math.round(scales.x.getPixelForValue(minEntropy)) + 0.5;
      const text = `assessed ${entropy(minEntropy)}`;
      ctx.save();
      ctx.strokeStyle = ctx.fillStyle = theme.foreground;
      ctx.setLineDash([4, 3]);
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top - 4);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      ctx.font = `600 ${theme.fontSize - 1}px ${theme.fontFamily}`;
      ctx.textBaseline = "bottom";
      ctx.textAlign = "center";
      const half = ctx.measureText(text).width / 2;
      ctx.fillText(text, Math.min(Math.max(x, half), width - half), chartArea.top - 6);
      ctx.restore();
    },
  };
}

/** Marks on each bar's row what ideal data of the same size score. */
export function ceilingMarks(rows: readonly Row[], scopes: readonly Scope[], theme: Theme): Plugin<"bar"> {
  return {
    id: "ceiling-marks",
    afterDatasetsDraw(chart) {
      const { ctx, scales } = chart;
      ctx.save();
      ctx.strokeStyle = theme.foreground;
      ctx.lineWidth = 2;
      scopes.forEach((scope, dataset) => {
        chart.getDatasetMeta(dataset).data.forEach((bar, i) => {
          const ceiling = rows[i].ceilings[scope];
          if (ceiling === null) return;
          const x = Math.round(scales.x.getPixelForValue(ceiling));
          ctx.beginPath();
          ctx.moveTo(x, bar.y - CEILING_HEIGHT / 2);
          ctx.lineTo(x, bar.y + CEILING_HEIGHT / 2);
          ctx.stroke();
        });
      });
      ctx.restore();
    },
  };
}

/** Writes each bar's value at its end, and marks the one that decides. */
export function barValues(rows: readonly Row[], scopes: readonly Scope[], theme: Theme): Plugin<"bar"> {
  return {
    id: "bar-values",
    afterDatasetsDraw(chart) {
      const { ctx, chartArea } = chart;
      ctx.save();
      ctx.textBaseline = "middle";
      scopes.forEach((scope, dataset) => {
        chart.getDatasetMeta(dataset).data.forEach((bar, i) => {
          const { values, decides } = rows[i];
          const value = values[scope];
          const marked = decides === scope;
          const text = value === null ? "not computed" : `${entropy(value)}${marked ? " ◂" : ""}`;
          const x = 5 + (value === null ? chartArea.left : bar.x);
          ctx.font = `${marked ? 600 : 400} ${theme.fontSize - 2}px ${theme.fontFamily}`;
          // The line of the minimum, and a ceiling's mark, may run through here.
          ctx.fillStyle = theme.background;
          ctx.fillRect(x - 2, bar.y - 6, ctx.measureText(text).width + 4, 12);
          ctx.fillStyle = marked ? theme.foreground : theme.muted;
          ctx.fillText(text, x, bar.y);
        });
      });
      ctx.restore();
    },
  };
}
