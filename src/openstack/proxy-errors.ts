import { UserError } from "../errors";
import { addressRemedy, type Asked } from "./connection-errors";

/** How a proxy is spoken of: which one it is, and where it and its exceptions are named. */
export interface ProxyLabel {
  /** `proxy.example:3128`; never with its password. */
  readonly name: string;
  /** `HTTPS_PROXY` */
  readonly namedBy: string;
  /** `NO_PROXY` */
  readonly exceptions: string;
}

const told = ({ name, namedBy }: ProxyLabel): string => `The proxy ${name} (${namedBy})`;

/** @param target `cloud.example:5000`, which it was to connect to */
export function proxyRefused(proxy: ProxyLabel, target: string, status: number, asked: Asked): UserError {
  if (status === 407) {
    return new UserError(
      "openstack-proxy-login",
      `${told(proxy)} wants a login, or refuses the one that it is given (407).`,
      `Write its user and password into ${proxy.namedBy}: http://USER:PASSWORD@HOST:PORT, special characters as %XX.`,
    );
  }
  return status >= 500
    ? new UserError(
        "openstack-proxy-no-way",
        `${told(proxy)} cannot reach ${target} (${status}).`,
        `${addressRemedy(asked)}. ${without(proxy, target)}`,
      )
    : new UserError(
        "openstack-proxy-refused",
        `${told(proxy)} refuses to connect to ${target} (${status}).`,
        `Ask those who run it to allow ${target}. ${without(proxy, target)}`,
      );
}

/** @param code the system's code, `ECONNREFUSED` */
export function proxyUnreachable(proxy: ProxyLabel, target: string, code: string, cause?: unknown): UserError {
  return new UserError(
    "openstack-proxy-unreachable",
    `${told(proxy)} cannot be reached, or is no HTTP proxy (${code}).`,
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

/** @param namedBy the variable or setting; what it holds may be a password */
export function proxyMalformed(namedBy: string): UserError {
  return new UserError(
    "openstack-proxy-malformed",
    `What ${namedBy} holds is not the address of a proxy.`,
    `Write it as http://HOST:PORT, or http://USER:PASSWORD@HOST:PORT with special characters as %XX.`,
  );
}

/** @param scheme `socks5:` */
export function proxyUnsupported(namedBy: string, scheme: string): UserError {
  return new UserError(
    "openstack-proxy-unsupported",
    `${namedBy} names a proxy of the kind ${scheme.replace(/:$/, "")}, and clouds are reached through HTTP proxies alone.`,
    `Name an HTTP proxy: http://HOST:PORT. ssh -L or a program like privoxy makes one of a SOCKS proxy.`,
  );
}

function without({ exceptions }: ProxyLabel, target: string): string {
  return `If the cloud is reached without a proxy, add ${target.replace(/:\d+$/, "")} to ${exceptions}.`;
}
