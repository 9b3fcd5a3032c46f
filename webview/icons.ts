import { svg } from "./dom";

/** Line drawings on a 16 by 16 grid, stroked in the colour of the text around them. */
const PATHS = {
  pass: "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13z M5 8.2l2.1 2.1L11 6.2",
  error: "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13z M5.7 5.7l4.6 4.6 M10.3 5.7l-4.6 4.6",
  warning: "M8 2L14.6 13.7H1.4z M8 6.3v3.6 M8 11.4v.9",
  info: "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13z M8 7.3v4 M8 4.7v.9",
  inconclusive:
    "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13z M6.1 6.4c0-1.2.8-1.9 1.9-1.9s1.9.7 1.9 1.7c0 1.5-1.9 1.5-1.9 3 M8 10.8v.9",
  "not-applicable": "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13z M4.9 8h6.2",
  run: "M4.5 2.8v10.4L13 8z",
  save: "M2.5 2.5h9l2 2v9h-11z M5 2.7v3.6h5.5V2.7 M5 13.3V9.5h6v3.8",
  open: "M9.5 2.5h4v4 M13.2 2.8L7.5 8.5 M7 3.5H2.5v10h10V9",
  report: "M3.5 1.5h6l3 3v10h-9z M9.3 1.7v3h3 M5.7 12V9.5 M8 12V7.5 M10.3 12v-2",
  search: "M6.8 2a4.8 4.8 0 1 1 0 9.6a4.8 4.8 0 1 1 0-9.6z M10.4 10.4L14 14",
  chevron: "M6 3.5L10.5 8L6 12.5",
  copy: "M5.5 5.5h8v8h-8z M3.7 10.5H2.5v-8h8v1.2",
  ascending: "M8 13V3.5 M4 7.3l4-4l4 4",
  descending: "M8 3v9.5 M4 8.7l4 4l4-4",
} as const;

export type IconName = keyof typeof PATHS;

/** An icon that says nothing to a screen reader: the word stands beside it. */
export function icon(name: IconName): SVGSVGElement {
  return svg(
    "svg",
    { class: `icon icon-${name}`, viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" },
    svg("path", { d: PATHS[name] }),
  );
}
