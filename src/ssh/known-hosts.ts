/** The known_hosts format: sshd(8), SSH_KNOWN_HOSTS FILE FORMAT; matching as OpenSSH's client does it. */
import { createHash, createHmac } from "node:crypto";
import { DEFAULT_SSH_PORT } from "./endpoint";
import { matchesPatternList } from "./patterns";

/** One line of a known_hosts file. */
export interface KnownHost {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly marker: "revoked" | "cert-authority" | null;
  /** The first field as it stands: comma-separated patterns, or one hashed name. */
  readonly hosts: string;
  readonly keyType: string;
  /** The public key as SSH sends it. */
  readonly key: Buffer;
}

export type HostKeyLookup =
  | { readonly status: "known"; readonly entry: KnownHost }
  /** No key of the host is known; perhaps an authority for its certificates is. */
  | { readonly status: "unknown"; readonly authority: KnownHost | null }
  /** Keys of the host are known, but not this one. */
  | { readonly status: "changed"; readonly entries: readonly KnownHost[] }
  | { readonly status: "revoked"; readonly entry: KnownHost };

/**
 * Reads a known_hosts file. Comments and lines that are not entries are skipped, as OpenSSH skips them.
 * @param file only to say where an entry stands
 */
export function parseKnownHosts(text: string, file: string): KnownHost[] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    const entry = parseLine(line);
    return entry === null ? [] : [{ file, line: i + 1, ...entry }];
  });
}

function parseLine(line: string): Omit<KnownHost, "file" | "line"> | null {
  const fields = line.trim().split(/[ \t]+/);
  let marker: KnownHost["marker"] = null;
  if (fields[0].startsWith("@")) {
    const name = fields.shift()?.slice(1);
    if (name !== "revoked" && name !== "cert-authority") return null;
    marker = name;
  }
  if (fields.length < 3 || fields[0].startsWith("#")) return null;
  const [hosts, keyType, base64] = fields;
  const key = Buffer.from(base64, "base64");
  return keyTypeOf(key) === keyType ? { marker, hosts, keyType, key } : null;
}

/** What is known of the key with which a host answers on a port. */
export function lookUpHostKey(known: readonly KnownHost[], host: string, port: number, key: Uint8Array): HostKeyLookup {
  const named = known.filter((entry) => isAbout(entry, knownHostsName(host, port)));
  // as OpenSSH does: an entry without a port speaks for every port if it has this very key, or revokes it
  const portless = port === DEFAULT_SSH_PORT ? [] : known.filter((entry) => isAbout(entry, host));
  const same = [...named, ...portless].filter((entry) => entry.key.equals(key));

  const revoked = same.find((entry) => entry.marker === "revoked");
  if (revoked !== undefined) return { status: "revoked", entry: revoked };
  const entry = same.find((e) => e.marker === null);
  if (entry !== undefined) return { status: "known", entry };
  const others = named.filter((e) => e.marker === null);
  if (others.length > 0) return { status: "changed", entries: others };
  const authority = [...named, ...portless].find((e) => e.marker === "cert-authority");
  return { status: "unknown", authority: authority ?? null };
}

/** The types of the keys that are known of a host: the ones to ask it for, so that one that is known can be compared. */
export function knownKeyTypes(known: readonly KnownHost[], host: string, port: number): string[] {
  const names = [knownHostsName(host, port), host];
  const types = known
    .filter((entry) => entry.marker === null && names.some((name) => isAbout(entry, name)))
    .map((entry) => entry.keyType);
  return [...new Set(types)];
}

/** A host as known_hosts names it: `name` on port 22, else `[name]:port`. */
export function knownHostsName(host: string, port: number): string {
  return port === DEFAULT_SSH_PORT ? host : `[${host}]:${port}`;
}

/** The line that makes a host key known. */
export function knownHostsLine(host: string, port: number, key: Buffer): string {
  return `${knownHostsName(host, port)} ${keyTypeOf(key) ?? ""} ${key.toString("base64")}`;
}

/** A key's fingerprint as `ssh-keygen -l` prints it: `SHA256:...`. */
export function fingerprintOf(key: Uint8Array): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}

/** The type that a public key names itself (RFC 4253, 6.6), null if it names none. */
export function keyTypeOf(key: Buffer): string | null {
  if (key.length < 5) return null;
  const end = 4 + key.readUInt32BE(0);
  return end > 4 && end <= key.length ? key.toString("latin1", 4, end) : null;
}

function isAbout(entry: KnownHost, name: string): boolean {
  const wanted = name.toLowerCase();
  if (entry.hosts.startsWith("|")) return matchesHashed(entry.hosts, wanted);
  return matchesPatternList(entry.hosts.toLowerCase().split(","), wanted);
}

/** `|1|salt|hash`: HMAC-SHA1 of the name, keyed by the salt (HashKnownHosts). */
function matchesHashed(hashed: string, name: string): boolean {
  const [, salt, hash] = /^\|1\|([^|]+)\|([^|]+)$/.exec(hashed) ?? [];
  if (!salt) return false;
  const digest = createHmac("sha1", Buffer.from(salt, "base64")).update(name).digest();
  return digest.equals(Buffer.from(hash, "base64"));
}
