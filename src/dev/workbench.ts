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
  /** What the browser's console said of broken Content Security Policies. */
  readonly policyViolations: string[] = [];

  private constructor(
    private readonly server: VscodeServer,
    private readonly browser: Browser,
    readonly page: Page,
  ) {
    page.on("console", (message) => {
      if (message.text().includes("violates the following Content Security Policy"))
        this.policyViolations.push(message.text());
    });
  }

  static async open(options: WorkbenchOptions): Promise<Workbench> {
    const server = await startVscodeServer(await provisionVscode(options.release ?? "newest"), {
      extensions: [options.vsix],
      settings: {
        "workbench.colorTheme": themes[options.theme ?? "dark"],
        // a hover covers what is below it
        "workbench.hover.delay": 60_000,
        ...options.settings,
      },
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

  /** The HOME of the extension host. */
  get home(): string {
    return this.server.home;
  }

  /** Opens a folder, or an empty window, in place of what is open. */
  async goTo(folder?: string): Promise<void> {
    await this.page.goto(this.server.address(folder).href);
    await this.ready();
  }

  /** Waits until the workbench shows what the extension contributes; its commands are in the palette then, too. */
  async ready(): Promise<void> {
    await this.activityBarItem.waitFor();
  }

  private get activityBarItem(): Locator {
    return this.page.locator('.activitybar [role=tab]:has(.action-label[aria-label="Entropy Check"])');
  }

  // ------------------------------------------------------------------------------------ palette and picks

  /**
   * Opens the palette and types; gives the labels of the rows that it then shows.
   *
   * Tries again, because whatever takes the focus meanwhile, such as an editor that is still opening, closes the palette.
   */
  async paletteRows(text: string): Promise<string[]> {
    const timeout = 8000;
    for (let tries = 1; ; tries++)
      try {
        await this.page.keyboard.press("F1");
        const input = this.quickInput.locator("input[type=text]");
        await input.waitFor({ timeout });
        await input.fill(`>${text}`, { timeout });
        await this.quickRows.filter({ hasText: text }).first().waitFor({ timeout });
        return await this.quickRows.locator(".label-name").allInnerTexts();
      } catch (error) {
        if (tries === 3) throw error;
      }
  }

  async closePalette(): Promise<void> {
    await this.page.keyboard.press("Escape");
    await this.quickInput.waitFor({ state: "hidden" });
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

  /** Answers a question that is typed; without a text, what stands there is confirmed. */
  async answer(question: RegExp, text?: string): Promise<void> {
    await this.quickInput.getByText(question).waitFor();
    const input = this.quickInput.locator("input:is([type=text], [type=password])");
    if (text !== undefined) await input.fill(text);
    await input.press("Enter");
  }

  /**
   * Answers VS Code's own file dialog.
   *
   * Tries again, because the dialog takes no answer, and says nothing, while it lists a folder.
   * @param path of a file, or of a folder with a slash at its end
   */
  async enterPath(path: string): Promise<void> {
    const input = this.quickInput.locator("input[type=text]");
    // until the dialog has listed the folder that it begins with, it replaces what is typed
    await this.quickRows.filter({ hasText: /^\.\.$/ }).waitFor();
    const title = await this.quickInput.locator(".quick-input-title").innerText();
    const dialog = this.quickInput.filter({ has: this.page.locator(".quick-input-title").getByText(title) });
    for (let tries = 1; ; tries++)
      try {
        await input.fill(path, { timeout: 5000 });
        await input.press("Enter", { timeout: 5000 });
        await dialog.waitFor({ state: "hidden", timeout: 5000 });
        return;
      } catch (error) {
        if (!(await dialog.isVisible())) return;
        if (tries === 6) throw error;
      }
  }

  get quickInput(): Locator {
    return this.page.locator(".quick-input-widget");
  }

  get quickRows(): Locator {
    return this.quickInput.locator(".monaco-list-row");
  }

  // ---------------------------------------------------------------------------------------- native views

  /**
   * Shows the Problems view, filtered by a text; gives the rows that are left, the first of which is there: the view draws
   * the others a few at a time. Those beyond the view's height are not drawn.
   */
  async problems(filter: string): Promise<Locator> {
    const view = this.page.locator(".markers-panel-container");
    if (!(await view.isVisible())) await this.runCommand("Problems: Focus on Problems View");
    const input = this.page.locator(".viewpane-filter-container input");
    await input.fill(filter);
    const rows = this.page.locator(".markers-panel .monaco-list-row:has(.marker-icon)").filter({ hasText: filter });
    await rows.first().waitFor();
    return rows;
  }

  /** Shows or hides the panel that the Problems view is in. */
  async togglePanel(): Promise<void> {
    await this.page.keyboard.press("Control+j");
  }

  /** Opens what a row of the Problems view is about. */
  async openProblem(filter: string): Promise<void> {
    // near the left edge: further right is the link of the rule
    await (await this.problems(filter)).first().click({ position: { x: 150, y: 10 } });
  }

  /** Opens the text of a problem's rule, by the link in its row. */
  async openRuleOf(filter: string): Promise<void> {
    await (await this.problems(filter)).first().locator("a.monaco-link").click();
  }

  /**
   * Shows the extension's side panel; gives the rows of its tree.
   *
   * Tries again, because a click hides a panel that has opened by itself meanwhile.
   */
  async sidePanel(): Promise<Locator> {
    const tree = this.page.locator(".sidebar .pane").filter({ hasText: "Sources" }).first();
    for (let tries = 1; ; tries++)
      try {
        if ((await this.activityBarItem.getAttribute("aria-selected")) !== "true") await this.activityBarItem.click();
        await tree.waitFor({ timeout: 8000 });
        return tree.locator(".monaco-list-row");
      } catch (error) {
        if (tries === 3) throw error;
      }
  }

  /** The colour behind the side panel's views. */
  async sideBarColor(): Promise<string> {
    return this.page.evaluate<string>("getComputedStyle(document.querySelector('.sidebar')).backgroundColor");
  }

  /**
   * Opens what the first row of the Problems view is about, and takes one of its quick fixes.
   *
   * Tries again, because VS Code has none for a text that is being read anew.
   * @returns what the menu called it
   */
  async quickFix(filter: string, fix: string): Promise<string> {
    const entry = this.page.locator(".monaco-menu .action-item").filter({ hasText: fix }).first();
    for (let tries = 1; ; tries++)
      try {
        await this.openProblem(filter);
        await this.page.keyboard.press("Control+.");
        await entry.waitFor({ timeout: 8000 });
        const name = (await entry.innerText()).replaceAll("\u00a0", " ");
        await this.clickEntry(entry);
        return name;
      } catch (error) {
        if (tries === 3) throw error;
        await this.page.keyboard.press("Escape");
      }
  }

  /** The question that has to be answered before anything else goes on. */
  get dialog(): Locator {
    return this.page.locator(".monaco-dialog-box");
  }

  /** The notifications that are shown. */
  get notifications(): Locator {
    return this.page.locator(".notifications-toasts .notification-list-item");
  }

  /** The editor tabs, by their labels. */
  get tabs(): Locator {
    return this.page.locator(".tabs-container .tab");
  }

  /** The text of the line that the cursor is on, in the editor that is open. */
  async selectedLine(): Promise<string> {
    const cursor = await this.page.locator(".editor-instance .cursors-layer .cursor").first().boundingBox();
    if (cursor === null) throw new Error("No editor has a cursor.");
    for (const line of await this.page.locator(".editor-instance .view-lines .view-line").all()) {
      const box = await line.boundingBox();
      if (box !== null && Math.abs(box.y - cursor.y) < 2) return (await line.innerText()).replaceAll("\u00a0", " ");
    }
    throw new Error("The cursor is on no line that is seen.");
  }

  /** A row of the explorer, by its name. */
  explorerRow(name: string): Locator {
    return this.page.locator(".explorer-folders-view .monaco-list-row").filter({ hasText: name }).first();
  }

  /** Takes an entry of something's context menu. */
  async contextMenu(of: Locator, entry: string): Promise<void> {
    await of.click({ button: "right" });
    const item = this.page.locator(".monaco-menu .action-item").filter({ hasText: entry }).first();
    await item.waitFor();
    await this.clickEntry(item);
  }

  /** Clicks until the menu takes it: right after it has opened, a click counts as the end of that which opened it. */
  private async clickEntry(entry: Locator): Promise<void> {
    for (let tries = 1; ; tries++)
      try {
        await this.page.waitForTimeout(300);
        await entry.click({ timeout: 5000 });
        await entry.waitFor({ state: "hidden", timeout: 5000 });
        return;
      } catch (error) {
        if (!(await entry.isVisible())) return;
        if (tries === 4) throw error;
      }
  }

  // -------------------------------------------------------------------------------------------- webviews

  /** The demo's README, with which its folder opens. */
  async demoReadme(): Promise<Frame> {
    return this.frameWith("h1:has-text('Entropy Check: the demo')");
  }

  /** The content of the report panel that is shown. */
  async reportPanel(patience?: number): Promise<Frame> {
    return this.frameWith("main.report h1", patience);
  }

  /** The content of the side panel's inspector. */
  async inspector(): Promise<Frame> {
    return this.frameWith("main.inspector > *");
  }

  /**
   * A webview, known by what is in it, since VS Code gives their frames no name of ours.
   * @param patience milliseconds
   */
  async frameWith(selector: string, patience = 20_000): Promise<Frame> {
    const end = Date.now() + patience;
    while (Date.now() < end) {
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
