import type { MachineSource } from "../model";
import { DEFAULT_SSH_PORT } from "../ssh/endpoint";
import { addressInvalid, logGivesNoSamples } from "./errors";

/** Which machine to ask. */
export type MachineTarget =
  | { readonly kind: "local"; readonly name: string }
  /** What a machine's serial console said. */
  | { readonly kind: "console"; readonly name: string; readonly file: string }
  | {
      readonly kind: "ssh";
      /** What people call it; spread your own over what the address says. */
      readonly name: string;
      /** null: whoever the SSH configuration says, else this account's own name. */
      readonly user: string | null;
      /** A name, an address, or an alias of the SSH configuration. */
      readonly host: string;
      /** null: what the SSH configuration says, else 22. */
      readonly port: number | null;
    };

/** A machine that can be listened to. @throws UserError for the log of a console, which gives no samples */
export function requireStreaming(
  target: MachineTarget,
): asserts target is Exclude<MachineTarget, { readonly kind: "console" }> {
  if (target.kind === "console") throw logGivesNoSamples(target.name);
}

const URL_FORM = /^ssh:\/\/(?:([^@/]*)@)?(\[[^\]]*\]|[^:/@[\]]*)(?::([^/]*))?\/?$/i;
/** A name or an IPv4 address; nothing that a shell, a terminal or an option parser could take for something else. */
const HOST = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u;
const IPV6 = /^\[([0-9a-f:.]+(?:%[\w.-]+)?)\]$/i;
const USER = /^[\p{L}\p{N}_.][\p{L}\p{N}_.\\+-]*\$?$/u;

/**
 * Reads `local`, `console:FILE`, `ssh://user@host`, `ssh://user@host:port`, `ssh://user@[IPv6]:port`; the user and the port may be left out.
 * @throws UserError if the address has another form, or holds a password
 */
export function parseMachineAddress(address: string): MachineTarget {
  const text = address.trim();
  if (text === "") throw addressInvalid("it is empty");
  if (text.toLowerCase() === "local") return { kind: "local", name: "this machine" };
  const [, file] = /^console:(.+)$/is.exec(text) ?? [];
  if (file) return { kind: "console", name: file.replace(/^.*[/\\](?=.)/s, ""), file };
  if (!/^ssh:\/\//i.test(text)) throw addressInvalid("it is neither local nor begins with ssh:// or console:");
  const match = URL_FORM.exec(text);
  if (match === null) throw addressInvalid("more than a user, a host and a port follows ssh://");
  const [, user, bracketed, portText] = match as (string | undefined)[];

  if (user?.includes(":")) throw addressInvalid("it holds a password, which is asked for instead");
  if (user !== undefined && !USER.test(user)) throw addressInvalid("its user name is not one");
  const host = IPV6.exec(bracketed ?? "")?.[1] ?? bracketed ?? "";
  if (host === "") throw addressInvalid("it names no host");
  if (host === bracketed && !HOST.test(host)) throw addressInvalid("its host name is not one");
  const port = portText === undefined ? null : parsePort(portText);
  const name = port === null || port === DEFAULT_SSH_PORT ? host : `${bracketed}:${port}`;
  return { kind: "ssh", name, user: user ?? null, host, port };
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw addressInvalid("its port is not a number from 1 to 65535");
  return port;
}

/** The address of a target, as {@link parseMachineAddress} reads it. */
export function machineAddress(target: MachineTarget): string {
  if (target.kind === "local") return "local";
  if (target.kind === "console") return `console:${target.file}`;
  const host = target.host.includes(":") ? `[${target.host}]` : target.host;
  return `ssh://${target.user === null ? "" : `${target.user}@`}${host}${target.port === null ? "" : `:${target.port}`}`;
}

/** The target as a report names it. */
export function machineSource(target: MachineTarget): MachineSource {
  return { kind: "machine", name: target.name, address: machineAddress(target) };
}
