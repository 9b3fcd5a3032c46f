import * as http from "node:http";
import { workspace } from "vscode";
import type { Proxies } from "../openstack/proxies";

/** How requests find their way by the settings and the environment of this moment. */
export async function currentProxies(): Promise<Proxies> {
  const { editorProxies } = await import("./proxy-model");
  const settings = workspace.getConfiguration("http");
  const setting = (key: string): unknown => settings.get<unknown>(key);
  return editorProxies(
    {
      proxy: setting("proxy"),
      noProxy: setting("noProxy"),
      proxyAuthorization: setting("proxyAuthorization"),
      proxyStrictSSL: setting("proxyStrictSSL"),
      proxySupport: setting("proxySupport"),
    },
    process.env,
    // VS Code keeps what it has replaced under this name (seen from 1.100 to 1.139)
    "__vscodeOriginal" in http,
  );
}
