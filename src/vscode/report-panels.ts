import { Disposable, Uri, ViewColumn, window, type WebviewPanel } from "vscode";
import { longTitleOf, type Item } from "./items";
import { REPORT_PANEL } from "./manifest";
import { itemOfPanelState } from "./parse-intent";
import type { ToReportPanel } from "./protocol";
import { reportView } from "./report-view";
import type { Results } from "./results";
import { webviewHtml, webviewRoot } from "./webview-html";

/** The report panels: one an item, kept at what its last run said, restored after a reload. */
export class ReportPanels {
  private readonly panels = new Map<string, WebviewPanel>();

  /** @param receive takes what a webview says */
  constructor(
    private readonly extensionUri: Uri,
    private readonly results: Results,
    private readonly receive: (message: unknown, show: () => void) => void,
  ) {}

  register(): Disposable {
    return Disposable.from(
      window.registerWebviewPanelSerializer(REPORT_PANEL, {
        deserializeWebviewPanel: (panel, state: unknown) => this.restore(panel, itemOfPanelState(state)),
      }),
      this.results.onDidChange((id) => this.renew(id)),
    );
  }

  /** Shows an item's last report, in the panel that it has or a new one; the focus stays where it is. */
  open(id: string, item: Item): void {
    const panel = this.panels.get(id);
    if (panel !== undefined) {
      panel.reveal(undefined, true);
      return;
    }
    const title = `Entropy: ${longTitleOf(item)}`;
    const column = { viewColumn: ViewColumn.Active, preserveFocus: true };
    this.adopt(id, window.createWebviewPanel(REPORT_PANEL, title, column, this.options()));
  }

  private async restore(panel: WebviewPanel, id: string | null): Promise<void> {
    await this.results.ready;
    if (id === null || this.results.state(id).report === null) {
      panel.dispose();
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
    const { report, running, failure } = this.results.state(id);
    if (report !== null && running === null && failure === null) this.show(id);
    if (report === null && running === null) this.panels.get(id)?.dispose();
  }

  private show(id: string): void {
    const { report } = this.results.state(id);
    if (report === null) return;
    const message: ToReportPanel = { type: "show", item: id, view: reportView(report) };
    void this.panels.get(id)?.webview.postMessage(message);
  }
}
