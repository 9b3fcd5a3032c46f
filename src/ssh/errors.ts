import { UserError } from "../errors";
import { excerpt } from "./excerpt";
import { knownHostsName, type KnownHost } from "./known-hosts";
import { keyPlace, type SshEndpoint } from "./endpoint";

const at = ({ host, port }: SshEndpoint): string => `${host} port ${port}`;
const place = ({ file, line }: KnownHost): string => `line ${line} of ${file}`;

/** @param detail the system's code, `EHOSTUNREACH` */
export function hostUnreachable(endpoint: SshEndpoint, detail: string): UserError {
  return new UserError(
    "ssh-unreachable",
    `${at(endpoint)} cannot be reached (${detail}).`,
    "Check that the machine is up, that its address is right, and that routes, security groups and firewalls let SSH through.",
  );
}

export function connectionRefused(endpoint: SshEndpoint): UserError {
  return new UserError(
    "ssh-refused",
    `${at(endpoint)} refuses connections.`,
    "Check that the SSH server runs on the machine and listens on this port.",
  );
}

export function hostNotFound(endpoint: SshEndpoint): UserError {
  return new UserError(
    "ssh-host-not-found",
    `The host name ${endpoint.host} is not known.`,
    "Check its spelling and the name server, or use the machine's IP address.",
  );
}

/** @param seconds how long there was no answer */
export function connectionTimedOut(endpoint: SshEndpoint, seconds: number): UserError {
  return new UserError(
    "ssh-timeout",
    `${at(endpoint)} did not answer for ${seconds} seconds.`,
    "Check that the machine is up and that no firewall drops the connection, then try again.",
  );
}

/** @param detail what the SSH library says went wrong */
export function handshakeFailed(endpoint: SshEndpoint, detail: string): UserError {
  return new UserError(
    "ssh-handshake",
    `${at(endpoint)} and this program could not agree on an SSH connection (${excerpt(detail)}).`,
    'Check that an SSH server listens on this port; "ssh -v" to the same address shows what it offers.',
  );
}

/** @param detail what is known of the reason */
export function connectionLost(endpoint: SshEndpoint, detail: string): UserError {
  return new UserError(
    "ssh-disconnected",
    `The connection to ${at(endpoint)} was lost (${excerpt(detail)}).`,
    "Check that the machine still runs and that the network is steady, then try again.",
  );
}

/** @param tried what was tried, in order, for people @param offered the methods that the server accepts */
export function authenticationFailed(
  endpoint: SshEndpoint,
  tried: readonly string[],
  offered: readonly string[],
): UserError {
  return new UserError(
    "ssh-authentication",
    `${at(endpoint)} does not let ${endpoint.user} in. Tried: ${tried.join(", ") || "nothing"}; ` +
      `the server accepts: ${excerpt(offered.join(", ")) || "unknown"}.`,
    "Check the user name, add the right key to the SSH agent (ssh-add) or to ~/.ssh, and see that its public half is " +
      "in the account's authorized_keys.",
  );
}

/** @param detail why the server would not start a command */
export function commandRefused(endpoint: SshEndpoint, detail: string): UserError {
  return new UserError(
    "ssh-command-refused",
    `${at(endpoint)} does not run commands for ${endpoint.user} (${excerpt(detail)}).`,
    "Use an account that may run commands over SSH.",
  );
}

export function hostKeyUnknown(
  endpoint: SshEndpoint,
  keyType: string,
  fingerprint: string,
  authority: KnownHost | null,
): UserError {
  const known =
    authority === null
      ? "No known_hosts file has a key of it."
      : `Only a certificate authority is known for it (${place(authority)}), and host certificates are not supported.`;
  return new UserError(
    "ssh-host-key-unknown",
    `The host key of ${at(endpoint)} is not known: ${keyType} ${fingerprint}. ${known}`,
    "Compare the fingerprint with the machine's own (console log, or ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub on " +
      "it). If it is the same, connect once with ssh and accept it there.",
  );
}

/** @param known the entries of the host, none of which has this key; at least one */
export function hostKeyChanged(
  endpoint: SshEndpoint,
  keyType: string,
  fingerprint: string,
  known: readonly (KnownHost & { readonly fingerprint: string })[],
): UserError {
  const name = keyPlace(endpoint);
  const expected = known.map((entry) => `${entry.keyType} ${entry.fingerprint} (${place(entry)})`).join(", ");
  return new UserError(
    "ssh-host-key-changed",
    `The host key of ${at(endpoint)} has changed: it is ${keyType} ${fingerprint}, known is ${expected}. ` +
      "Somebody may be listening in.",
    "If the machine was rebuilt, compare the new fingerprint with the machine's own, then remove the old one: " +
      `ssh-keygen -R '${knownHostsName(name.host, name.port)}'.`,
  );
}

export function hostKeyRevoked(
  endpoint: SshEndpoint,
  keyType: string,
  fingerprint: string,
  entry: KnownHost,
): UserError {
  return new UserError(
    "ssh-host-key-revoked",
    `The host key of ${at(endpoint)} is revoked: ${keyType} ${fingerprint}, by ${place(entry)}.`,
    "Do not connect. Ask whoever runs the machine for its new host key.",
  );
}

/** @param reason the system's code, `EACCES` */
export function knownHostsUnreadable(file: string, reason: string): UserError {
  return new UserError(
    "ssh-known-hosts-unreadable",
    `${file} cannot be read (${reason}), so host keys cannot be verified.`,
    "Check that it is a file and that you may read it.",
  );
}

/** @param reason the system's code, `EACCES` */
export function knownHostsUnwritable(file: string, reason: string): UserError {
  return new UserError(
    "ssh-known-hosts-unwritable",
    `The accepted host key could not be written to ${file} (${reason}).`,
    "Check that you may write the file, then try again.",
  );
}

/** @param line 1-based @param what what is wrong with it */
export function sshConfigInvalid(file: string, line: number, what: string): UserError {
  return new UserError(
    "ssh-config-invalid",
    `Line ${line} of ${file} cannot be followed: ${excerpt(what)}.`,
    'Mend that line; "ssh -G" with the host\'s name shows what OpenSSH makes of the file.',
  );
}

/** @param what the value that says nothing */
export function sshConfigUnusable(host: string, what: string): UserError {
  return new UserError(
    "ssh-config-unusable",
    `The SSH configuration of ${excerpt(host)} cannot be followed: ${excerpt(what)}.`,
    `Mend it; "ssh -G" with the host's name shows what OpenSSH makes of it.`,
  );
}

/** @param reason the system's code, `EACCES` */
export function sshConfigUnreadable(file: string, reason: string): UserError {
  return new UserError(
    "ssh-config-unreadable",
    `${file} cannot be read (${reason}), so how to reach the machine is not known.`,
    "Check that it is a file and that you may read it.",
  );
}

export function sshConfigPermissions(file: string): UserError {
  return new UserError(
    "ssh-config-permissions",
    `${file} may be written by others, so it is not followed.`,
    `Make it yours alone, as OpenSSH asks too: chmod go-w '${file}', and see that you or root own it.`,
  );
}

/** @param chain the hosts, each reached through the next */
export function jumpsWithoutEnd(chain: readonly string[]): UserError {
  return new UserError(
    "ssh-jump-loop",
    `ProxyJump leads nowhere: ${excerpt(chain.join(" through "))}, and so on.`,
    "Give the jump host a section of its own in the SSH configuration, with ProxyJump none, before the section for all hosts.",
  );
}

/** @param detail what the jump host says */
export function jumpRefused(jump: SshEndpoint, target: SshEndpoint, detail: string): UserError {
  return new UserError(
    "ssh-jump-refused",
    `The jump host ${at(jump)} does not lead to ${at(target)} (${excerpt(detail)}).`,
    "Check that the target is up and reachable from the jump host, and that its server allows TCP forwarding.",
  );
}

/** @param command as the configuration has it */
export function proxyCommandNotAllowed(target: SshEndpoint, command: string): UserError {
  return new UserError(
    "ssh-proxy-command",
    `${at(target)} is reached through a program that the SSH configuration names, and nobody has allowed to run it: ` +
      `${excerpt(command)}.`,
    "Allow it if you know the program, or use ProxyJump in its place, which needs no program.",
  );
}

/** @param how it ended @param said on its standard error */
export function proxyCommandEnded(target: SshEndpoint, command: string, how: string, said: string): UserError {
  const words = excerpt(said);
  return new UserError(
    PROXY_COMMAND_ENDED,
    `The program through which ${at(target)} is reached ${how}${words === "" ? "" : `, saying "${words}"`}: ${excerpt(command)}.`,
    "Run it in a terminal to see why; then mend ProxyCommand in the SSH configuration, or use ProxyJump in its place.",
  );
}

export const PROXY_COMMAND_ENDED = "ssh-proxy-command-ended";
