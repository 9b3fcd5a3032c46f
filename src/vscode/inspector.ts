import { Disposable, window, type Uri, type WebviewView, type WebviewViewProvider } from "vscode";
import { idOf, type Item } from "./items";
import { VIEWS } from "./manifest";
import { inspectorView } from "./report-view";
import type { InspectorView, ToInspector } from "./protocol";
import type { Results } from "./results";
import { webviewHtml, webviewRoot } from "./webview-html";

/** The side panel's second half: what is known of the item that is selected in the tree. */
export class Inspector implements WebviewViewProvider {
  private webviewView: WebviewView | null = null;
  private item: Item | null = null;

  /** @param receive takes what the webview says */
  constructor(
    private readonly extensionUri: Uri,
    private readonly results: Results,
    private readonly receive: (message: unknown, show: () => void) => void,
  ) {}

  register(): Disposable {
    return Disposable.from(
      window.registerWebviewViewProvider(VIEWS.inspector, this),
      this.results.onDidChange((id) => {
        if (this.item !== null && id === idOf(this.item)) this.show();
      }),
    );
  }

  /** Shows another item, or nothing. */
  select(item: Item | null): void {
    this.item = item;
    this.show();
  }

  resolveWebviewView(view: WebviewView): void {
    this.webviewView = view;
    view.webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(this.extensionUri)] };
    view.webview.onDidReceiveMessage((message: unknown) => this.receive(message, () => this.show()));
    view.onDidDispose(() => (this.webviewView = null));
    view.webview.html = webviewHtml(view.webview, this.extensionUri, "inspector", "Entropy Check: Inspector");
  }

  private show(): void {
    const view: InspectorView =
      this.item === null ? { type: "nothing-selected" } : inspectorView(this.item, this.results.state(idOf(this.item)));
    const message: ToInspector = { type: "show", view };
    void this.webviewView?.webview.postMessage(message);
  }
}
