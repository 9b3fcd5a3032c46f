import * as http from "node:http";
import * as https from "node:https";
import { timedOut } from "./connection-errors";
import type { Proxies } from "./proxies";
import { authorizationFor, hostAndPort, openTunnel, proxyFailure, toProxy, type Way } from "./tunnel";

/** A request as it goes out. */
export interface Outgoing {
  readonly method: string;
  readonly headers: http.OutgoingHttpHeaders;
  readonly body: string | undefined;
}

/**
 * Sends a request and waits for the head of its answer: directly, or through the proxy that is named for the address:
 * in a tunnel, or, http: to an HTTP proxy, with the whole address as path (RFC 9112, 3.2.2).
 */
export async function send(url: URL, out: Outgoing, way: Way, signal: AbortSignal): Promise<http.IncomingMessage> {
  const { asked, tls, proxies, idle } = way;
  const silence = (): Error => timedOut(asked, idle / 1000);
  const proxy = proxies.proxyFor(url);
  const options = { method: out.method, headers: out.headers, signal, timeout: idle };
  if (proxy === null) {
    const direct = { ...options, ...tls, ...connection(out.method, proxies) };
    return answerOf((url.protocol === "https:" ? https : http).request(url, direct), out.body, silence);
  }
  const headers = { ...out.headers, host: url.host };
  const path = url.pathname + url.search;
  if (url.protocol === "https:" || proxy.kind === "socks") {
    const socket = await openTunnel(proxy, url, way, signal);
    const inside = { ...options, headers, path, createConnection: () => socket };
    return answerOf(new http.ClientRequest(inside), out.body, silence);
  }
  const forwarded = { ...headers, ...authorizationFor(proxy) };
  const whole = { ...options, ...toProxy(proxy), headers: forwarded, path: url.origin + path };
  return answerOf(new http.ClientRequest(whole), out.body, silence).catch((error: unknown) => {
    throw proxyFailure(proxy, hostAndPort(url), error);
  });
}

/**
 * A POST is not sent twice, so it must not meet an idle connection that the other side is closing. VS Code puts its
 * proxies in only where no agent is given, so in it no connection is kept at all.
 */
function connection(method: string, { host }: Proxies): Pick<https.RequestOptions, "agent" | "headers"> {
  return host === null && method === "POST" ? { agent: false } : {};
}

function answerOf(
  request: http.ClientRequest,
  body: string | undefined,
  silence: () => Error,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.on("response", resolve).on("error", reject);
    request.on("timeout", () => request.destroy(silence()));
    request.end(body);
  });
}
