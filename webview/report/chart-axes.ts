import type { ScaleOptionsByType } from "chart.js";
import type { Theme } from "../theme";

/** CSS pixels between an axis and its words. */
export const PADDING = 6;

const fontOf = (theme: Theme) => ({ family: theme.fontFamily, size: theme.fontSize - 1 });

/** What the axis of values has in every bar chart. */
export function valueAxis(unit: string, theme: Theme) {
  const font = fontOf(theme);
  return {
    title: { display: true, text: unit, color: theme.muted, font },
    grid: { color: theme.grid, drawTicks: false },
    border: { display: false },
    ticks: { color: theme.muted, font, padding: PADDING, maxRotation: 0 },
  };
}

/**
 * The axis of the bars' names, as wide as the longest line: in a narrow panel Chart.js would rather cut them off.
 * @param labels the lines of each bar's name
 */
export function nameAxis(labels: readonly (readonly string[])[], theme: Theme) {
  const font = fontOf(theme);
  return {
    grid: { display: false, drawTicks: false },
    border: { color: theme.grid },
    afterFit: (axis: Parameters<ScaleOptionsByType<"category">["afterFit"]>[0]) => {
      axis.ctx.font = `${font.size}px ${font.family}`;
      axis.width = Math.max(...labels.flat().map((line) => axis.ctx.measureText(line).width)) + 2 * PADDING;
    },
    ticks: { color: theme.foreground, font, padding: PADDING, autoSkip: false },
  };
}
