import { figure, integer } from "../format";
import type { Theme } from "../theme";

/** What a plot of samples spans. */
interface Span {
  /** Positions of the first and the last sample. */
  readonly from: number;
  readonly to: number;
  /** Bits per sample. */
  readonly bits: number;
}

/** Samples of so many bits are drawn against all that they could be; wider ones against what they are. */
const NARROW = 8;

/** The axes of a plot of samples: the position, and the value. */
export function sampleScales(theme: Theme, { from, to, bits }: Span) {
  const font = { family: theme.fontFamily, size: theme.fontSize - 1 };
  const ticks = { color: theme.muted, font, padding: 6, maxRotation: 0 };
  const title = (text: string) => ({ display: true, text, color: theme.muted, font });
  const range = bits <= NARROW ? { min: 0, max: 2 ** bits - 1 } : {};
  return {
    x: {
      type: "linear" as const,
      min: from,
      max: to,
      title: title("sample"),
      grid: { display: false, drawTicks: false },
      border: { color: theme.grid },
      ticks: {
        ...ticks,
        precision: 0,
        autoSkipPadding: 24,
        callback: (value: string | number) => integer(Number(value)),
      },
    },
    y: {
      type: "linear" as const,
      ...range,
      title: title("value"),
      grid: { color: theme.grid, drawTicks: false },
      border: { display: false },
      ticks: { ...ticks, precision: 0, maxTicksLimit: 6, callback: (value: string | number) => figure(Number(value)) },
    },
  };
}
