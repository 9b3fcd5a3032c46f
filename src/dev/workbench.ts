import type { Browser, Frame, Locator, Page } from "playwright-core";
import { launchBrowser } from "./browser";
import { provisionVscode, type VscodeRelease } from "./provision-vscode";
import { startVscodeServer, type VscodeServer } from "./vscode-server";

export const themes = {
  dark: "Default Dark Modern",
  light: "Default Light Modern",
  "high-contrast": "Default High Contrast",
} as const;
export type Theme = keyof typeof themes;

export interface WorkbenchOptions {
  /** The VSIX that is installed. */
  readonly vsix: string;
  /** The folder that is opened; absent: an empty window. */
  readonly folder?: string;
  readonly release?: VscodeRelease;
  readonly theme?: Theme;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** CSS pixels. */
  readonly width?: number;
  readonly height?: number;
}

/** A real VS Code with the extension installed, used as a person does: by keyboard and mouse, read by what is seen. */
export class Workbench {
  /** What the browser's console said against a Content Security Policy of ours. */
  readonly policyViolations: string[] = [];

  private constructor(
    private readonly server: VscodeServer,
    private readonly browser: Browser,
    readonly page: Page,
  ) {
    page.on("console", (message) => {
      const text = message.text();
      if (text.includes("Content Security Policy") && message.location().url.includes("webview"))
        this.policyViolations.push(`${message.location().url}: ${text}`);
    });
  }

  static async open(options: WorkbenchOptions): Promise<Workbench> {
    const server = await startVscodeServer(await provisionVscode(options.release ?? "newest"), {
      extensions: [options.vsix],
      settings: { "workbench.colorTheme": themes[options.theme ?? "dark"], ...options.settings },
    });
    let browser: Browser | undefined;
    try {
      browser = await launchBrowser();
      const viewport = { width: options.width ?? 1440, height: options.height ?? 900 };
      const workbench = new Workbench(server, browser, await browser.newPage({ viewport }));
      await workbench.goTo(options.folder);
      return workbench;
    } catch (error) {
      await browser?.close();
      await server.stop();
      throw error;
    }
  }

  /** Ends the browser and the server; what the extension started there ends with it. */
  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
  }

  /** Opens a folder, or an empty window, in place of what is open. */
  async goTo(folder?: string): Promise<void> {
    const address = this.server.address(folder);
    const payload = [
      ["skipWelcome", "true"],
      ["skipReleaseNotes", "true"],
    ];
    address.searchParams.set("payload", JSON.stringify(payload));
    await this.page.goto(address.href);
    await this.ready();
  }

  /** Waits until the workbench takes keys and its extension host has started. */
  async ready(): Promise<void> {
    await this.page.locator(".monaco-workbench .statusbar-item").first().waitFor();
    await this.page.locator(".monaco-workbench .activitybar .action-item").first().waitFor();
  }

  // ------------------------------------------------------------------------------------ palette and picks

  /** Opens the palette and types; gives the labels of the rows that it then shows. */
  async paletteRows(text: string): Promise<string[]> {
    await this.page.keyboard.press("F1");
    const input = this.quickInput.locator("input[type=text]");
    await input.waitFor();
    await input.fill(`>${text}`);
    await this.quickRows.filter({ hasText: text }).first().waitFor();
    return this.quickRows.locator(".label-name").allInnerTexts();
  }

  /** Runs a command by its title in the palette. */
  async runCommand(title: string): Promise<void> {
    await this.paletteRows(title);
    await this.quickRows.filter({ hasText: title }).first().click();
  }

  /** Takes a row of the list that VS Code asks with. */
  async pick(text: string | RegExp): Promise<void> {
    await this.quickRows.filter({ hasText: text }).first().click();
  }

  get quickInput(): Locator {
    return this.page.locator(".quick-input-widget");
  }

  get quickRows(): Locator {
    return this.quickInput.locator(".monaco-list-row");
  }

  // ---------------------------------------------------------------------------------------- native views

  /** Shows the Problems view; gives its rows. */
  async problems(): Promise<Locator> {
    if (!(await this.page.locator(".markers-panel").isVisible()))
      await this.runCommand("Problems: Focus on Problems View");
    await this.page.locator(".markers-panel").waitFor();
    return this.page.locator(".markers-panel .monaco-list-row");
  }

  /** Opens what a row of the Problems view is about. */
  async openProblem(text: string): Promise<void> {
    const row = (await this.problems()).filter({ hasText: text }).first();
    // near the left edge: further right is the link of the rule
    await row.click({ position: { x: 150, y: 10 } });
  }

  /** Shows the extension's side panel; gives the rows of its tree. */
  async sidePanel(): Promise<Locator> {
    const tab = this.page.locator('.activitybar [role=tab][aria-label^="Entropy Check"]');
    if ((await tab.getAttribute("aria-selected")) !== "true") await tab.click();
    const tree = this.page.locator(".sidebar .pane").filter({ hasText: "Sources" }).first();
    await tree.waitFor();
    return tree.locator(".monaco-list-row");
  }

  /** The notifications that are shown. */
  get notifications(): Locator {
    return this.page.locator(".notifications-toasts .notification-list-item");
  }

  /** The editor tabs, by their labels. */
  get tabs(): Locator {
    return this.page.locator(".tabs-container .tab");
  }

  /** The lines that are seen of the editor that is open. */
  get editorLines(): Locator {
    return this.page.locator(".editor-instance .view-lines .view-line");
  }

  // -------------------------------------------------------------------------------------------- webviews

  /** The content of the report panel that is shown. */
  async reportPanel(): Promise<Frame> {
    return this.frameWith("main.report h1");
  }

  /** The content of the side panel's inspector. */
  async inspector(): Promise<Frame> {
    return this.frameWith("main.inspector > *");
  }

  /** VS Code gives webviews' frames no name of ours, so a frame is known by what is in it. */
  private async frameWith(selector: string): Promise<Frame> {
    const patience = Date.now() + 20_000;
    while (Date.now() < patience) {
      for (const frame of this.page.frames()) if (await holds(frame, selector)) return frame;
      await this.page.waitForTimeout(100);
    }
    throw new Error(`No webview with ${selector} appeared.`);
  }
}

async function holds(frame: Frame, selector: string): Promise<boolean> {
  try {
    return (await frame.locator(selector).count()) > 0;
  } catch {
    // the frame went away meanwhile
    return false;
  }
}
