/** Whether a server is the one it says it is. Host keys are always verified; there is no way to switch it off. */
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { UserError } from "../errors";
import { keyPlace, type SshEndpoint } from "./endpoint";
import { hostKeyChanged, hostKeyRevoked, hostKeyUnknown, knownHostsUnreadable, knownHostsUnwritable } from "./errors";
import {
  fingerprintOf,
  keyTypeOf,
  knownHostsLine,
  knownKeyTypes,
  lookUpHostKey,
  parseKnownHosts,
  type KnownHost,
} from "./known-hosts";

/** What is trusted, and who may be asked to trust more. */
export interface HostKeyServices {
  /** Files that need not exist; a key that is accepted at first contact is appended to the first. */
  readonly knownHostsFiles: readonly string[];
  /** Asks a person whether an unknown host key is the right one; null where there is nobody to ask. */
  readonly confirmHostKey: ((question: HostKeyQuestion) => Promise<boolean>) | null;
}

export interface HostKeyQuestion {
  /** As known_hosts names it: with the port unless that is 22. */
  readonly host: string;
  /** `ssh-ed25519`, ... */
  readonly keyType: string;
  /** `SHA256:...` */
  readonly fingerprint: string;
}

/**
 * Reads every known_hosts file.
 * @throws UserError if one exists but cannot be read: it might revoke a key
 */
export async function readKnownHosts(files: readonly string[]): Promise<KnownHost[]> {
  const read = async (file: string): Promise<KnownHost[]> => {
    try {
      return parseKnownHosts(await readFile(file, "utf8"), file);
    } catch (error) {
      if (codeOf(error) === "ENOENT") return [];
      throw knownHostsUnreadable(file, codeOf(error));
    }
  };
  return (await Promise.all(files.map(read))).flat();
}

/**
 * The host key algorithms to offer first: those of the keys that are known of the host, so that a server with several
 * keys answers with one that can be compared.
 */
export function preferredAlgorithms(known: readonly KnownHost[], endpoint: SshEndpoint): string[] {
  const { host, port } = keyPlace(endpoint);
  // an RSA key signs by three algorithms (RFC 8332); SHA-1's is not asked for
  return knownKeyTypes(known, host, port).flatMap((type) =>
    type === "ssh-rsa" ? ["rsa-sha2-512", "rsa-sha2-256"] : [type],
  );
}

/**
 * Decides on the key that a server has shown, asking where it is unknown.
 * @returns null if the server may be trusted, else why not
 */
export async function judgeHostKey(
  endpoint: SshEndpoint,
  key: Buffer,
  known: readonly KnownHost[],
  services: HostKeyServices,
): Promise<UserError | null> {
  const { host, port } = keyPlace(endpoint);
  const keyType = keyTypeOf(key) ?? "unknown type";
  const fingerprint = fingerprintOf(key);
  const lookup = lookUpHostKey(known, host, port, key);
  switch (lookup.status) {
    case "known":
      return null;
    case "revoked":
      return hostKeyRevoked(endpoint, keyType, fingerprint, lookup.entry);
    case "changed":
      return hostKeyChanged(
        endpoint,
        keyType,
        fingerprint,
        lookup.entries.map((entry) => ({ ...entry, fingerprint: fingerprintOf(entry.key) })),
      );
    case "unknown": {
      const line = knownHostsLine(host, port, key);
      const question = { host: line.slice(0, line.indexOf(" ")), keyType, fingerprint };
      if (services.confirmHostKey === null || !(await services.confirmHostKey(question))) {
        return hostKeyUnknown(endpoint, keyType, fingerprint, lookup.authority);
      }
      return services.knownHostsFiles.length > 0 ? remember(line, services.knownHostsFiles[0]) : null;
    }
  }
}

async function remember(line: string, file: string): Promise<UserError | null> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const before = await readFile(file, "utf8").catch(() => "");
    const separator = before === "" || before.endsWith("\n") ? "" : "\n";
    await appendFile(file, `${separator}${line}\n`, { mode: 0o600 });
    return null;
  } catch (error) {
    return knownHostsUnwritable(file, codeOf(error));
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : String(error);
