import type { SshConfigLine } from "./ssh-config-line";

/** How a host is reached other than straight away. */
export type SshProxy =
  | { readonly kind: "jump"; /** As it stands: hosts between commas, tokens in it. */ readonly through: string }
  | { readonly kind: "command"; /** As it stands, tokens in it. */ readonly command: string }
  | { readonly kind: "no-jump" | "none" };

/** What the configuration says of a host; paths as they stand, null or empty where it says nothing. */
export interface SshValues {
  /** Where the connection goes. */
  readonly hostName: string;
  readonly user: string | null;
  readonly port: number | null;
  readonly identityFiles: readonly string[];
  readonly certificateFiles: readonly string[];
  readonly identitiesOnly: boolean;
  readonly identityAgent: string | null;
  readonly userKnownHostsFiles: readonly string[];
  readonly globalKnownHostsFiles: readonly string[];
  readonly hostKeyAlias: string | null;
  readonly strictHostKeyChecking: "yes" | "ask" | "accept-new" | "no" | null;
  readonly proxy: SshProxy | null;
  /** Settings that are not followed, in words, each with its place. */
  readonly notFollowed: readonly string[];
}

const STRICT = {
  yes: "yes",
  true: "yes",
  ask: "ask",
  "accept-new": "accept-new",
  no: "no",
  false: "no",
  off: "no",
} as const;

/** Keeps of each setting the first value; of keys and certificates all, each once. */
export class FirstValues {
  user: string | null;
  port: number | null;
  hostName: string | null = null;
  hostKeyAlias: string | null = null;
  private readonly identityFiles = new Set<string>();
  private readonly certificateFiles = new Set<string>();
  private readonly notFollowed = new Set<string>();
  private identitiesOnly: boolean | null = null;
  private identityAgent: string | null = null;
  private userKnownHostsFiles: readonly string[] = [];
  private globalKnownHostsFiles: readonly string[] = [];
  private strictHostKeyChecking: SshValues["strictHostKeyChecking"] = null;
  private proxy: SshProxy | null = null;

  /** @param given what the address names counts before all that files say */
  constructor(given: { readonly user: string | null; readonly port: number | null }) {
    this.user = given.user;
    this.port = given.port;
  }

  result(): Omit<SshValues, "hostName"> {
    const { user, port, identityAgent, userKnownHostsFiles, globalKnownHostsFiles } = this;
    return {
      user,
      port,
      identityFiles: [...this.identityFiles],
      certificateFiles: [...this.certificateFiles],
      identitiesOnly: this.identitiesOnly ?? false,
      identityAgent,
      userKnownHostsFiles,
      globalKnownHostsFiles,
      hostKeyAlias: this.hostKeyAlias,
      strictHostKeyChecking: this.strictHostKeyChecking,
      proxy: this.proxy,
      notFollowed: [...this.notFollowed],
    };
  }

  /**
   * Takes a line that is neither Host, Match nor Include. Settings that do not concern us are passed over.
   * @param applies false in a section for other hosts: the line is only looked at
   * @throws Error, in words, for a value that is none
   */
  take(line: SshConfigLine, applies: boolean, where: string): void {
    const found = this.setting(line, where);
    if (applies) found?.();
  }

  /** What taking the line would change. */
  private setting(line: SshConfigLine, where: string): (() => void) | null {
    switch (line.keyword) {
      case "hostname": {
        const hostName = theWord(line);
        return () => (this.hostName ??= hostName);
      }
      case "user": {
        const user = theWord(line);
        return () => (this.user ??= user);
      }
      case "port": {
        const port = portOf(theWord(line));
        return () => (this.port ??= port);
      }
      case "identityfile": {
        const file = theWord(line);
        return () => this.identityFiles.add(file);
      }
      case "certificatefile": {
        const file = theWord(line);
        return () => this.certificateFiles.add(file);
      }
      case "identitiesonly": {
        const only = flagOf(theWord(line));
        return () => (this.identitiesOnly ??= only);
      }
      case "identityagent": {
        const agent = theWord(line);
        return () => (this.identityAgent ??= agent);
      }
      case "userknownhostsfile":
        return () => {
          if (this.userKnownHostsFiles.length === 0) this.userKnownHostsFiles = line.words;
        };
      case "globalknownhostsfile":
        return () => {
          if (this.globalKnownHostsFiles.length === 0) this.globalKnownHostsFiles = line.words;
        };
      case "hostkeyalias": {
        const alias = theWord(line).toLowerCase();
        return () => (this.hostKeyAlias ??= alias);
      }
      case "stricthostkeychecking": {
        const strict = theWord(line).toLowerCase();
        if (!isStrict(strict)) throw new Error(`${strict} is no answer to StrictHostKeyChecking`);
        return () => (this.strictHostKeyChecking ??= STRICT[strict]);
      }
      case "proxyjump":
        return () => (this.proxy ??= jumpOf(line.rest));
      case "proxycommand":
        return () => {
          // as OpenSSH does: ProxyJump none denies jumps, not commands
          if (this.proxy === null || this.proxy.kind === "no-jump") this.proxy = commandOf(line.rest);
        };
      case "canonicalizehostname": {
        if (!["yes", "always", "true"].includes(theWord(line).toLowerCase())) return null;
        return () => this.notFollowed.add(`CanonicalizeHostname (${where})`);
      }
      default:
        return null;
    }
  }
}

const isStrict = (word: string): word is keyof typeof STRICT => Object.hasOwn(STRICT, word);

function theWord({ keyword, words }: SshConfigLine): string {
  if (words.length > 1) throw new Error(`${keyword} takes one value`);
  const word = words.at(0) ?? "";
  if (word === "") throw new Error(`${keyword} has no value`);
  return word;
}

function portOf(word: string): number {
  const port = /^\d{1,5}$/.test(word) ? Number(word) : 0;
  if (port < 1 || port > 65_535) throw new Error(`${word} is not a port from 1 to 65535`);
  return port;
}

function flagOf(word: string): boolean {
  const lower = word.toLowerCase();
  if (lower === "yes" || lower === "true") return true;
  if (lower === "no" || lower === "false") return false;
  throw new Error(`${word} is neither yes nor no`);
}

function jumpOf(rest: string): SshProxy {
  const through = rest.replace(/#.*$/s, "").trim();
  return through.toLowerCase() === "none" ? { kind: "no-jump" } : { kind: "jump", through };
}

function commandOf(command: string): SshProxy {
  return command.toLowerCase() === "none" ? { kind: "none" } : { kind: "command", command };
}
