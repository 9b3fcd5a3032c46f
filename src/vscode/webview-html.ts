import { randomBytes } from "node:crypto";
import { Uri, type Webview } from "vscode";

/** Where the webviews' scripts and styles lie. */
export function webviewRoot(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, "dist", "webview");
}

/**
 * The page of a webview: nothing but our own script, under a policy that lets nothing else in and nothing out.
 * @param bundle the name of its script below dist/webview
 */
export function webviewHtml(
  webview: Webview,
  extensionUri: Uri,
  bundle: "report" | "inspector" | "calculator",
  title: string,
): string {
  const nonce = randomBytes(16).toString("base64url");
  const address = (file: string) => webview.asWebviewUri(Uri.joinPath(webviewRoot(extensionUri), file)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${escapeHtml(title)}</title>
    <link rel="stylesheet" href="${address(`${bundle}.css`)}" />
  </head>
  <body>
    <script nonce="${nonce}" src="${address(`${bundle}.js`)}"></script>
  </body>
</html>
`;
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (c) => entities[c]);
}
