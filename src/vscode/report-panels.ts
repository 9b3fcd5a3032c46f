import { Disposable, Uri, ViewColumn, window, type WebviewPanel, type WebviewPanelSerializer } from "vscode";
import { longTitleOf, type Item } from "./items";
import { REPORT_PANEL } from "./manifest";
import { itemOfPanelState } from "./parse-intent";
import type { PanelPart, ToReportPanel } from "./protocol";
import { panelView } from "./report-view";
import type { Results } from "./results";
import { webviewHtml, webviewRoot } from "./webview-html";

/** The report panels: one an item, kept at what its last run said, restored after a reload. */
export class ReportPanels implements WebviewPanelSerializer {
  private readonly panels = new Map<string, WebviewPanel>();
  /** Where a panel is to be read, once it is shown. */
  private readonly parts = new Map<string, PanelPart>();

  /** @param receive takes what a webview says */
  constructor(
    private readonly extensionUri: Uri,
    private readonly results: Results,
    private readonly receive: (message: unknown, show: () => void) => void,
  ) {}

  register(): Disposable {
    return Disposable.from(
      window.registerWebviewPanelSerializer(REPORT_PANEL, this),
      this.results.onDidChange((id) => this.renew(id)),
    );
  }

  /**
   * Shows an item's last report, in the panel that it has or a new one; the focus stays where it is.
   * @param part where it is to be read; null: at the top, or where the reader was
   */
  open(id: string, item: Item, part: PanelPart | null = null): void {
    if (part !== null) this.parts.set(id, part);
    const panel = this.panels.get(id);
    if (panel !== undefined) {
      panel.reveal(undefined, true);
      if (part !== null) this.show(id);
      return;
    }
    const title = `Entropy: ${longTitleOf(item)}`;
    const column = { viewColumn: ViewColumn.Active, preserveFocus: true };
    this.adopt(id, window.createWebviewPanel(REPORT_PANEL, title, column, this.options()));
  }

  /** A tab of an earlier window, when it is first looked at: by then its item may have a panel of this window. */
  async deserializeWebviewPanel(panel: WebviewPanel, state: unknown): Promise<void> {
    await this.results.ready;
    const id = itemOfPanelState(state);
    const present = id === null ? undefined : this.panels.get(id);
    if (id === null || present !== undefined || panelView(this.results.state(id)) === null) {
      panel.dispose();
      present?.reveal();
      return;
    }
    panel.webview.options = this.options();
    this.adopt(id, panel);
  }

  private adopt(id: string, panel: WebviewPanel): void {
    this.panels.set(id, panel);
    panel.onDidDispose(() => this.panels.delete(id));
    panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message, () => this.show(id)));
    panel.iconPath = Uri.joinPath(this.extensionUri, "media", "icon.png");
    panel.webview.html = webviewHtml(panel.webview, this.extensionUri, "report", panel.title);
  }

  private options() {
    return { enableScripts: true, localResourceRoots: [webviewRoot(this.extensionUri)] };
  }

  private renew(id: string): void {
    const state = this.results.state(id);
    if (state.running !== null) return;
    if (panelView(state) === null) this.panels.get(id)?.dispose();
    else if (state.failure === null) this.show(id);
  }

  private show(id: string): void {
    const panel = panelView(this.results.state(id));
    if (panel === null) return;
    const message: ToReportPanel = { type: "show", item: id, panel, at: this.parts.get(id) ?? null };
    this.parts.delete(id);
    void this.panels.get(id)?.webview.postMessage(message);
  }
}
