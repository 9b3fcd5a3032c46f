/** The colours that a canvas needs; everything else takes the theme's variables in its style sheet. */
export interface Theme {
  readonly foreground: string;
  readonly muted: string;
  readonly grid: string;
  readonly background: string;
  readonly bar: string;
  readonly softBar: string;
  readonly band: string;
  readonly alarm: string;
  readonly tooltipBackground: string;
  readonly tooltipForeground: string;
  readonly tooltipBorder: string;
  readonly fontFamily: string;
  readonly fontSize: number;
}

/** Reads the present theme. The style sheet names the colours (`--ec-...`), so both agree. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    foreground: read("--ec-foreground"),
    muted: read("--ec-muted"),
    grid: read("--ec-grid"),
    background: read("--ec-background"),
    bar: read("--ec-bar"),
    softBar: read("--ec-soft-bar"),
    band: read("--ec-band"),
    alarm: read("--ec-error"),
    tooltipBackground: read("--ec-tooltip-background"),
    tooltipForeground: read("--ec-tooltip-foreground"),
    tooltipBorder: read("--ec-tooltip-border"),
    fontFamily: style.fontFamily,
    fontSize: Number.parseFloat(style.fontSize),
  };
}

/** Calls back when the theme changes: VS Code rewrites the variables on <html> and the class of <body>. */
export function onThemeChange(changed: () => void, signal: AbortSignal): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
  observer.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  signal.addEventListener("abort", () => observer.disconnect());
}
