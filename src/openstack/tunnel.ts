import { once } from "node:events";
import * as http from "node:http";
import * as https from "node:https";
import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import { connect } from "node:tls";
import { UserError } from "../errors";
import { codeOf, type Asked } from "./connection-errors";
import type { HttpProxy, Proxies, Proxy } from "./proxies";
import { httpRefusal, proxyRefused, proxyTimedOut, proxyUnreachable } from "./proxy-errors";
import { HANGS_UP, openSocks } from "./socks";
import type { TlsOptions } from "./tls-options";

/** By which way, and how long it may be silent. */
export interface Way {
  /** Whom the request is for, for messages. */
  readonly asked: Asked;
  readonly tls: TlsOptions;
  readonly proxies: Proxies;
  /** Milliseconds without any sign of life. */
  readonly idle: number;
}

/**
 * How to talk to a proxy itself. Requests with these are made by `new ClientRequest`, not by `request`: VS Code replaces
 * that one by its own, which would send to the proxy through a proxy.
 */
export function toProxy({ url, verify }: HttpProxy): http.ClientRequestArgs & https.RequestOptions {
  const host = hostOf(url);
  const secure = url.protocol === "https:";
  return {
    ...{
      protocol: url.protocol,
      host,
      port: url.port || (secure ? 443 : 80),
      agent: secure ? new https.Agent() : new http.Agent(),
    },
    // else Node takes the name for TLS from the Host header, which is the cloud's
    ...(secure ? { servername: serverName(host), rejectUnauthorized: verify } : {}),
  };
}

export function authorizationFor({ authorization }: HttpProxy): http.OutgoingHttpHeaders {
  return authorization === null ? {} : { "proxy-authorization": authorization.reveal() };
}

/**
 * A connection to a cloud through a proxy: a tunnel (CONNECT, RFC 9110, 9.3.6; or SOCKS), and for https in it TLS with
 * the cloud itself, as without a proxy. One a request; a proxy is not relied on to keep them.
 * @throws UserError when it is the proxy that fails; Node's error when it is TLS with the cloud
 */
export async function openTunnel(proxy: Proxy, url: URL, way: Way, signal: AbortSignal): Promise<Duplex> {
  const { asked, tls, idle } = way;
  const target = hostAndPort(url);
  const host = hostOf(url);
  const socket =
    proxy.kind === "socks"
      ? await openSocks(proxy, { host, port: portOf(url) }, way, signal)
      : await ask(proxy, target, way, signal);
  if (url.protocol === "http:") return socket;
  const secure = connect({ ...tls, socket, host, servername: serverName(host), ALPNProtocols: ["http/1.1"] });
  const silent = (): unknown => secure.destroy(proxyTimedOut(proxy, target, idle / 1000, asked));
  secure.setTimeout(idle).on("timeout", silent);
  try {
    await once(secure, "secureConnect", { signal });
    secure.off("timeout", silent);
    return secure;
  } catch (error) {
    secure.destroy();
    if (proxy.kind !== "socks" || codeOf(error) !== "ECONNRESET") throw error;
    throw proxyRefused(proxy, target, { kind: "no-way", said: HANGS_UP }, asked);
  }
}

function ask(proxy: HttpProxy, target: string, { asked, idle }: Way, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const headers = { host: target, ...authorizationFor(proxy) };
    const options = { ...toProxy(proxy), method: "CONNECT", path: target, headers, signal, timeout: idle };
    const request = new http.ClientRequest(options);
    request.on("connect", ({ statusCode: status = 0 }, socket, head) => {
      if (status >= 200 && status < 300) {
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
      } else {
        socket.destroy();
        reject(proxyRefused(proxy, target, httpRefusal(status), asked));
      }
    });
    request.on("timeout", () => request.destroy(proxyTimedOut(proxy, target, idle / 1000, asked)));
    request.on("error", (error) => reject(proxyFailure(proxy, target, error)));
    request.end();
  });
}

/** What is wrong when there is no talking to the proxy. */
export function proxyFailure(proxy: Proxy, target: string, error: unknown): UserError {
  return error instanceof UserError ? error : proxyUnreachable(proxy, target, codeOf(error), error);
}

/** As CONNECT wants it: `cloud.example:443`. */
export const hostAndPort = (url: URL): string => `${url.hostname}:${portOf(url)}`;

const portOf = ({ port, protocol }: URL): number => Number(port || (protocol === "https:" ? 443 : 80));
const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, "");
const serverName = (host: string): string => (isIP(host) === 0 ? host : "");
