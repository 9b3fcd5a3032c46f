import { UserError } from "../errors";
import { addressRemedy, type Asked } from "./connection-errors";

/** How a proxy is spoken of: which one it is, and where it and its exceptions are named. */
export interface ProxyLabel {
  /** `proxy.example:3128`; never with its password. */
  readonly name: string;
  /** How its address begins: `http`, `socks5h`. */
  readonly scheme: string;
  /** `HTTPS_PROXY` */
  readonly namedBy: string;
  /** `NO_PROXY` */
  readonly exceptions: string;
}

/** Why a proxy does not connect. */
export interface ProxyRefusal {
  readonly kind: "login" | "refused" | "no-way";
  /** Its own reason: `407`, `the host is unreachable`. */
  readonly said: string;
}

const told = ({ name, namedBy }: ProxyLabel): string => `The proxy ${name} (${namedBy})`;
const kindOf = ({ scheme }: ProxyLabel): string => (scheme.startsWith("socks") ? "SOCKS" : "HTTP");

/** What a status of HTTP means that a proxy gives in the place of the cloud. */
export function httpRefusal(status: number): ProxyRefusal {
  return { kind: status === 407 ? "login" : status >= 500 ? "no-way" : "refused", said: String(status) };
}

/** @param target `cloud.example:5000`, which it was to connect to */
export function proxyRefused(proxy: ProxyLabel, target: string, { kind, said }: ProxyRefusal, asked: Asked): UserError {
  switch (kind) {
    case "login":
      return new UserError(
        "openstack-proxy-login",
        `${told(proxy)} wants a login, or refuses the one that it is given (${said}).`,
        `Write its user and password into ${proxy.namedBy}: ${proxy.scheme}://USER:PASSWORD@HOST:PORT, special characters ` +
          "as %XX.",
      );
    case "no-way":
      return new UserError(
        "openstack-proxy-no-way",
        `${told(proxy)} cannot reach ${target} (${said}).`,
        `${addressRemedy(asked)}. ${without(proxy, target)}`,
      );
    case "refused":
      return new UserError(
        "openstack-proxy-refused",
        `${told(proxy)} refuses to connect to ${target} (${said}).`,
        `Ask those who run it to allow ${target}. ${without(proxy, target)}`,
      );
  }
}

/** @param code the system's code, `ECONNREFUSED`, or what else is wrong */
export function proxyUnreachable(proxy: ProxyLabel, target: string, code: string, cause?: unknown): UserError {
  return new UserError(
    "openstack-proxy-unreachable",
    `${told(proxy)} cannot be reached, or is no ${kindOf(proxy)} proxy (${code}).`,
    `Correct ${proxy.namedBy}. ${without(proxy, target)}`,
    { cause },
  );
}

export function proxyTimedOut(proxy: ProxyLabel, target: string, seconds: number, asked: Asked): UserError {
  return new UserError(
    "openstack-proxy-timeout",
    `${told(proxy)} did not connect to ${target} within ${seconds} s.`,
    `Check ${proxy.namedBy}. ${addressRemedy(asked)}. ${without(proxy, target)}`,
  );
}

/** A name that the kind of the proxy has this computer look up. @param code the system's code, `ENOTFOUND` */
export function nameUnknownHere(proxy: ProxyLabel, host: string, code: string, cause: unknown): UserError {
  const kind = proxy.scheme === "socks4" ? "socks4a" : "socks5h";
  return new UserError(
    "openstack-proxy-name-unknown",
    `The host name ${host} is unknown on this computer (${code}), and ${proxy.scheme} has it looked up here.`,
    `If the proxy knows it, begin the address in ${proxy.namedBy} with ${kind}://: then the proxy looks it up.`,
    { cause },
  );
}

/** @param namedBy the variable or setting; what it holds may be a password */
export function proxyMalformed(namedBy: string): UserError {
  return new UserError(
    "openstack-proxy-malformed",
    `What ${namedBy} holds is not the address of a proxy.`,
    `Write it as http://HOST:PORT, or http://USER:PASSWORD@HOST:PORT with special characters as %XX; or as ${SOCKS}`,
  );
}

/** @param scheme `ftp:` */
export function proxyUnsupported(namedBy: string, scheme: string): UserError {
  return new UserError(
    "openstack-proxy-unsupported",
    `${namedBy} names a proxy of the kind ${scheme.replace(/:$/, "")}, which is none of those that can be used.`,
    `Name an HTTP proxy, http://HOST:PORT, or ${SOCKS}`,
  );
}

const SOCKS =
  "a SOCKS proxy, socks5h://HOST:PORT (socks5 and socks4 have names looked up on this computer, socks5h and socks4a by the " +
  "proxy).";

function without({ exceptions }: ProxyLabel, target: string): string {
  return `If the cloud is reached without a proxy, add ${target.replace(/:\d+$/, "")} to ${exceptions}.`;
}
