import { Secret } from "../formats/secret";
import { parseNoProxy } from "./no-proxy";
import { proxyMalformed, proxyUnsupported, type ProxyLabel } from "./proxy-errors";

/** A proxy that takes requests, or tunnels them; or one that takes connections of any kind. */
export type Proxy = HttpProxy | SocksProxy;

export interface HttpProxy extends ProxyLabel {
  readonly kind: "http";
  /** Without a user, a password and a path. */
  readonly url: URL;
  /** What it is to be told in Proxy-Authorization. */
  readonly authorization: Secret | null;
  /** Whether the certificate of an https: proxy is verified. That of the cloud is not its concern. */
  readonly verify: boolean;
}

export interface SocksProxy extends ProxyLabel {
  readonly kind: "socks";
  readonly version: 4 | 5;
  /** Where the names of hosts are looked up: on this computer, or by the proxy. */
  readonly names: "here" | "there";
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  readonly login: { readonly user: string; readonly password: Secret } | null;
}

/** The kinds of SOCKS, as curl calls them. Plain `socks` is version 4 to curl and 5 to VS Code, so it is none. */
const SOCKS: ReadonlyMap<string, Pick<SocksProxy, "version" | "names">> = new Map([
  ["socks4", { version: 4, names: "here" }],
  ["socks4a", { version: 4, names: "there" }],
  ["socks5", { version: 5, names: "here" }],
  ["socks5h", { version: 5, names: "there" }],
]);
/** The port of a SOCKS proxy that names none (IANA). */
const SOCKS_PORT = 1080;

/** Which requests go through a proxy. */
export interface Proxies {
  /**
   * The proxy for an address; null: it is reached directly.
   * @throws UserError when what is named is no proxy that can be used
   */
  readonly proxyFor: (url: URL) => Proxy | null;
  /** The proxy that the program around us may put in, where `proxyFor` names none; null: it does not do such things. */
  readonly host: ProxyLabel | null;
}

/** Every request goes directly. */
export const NO_PROXIES: Proxies = { proxyFor: () => null, host: null };

/** The address of a proxy, and what it comes from. */
export interface NamedAddress {
  readonly namedBy: string;
  readonly address: string;
}

/** Where proxies and their exceptions are named. */
export interface ProxyNames {
  /** For each scheme, the proxy that is named; null: none. */
  readonly proxy: Readonly<Record<"http" | "https", NamedAddress | null>>;
  readonly exceptions: { readonly namedBy: string; readonly list: string };
  /** What every proxy is told in Proxy-Authorization; null: the user and the password of its address, if it has any. */
  readonly authorization: Secret | null;
  readonly verify: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The proxies that names stand for. A name that is not one is told when it is used. */
export function namedProxies({ proxy, exceptions, authorization, verify }: ProxyNames): Proxies {
  const noProxy = parseNoProxy(exceptions.list);
  return {
    host: null,
    proxyFor: (url) => {
      const named = proxy[url.protocol === "https:" ? "https" : "http"];
      if (named === null || noProxy.covers(url)) return null;
      const { address, login } = parseProxy(named);
      const scheme = address.protocol.slice(0, -1);
      const label = { name: address.host, scheme, namedBy: named.namedBy, exceptions: exceptions.namedBy };
      const socks = SOCKS.get(scheme);
      if (socks !== undefined) {
        const [host, port] = [address.hostname.replace(/^\[|\]$/g, ""), Number(address.port || SOCKS_PORT)];
        return { ...label, kind: "socks", ...socks, host, port, login };
      }
      const own = login === null ? null : basic(login);
      return { ...label, kind: "http", url: new URL(address.origin), authorization: authorization ?? own, verify };
    },
  };
}

/**
 * What the environment names, as curl reads it: HTTPS_PROXY or HTTP_PROXY by the scheme that is asked for, else ALL_PROXY;
 * NO_PROXY. Of each, the lower-case spelling first.
 */
export function environmentProxies(env: Environment): Proxies {
  return namedProxies({ ...environmentNames(env), authorization: null, verify: true });
}

/** The names that the environment has. */
export function environmentNames(env: Environment): Pick<ProxyNames, "proxy" | "exceptions"> {
  const of = (scheme: string): NamedAddress | null => variable(env, `${scheme}_PROXY`) ?? variable(env, "ALL_PROXY");
  const exceptions = variable(env, "NO_PROXY");
  return {
    proxy: { http: of("HTTP"), https: of("HTTPS") },
    exceptions: { namedBy: exceptions?.namedBy ?? "NO_PROXY", list: exceptions?.address ?? "" },
  };
}

function variable(env: Environment, name: string): NamedAddress | null {
  const namedBy = [name.toLowerCase(), name].find((spelling) => env[spelling]?.trim());
  return namedBy === undefined ? null : { namedBy, address: env[namedBy] ?? "" };
}

/** Whether it is a SOCKS proxy that is named. */
export function isSocks(named: NamedAddress | null): boolean {
  const scheme = /^(\w+):\/\//.exec(named?.address.trim().toLowerCase() ?? "")?.[1];
  return scheme !== undefined && SOCKS.has(scheme);
}

function parseProxy({ namedBy, address }: NamedAddress): {
  readonly address: URL;
  readonly login: SocksProxy["login"];
} {
  const text = address.trim();
  const full = text.includes("://") ? text : `http://${text}`;
  const url = URL.canParse(full) ? new URL(full) : null;
  if (url === null || url.host === "") throw proxyMalformed(namedBy);
  if (!/^https?:$/.test(url.protocol) && !SOCKS.has(url.protocol.slice(0, -1))) {
    throw proxyUnsupported(namedBy, url.protocol);
  }
  const { username, password } = url;
  if (username === "" && password === "") return { address: url, login: null };
  return { address: url, login: { user: decoded(username), password: new Secret(decoded(password)) } };
}

function basic({ user, password }: NonNullable<SocksProxy["login"]>): Secret {
  return new Secret(`Basic ${Buffer.from(`${user}:${password.reveal()}`).toString("base64")}`);
}

/** A password with a bare % in it is meant as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
