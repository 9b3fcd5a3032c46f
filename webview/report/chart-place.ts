import { Chart, type ChartConfiguration, type ChartType, type DefaultDataPoint } from "chart.js";
import { h } from "../dom";
import { onThemeChange, readTheme, type Theme } from "../theme";

/** A chart, and how screen readers are told of it. */
export interface PlacedChart<T extends ChartType, D> {
  /** What the chart shows, in words. */
  readonly label: string;
  /** The id of the element that says the same in full. */
  readonly describedBy: string;
  /** CSS pixels. */
  readonly height: number;
  readonly configuration: (theme: Theme) => ChartConfiguration<T, D>;
}

/**
 * A canvas that fills the width of its place. It is redrawn when that changes and when the theme changes. Chart.js' own
 * resizing is off: it would write a style attribute, which the content security policy forbids.
 * @param signal ends the watching when the report is replaced
 */
export function chartPlace<T extends ChartType, D = DefaultDataPoint<T>>(
  { label, describedBy, height, configuration }: PlacedChart<T, D>,
  signal: AbortSignal,
): HTMLElement {
  const canvas = h("canvas", { role: "img", "aria-label": label, "aria-describedby": describedBy, height });
  const place = h("div", { class: "chart-place" }, canvas);
  let chart: Chart<T, D> | null = null;
  const draw = () => {
    chart?.destroy();
    canvas.width = place.clientWidth;
    canvas.height = height;
    chart = new Chart(canvas, configuration(readTheme()));
  };
  const sizes = new ResizeObserver(() => {
    if (chart === null) draw();
    else if (chart.width !== place.clientWidth) chart.resize(place.clientWidth, height);
  });
  sizes.observe(place);
  onThemeChange(draw, signal);
  signal.addEventListener("abort", () => {
    sizes.disconnect();
    chart?.destroy();
  });
  return place;
}

/** The colours and the type of a tooltip. */
export function tooltipStyle(theme: Theme) {
  const font = { family: theme.fontFamily, size: theme.fontSize - 1 };
  return {
    backgroundColor: theme.tooltipBackground,
    borderColor: theme.tooltipBorder,
    borderWidth: 1,
    cornerRadius: 3,
    displayColors: false,
    titleColor: theme.tooltipForeground,
    bodyColor: theme.tooltipForeground,
    titleFont: { ...font, weight: "bold" as const },
    bodyFont: font,
  };
}
