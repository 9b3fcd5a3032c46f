import { Secret } from "../formats/secret";
import { parseNoProxy } from "./no-proxy";
import { proxyMalformed, proxyUnsupported, type ProxyLabel } from "./proxy-errors";

/** A proxy that takes requests, or tunnels them. */
export interface Proxy extends ProxyLabel {
  /** Without a user, a password and a path. */
  readonly url: URL;
  /** What it is to be told in Proxy-Authorization. */
  readonly authorization: Secret | null;
  /** Whether the certificate of an https: proxy is verified. That of the cloud is not its concern. */
  readonly verify: boolean;
}

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
      const { origin, login } = parseProxy(named);
      return {
        ...{ name: origin.host, namedBy: named.namedBy, exceptions: exceptions.namedBy },
        ...{ url: origin, authorization: authorization ?? login, verify },
      };
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

function parseProxy({ namedBy, address }: NamedAddress): { readonly origin: URL; readonly login: Secret | null } {
  const text = address.trim();
  const full = text.includes("://") ? text : `http://${text}`;
  const url = URL.canParse(full) ? new URL(full) : null;
  if (url === null || url.host === "") throw proxyMalformed(namedBy);
  if (url.protocol !== "http:" && url.protocol !== "https:") throw proxyUnsupported(namedBy, url.protocol);
  const { username, password } = url;
  const login =
    username === "" && password === ""
      ? null
      : new Secret(`Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString("base64")}`);
  return { origin: new URL(url.origin), login };
}

/** A password with a bare % in it is meant as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
