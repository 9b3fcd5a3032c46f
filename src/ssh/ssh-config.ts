/**
 * What OpenSSH's client configuration says of a host: ~/.ssh/config, then /etc/ssh/ssh_config; of each setting the first
 * value that applies (ssh_config(5)). Programs that it names run only with leave.
 */
import { sshConfigInvalid } from "./errors";
import { matchesPattern } from "./patterns";
import { includedFiles, readSshConfigFile, type SshConfigFile } from "./ssh-config-files";
import { parseSshConfigLine, type SshConfigLine } from "./ssh-config-line";
import { matchLine } from "./ssh-config-match";
import { FirstValues, type SshValues } from "./ssh-config-values";
import { expandTokens, type TokenValues } from "./ssh-config-tokens";

/** The host that is asked about, as a person names it. */
export interface SshDestination {
  readonly host: string;
  /** null: whoever the configuration says, else this account's own name. */
  readonly user: string | null;
  /** null: what the configuration says, else 22. */
  readonly port: number | null;
}

/** Whose configuration counts. */
export interface SshConfigContext {
  /** In the order in which they are read; they need not exist. */
  readonly files: readonly SshConfigFile[];
  readonly home: string;
  readonly localUser: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Runs a program that a Match line names, and says whether it succeeded; false where it may not run. */
  readonly matchExec: (command: string, where: string) => Promise<boolean>;
}

/** As OpenSSH: an Include in an Include, and so on. */
const DEEPEST = 16;

/**
 * Reads the configuration for a host.
 * @throws UserError for a file that cannot be read, and for a line that cannot be followed
 */
export async function readSshConfig(destination: SshDestination, context: SshConfigContext): Promise<SshValues> {
  const evaluation = new Evaluation(destination, context);
  await evaluation.pass(false);
  if (evaluation.wantsFinalPass) await evaluation.pass(true);
  return { ...evaluation.values.result(), hostName: evaluation.hostName() };
}

class Evaluation {
  readonly values: FirstValues;
  wantsFinalPass = false;
  private finalPass = false;
  /** What Host compares with: in the final pass the name that the first one found, which stays. */
  private host: string;

  constructor(
    private readonly destination: SshDestination,
    private readonly context: SshConfigContext,
  ) {
    this.values = new FirstValues(destination);
    this.host = destination.host;
  }

  async pass(final: boolean): Promise<void> {
    this.host = final ? this.hostName() : this.destination.host;
    this.finalPass = final;
    for (const file of this.context.files) await this.read(file, true, 0);
  }

  /** Where the connection goes, as far as is known by now; names, not addresses, in lower case. */
  hostName(): string {
    if (this.finalPass) return this.host;
    const { host } = this.destination;
    const { hostName } = this.values;
    const expanded = hostName === null ? host : expandTokens(hostName, "h", this.tokens(host));
    return expanded.toLowerCase();
  }

  /** @param may false within a section that does not apply, whose files are only looked through */
  private async read(file: SshConfigFile, may: boolean, depth: number): Promise<void> {
    const text = await readSshConfigFile(file);
    let applies = may;
    for (const [i, source] of (text ?? "").split("\n").entries()) {
      const fail = (what: string): never => {
        throw sshConfigInvalid(file.path, i + 1, what);
      };
      const line = parseSshConfigLine(source);
      if (line === null) continue;
      if (typeof line === "string") return fail(line);
      if (line.keyword === "include") {
        if (depth === DEEPEST) fail("files include each other without end");
        for (const word of line.words) {
          for (const included of await includedFiles(word, file, this.context.home))
            await this.read(included, applies, depth + 1);
        }
        continue;
      }
      const where = `line ${i + 1} of ${file.path}`;
      try {
        if (line.keyword === "host") applies = may && this.matchesHost(line.words);
        else if (line.keyword === "match") applies = (await this.matches(line, where)) && may;
        else this.values.take(line, applies, where);
      } catch (error) {
        fail(error instanceof Error ? error.message : String(error));
      }
    }
  }

  private matchesHost(patterns: readonly string[]): boolean {
    let matches = false;
    for (const pattern of patterns) {
      if (pattern.startsWith("!") && matchesPattern(pattern.slice(1), this.host)) return false;
      matches ||= matchesPattern(pattern, this.host);
    }
    return matches;
  }

  private async matches({ words }: SshConfigLine, where: string): Promise<boolean> {
    const { destination, context } = this;
    const subject = {
      host: this.hostName(),
      originalHost: destination.host,
      user: this.values.user ?? context.localUser,
      localUser: context.localUser,
      finalPass: this.finalPass,
    };
    const run = (command: string): Promise<boolean> =>
      context.matchExec(expandTokens(command, "dhikLlnpru", this.tokens(subject.host)), where);
    const outcome = await matchLine(words, subject, run);
    this.wantsFinalPass ||= outcome.wantsFinalPass;
    return outcome.matches;
  }

  private tokens(host: string): TokenValues {
    const { destination, context, values } = this;
    const { localUser, home, env } = context;
    return {
      host,
      originalHost: destination.host,
      hostKeyName: values.hostKeyAlias ?? destination.host,
      port: values.port ?? 22,
      user: values.user ?? localUser,
      localUser,
      home,
      env,
    };
  }
}
