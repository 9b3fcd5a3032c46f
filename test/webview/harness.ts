import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../../src/dev/browser";
import type { CalculatorIntent, ToCalculator } from "../../src/vscode/calculator-protocol";
import type { Intent, ToInspector, ToReportPanel } from "../../src/vscode/protocol";
import { bundles } from "../bundles";
import { THEMES, type ThemeName } from "./themes";

const ORIGIN = "https://webview.test";
const NONCE = "dGhlIHBhZ2UncyBub25jZQ";

export type BundleName = "report" | "inspector" | "calculator";

/** How a webview is opened. */
export interface Setting {
  readonly theme?: ThemeName;
  readonly width?: number;
  /** What acquireVsCodeApi().getState() answers. */
  readonly state?: unknown;
}

let browser: Promise<Browser> | null = null;
after(async () => (await browser)?.close());

/**
 * Gives a suite a page, in which each webview replaces the one before. After each test the webviews that it opened must
 * have been quiet. All suites share a browser, but nothing in it.
 */
export function useWebviews(): (bundle: BundleName, setting?: Setting) => Promise<Webview> {
  let page: Page;
  let document = "";
  const complaints: string[] = [];
  before(async () => {
    // no page is to wait for them
    bundles();
    browser ??= launchBrowser();
    page = await newPage(await browser, (path) => (path === "/" ? document : fileAt(path)), complaints);
  });
  afterEach(() => assert.deepEqual(complaints.splice(0), []));
  after(() => page.context().close());
  return async (bundle, setting = {}) => {
    document = html(bundle, setting);
    await page.setViewportSize({ width: setting.width ?? 1000, height: 800 });
    await page.goto(ORIGIN);
    return new Webview(page);
  };
}

/** A file of the webviews' bundles; undefined when they have none of that name. */
function fileAt(path: string): Uint8Array | undefined {
  try {
    return readFileSync(join(bundles(), "webview", path));
  } catch {
    return undefined;
  }
}

/** A page that finds our files at the webviews' origin, and tells when it breaks its policy, throws or complains. */
async function newPage(
  browser: Browser,
  find: (path: string) => string | Uint8Array | undefined,
  complaints: string[],
): Promise<Page> {
  const context = await browser.newContext({
    permissions: ["clipboard-read", "clipboard-write"],
    locale: "en-GB",
    timezoneId: "UTC",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  await page.addInitScript(`addEventListener("securitypolicyviolation", (e) =>
    console.error("violation of " + e.violatedDirective + " by " + e.sourceFile + ":" + e.lineNumber))`);
  await page.route(`${ORIGIN}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    const body = find(pathname);
    if (body === undefined) return route.fulfill({ status: 404 });
    const type = pathname.endsWith(".css") ? "text/css" : pathname.endsWith(".js") ? "text/javascript" : "text/html";
    return route.fulfill({ contentType: type, body: Buffer.from(body) });
  });
  return page;
}

/**
 * A webview in a page like the one that VS Code makes for it: our policy, the theme's variables on <html> and its class
 * on <body>, VS Code's own default styles, and acquireVsCodeApi.
 */
export class Webview {
  constructor(readonly page: Page) {}

  /** Sends a message as the host does, and waits until it is drawn. */
  async send(message: ToReportPanel | ToInspector | ToCalculator): Promise<void> {
    await this.page.evaluate(
      `new Promise((drawn) => {
        window.postMessage(${JSON.stringify(message)}, "*");
        setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      })`,
    );
  }

  async intents(): Promise<readonly Intent[]> {
    return this.page.evaluate<Intent[]>("window.posted");
  }

  /** What the conditioning calculator asked for. */
  async calculatorIntents(): Promise<readonly CalculatorIntent[]> {
    return this.page.evaluate<CalculatorIntent[]>("window.posted");
  }

  async state(): Promise<unknown> {
    return this.page.evaluate("window.kept");
  }

  async useTheme(name: ThemeName): Promise<void> {
    const { kind, variables } = THEMES[name];
    await this.page.evaluate(`useTheme(${JSON.stringify({ kind, variables })})`);
  }

  /** Waits until observers have run and what they changed is drawn, and choices are kept. */
  async settle(): Promise<void> {
    await this.page.waitForTimeout(300);
  }

  /** Unfolds every row and every raw answer. */
  async unfoldAll(): Promise<void> {
    await this.page.evaluate(
      `document.querySelectorAll(".disclosure[aria-expanded=false], details:not([open]) > summary").forEach((e) => e.click())`,
    );
  }

  /** The names of the rows of a table that the filter leaves, in order. */
  async rows(table: string): Promise<readonly string[]> {
    return this.page.locator(`${table} tbody th[scope=row]:visible`).allInnerTexts();
  }

  /** By how many pixels the content is wider than the window. */
  async overflow(): Promise<number> {
    return this.page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  }

  /** What a screen reader would call the element that has the focus. */
  async focused(): Promise<string> {
    return this.page.evaluate<string>(
      `((e) => e.getAttribute("aria-label") ?? e.textContent.trim())(document.activeElement)`,
    );
  }

  /** How many different colours are drawn on a canvas. */
  async colors(canvas: string): Promise<number> {
    return this.page.evaluate<number>(`((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    })(document.querySelector(${JSON.stringify(canvas)}))`);
  }

  /** Names what axe-core finds: in one theme all, in the others what may differ there, which is the contrast of colours. */
  async accessibilityViolations(theme: ThemeName = "dark"): Promise<readonly string[]> {
    const options = { resultTypes: ["violations"], ...(theme === "dark" ? {} : { runOnly: ["color-contrast"] }) };
    await this.page.evaluate(`window.axe ?? (() => { ${axe.source} })()`);
    return this.page.evaluate<string[]>(`axe.run(document, ${JSON.stringify(options)}).then(({ violations }) =>
      violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.target.join(" ") + " " + n.failureSummary)))`);
  }
}

function html(bundle: BundleName, { theme = "dark", state }: Setting): string {
  const policy = `default-src 'none'; script-src 'nonce-${NONCE}'; style-src ${ORIGIN} 'nonce-${NONCE}'`;
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Entropy Check</title>
    <link rel="stylesheet" href="${ORIGIN}/${bundle}.css" />
    <style nonce="${NONCE}">${DEFAULT_STYLES}</style>
  </head>
  <body>
    <script nonce="${NONCE}">
      window.posted = [];
      window.kept = ${JSON.stringify(state ?? null).replaceAll("<", "\\u003c")};
      window.acquireVsCodeApi = () => ({
        postMessage: (message) => window.posted.push(message),
        getState: () => window.kept,
        setState: (state) => (window.kept = JSON.parse(JSON.stringify(state))),
      });
      window.useTheme = ({ kind, variables }) => {
        const { style } = document.documentElement;
        for (const name of [...style]) style.removeProperty(name);
        for (const [name, value] of Object.entries(variables)) style.setProperty("--vscode-" + name, value);
        document.body.className = kind;
        document.body.dataset.vscodeThemeKind = kind;
      };
      useTheme(${JSON.stringify(THEMES[theme])});
    </script>
    <script nonce="${NONCE}" src="${ORIGIN}/${bundle}.js"></script>
  </body>
</html>`;
}

/** What VS Code itself styles in a webview, as far as it can touch ours. */
const DEFAULT_STYLES = `@layer vscode-default {
  html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
  body { overscroll-behavior-x: none; background-color: transparent; color: var(--vscode-editor-foreground);
    font-family: var(--vscode-font-family); font-weight: var(--vscode-font-weight);
    font-size: var(--vscode-font-size); margin: 0; padding: 0 20px; }
  a, a code { color: var(--vscode-textLink-foreground); }
  code { font-family: var(--vscode-editor-font-family); color: var(--vscode-textPreformat-foreground);
    background-color: var(--vscode-textPreformat-background); padding: 1px 3px; border-radius: 4px; }
  pre code { padding: 0; }
}`;
