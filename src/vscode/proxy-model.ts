import { Secret } from "../formats/secret";
import {
  environmentNames,
  isSocks,
  namedProxies,
  NO_PROXIES,
  type Environment,
  type NamedAddress,
  type Proxies,
} from "../openstack/proxies";

/** VS Code's settings below `http`, as they stand there. */
export interface ProxySettings {
  readonly proxy: unknown;
  readonly noProxy: unknown;
  readonly proxyAuthorization: unknown;
  readonly proxyStrictSSL: unknown;
  readonly proxySupport: unknown;
}

const HOST = { name: "that VS Code uses", scheme: "http", namedBy: "http.proxy", exceptions: "http.noProxy" };

/**
 * How the extension's requests find their way. VS Code puts proxies into every extension's requests by itself, and knows
 * more of them than we: the system's, scripts that choose, the system's certificates, passwords that it asks for. So it is
 * left to VS Code, except for `http.proxyAuthorization`, which it keeps to its own requests; for SOCKS, of which it does not
 * read all variables and kinds; and where it does not do so at all. Never both: a request through a proxy of ours is made
 * past VS Code.
 * @param patched whether VS Code has put itself into the modules that send requests
 */
export function editorProxies(settings: ProxySettings, env: Environment, patched: boolean): Proxies {
  if (settings.proxySupport === "off") return NO_PROXIES;
  const host = patched ? HOST : null;
  const authorization = text(settings.proxyAuthorization);
  const environment = environmentNames(env);
  const address = text(settings.proxy);
  const own = address === "" ? null : { namedBy: "http.proxy", address };
  const proxy = own === null ? environment.proxy : { http: own, https: own };
  const ours = (named: NamedAddress | null): NamedAddress | null =>
    !patched || authorization !== "" || isSocks(named) ? named : null;
  const list = Array.isArray(settings.noProxy) ? settings.noProxy.map(text).join(",") : "";
  const named = namedProxies({
    proxy: { http: ours(proxy.http), https: ours(proxy.https) },
    // as in VS Code: an exception of the settings takes the place of all the environment's
    exceptions: list === "" ? environment.exceptions : { namedBy: "http.noProxy", list },
    authorization: authorization === "" ? null : new Secret(authorization),
    verify: settings.proxyStrictSSL !== false,
  });
  return { ...named, host };
}

const text = (setting: unknown): string => (typeof setting === "string" ? setting.trim() : "");
