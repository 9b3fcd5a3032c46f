/** The way to a host as OpenSSH's configuration has it: the host itself, behind the jump hosts that lead to it. */
import { DEFAULT_SSH_PORT, type SshEndpoint } from "./endpoint";
import { jumpsWithoutEnd, sshConfigUnusable } from "./errors";
import { readSshConfig, type SshConfigContext, type SshDestination } from "./ssh-config";
import { expandPath, expandTokens, type TokenValues } from "./ssh-config-tokens";
import type { SshProxy, SshValues } from "./ssh-config-values";

/** One server on the way, and what the configuration says of it; null or empty where it says nothing. */
export interface SshHop {
  readonly endpoint: SshEndpoint;
  readonly identityFiles: readonly string[] | null;
  /** Of the agent's keys none but those of the identity files. */
  readonly identitiesOnly: boolean;
  /** `none`: no agent; null: the account's own. */
  readonly agentSocket: string | null;
  readonly userKnownHostsFiles: readonly string[] | null;
  readonly globalKnownHostsFiles: readonly string[] | null;
  /** An unknown host key is refused without a question. */
  readonly strict: boolean;
  /** A program whose input and output are the connection; null: TCP, from here or from the hop before. */
  readonly proxyCommand: string | null;
  /** Settings that are not followed, in words. */
  readonly remarks: readonly string[];
}

/** OpenSSH has no limit and runs out of processes. */
const MOST_HOPS = 10;

/**
 * Reads the configuration for a host and for every jump host before it.
 * @returns in the order in which they are connected to; the last is the host
 * @throws UserError for a configuration that cannot be followed
 */
export function findRoute(destination: SshDestination, context: SshConfigContext): Promise<readonly SshHop[]> {
  return routeTo(destination, null, context, []);
}

/** @param through the jump hosts in place of those that the configuration names */
async function routeTo(
  destination: SshDestination,
  through: readonly SshDestination[] | null,
  context: SshConfigContext,
  behind: readonly string[],
): Promise<readonly SshHop[]> {
  const chain = [...behind, destination.host];
  if (chain.length > MOST_HOPS) throw jumpsWithoutEnd(chain.slice(0, 3));
  const values = await readSshConfig(destination, context);
  const { hop, jumps } = understand(destination, values, through, context);
  const last = jumps.at(-1);
  if (last === undefined) return [hop];
  const others = jumps.slice(0, -1);
  return [...(await routeTo(last, others.length === 0 ? null : others, context, chain)), hop];
}

/** @throws UserError for a value that says nothing */
function understand(
  destination: SshDestination,
  values: SshValues,
  through: readonly SshDestination[] | null,
  context: SshConfigContext,
): { readonly hop: SshHop; readonly jumps: readonly SshDestination[] } {
  const tokens = tokensOf(destination, values, context);
  try {
    if (through !== null) return { hop: hopOf(values, null, tokens), jumps: through };
    const { proxy } = values;
    const jumps = proxy?.kind === "jump" ? parseJumps(expandTokens(proxy.through, PROXY_TOKENS, tokens)) : [];
    return { hop: hopOf(values, proxy, tokens), jumps };
  } catch (error) {
    throw sshConfigUnusable(destination.host, error instanceof Error ? error.message : String(error));
  }
}

const PROXY_TOKENS = "hnpr";

function tokensOf({ host }: SshDestination, values: SshValues, context: SshConfigContext): TokenValues {
  const { localUser, home, env } = context;
  return {
    host: values.hostName,
    originalHost: host,
    hostKeyName: values.hostKeyAlias ?? host,
    port: values.port ?? DEFAULT_SSH_PORT,
    user: values.user ?? localUser,
    localUser,
    home,
    env,
  };
}

function hopOf(values: SshValues, proxy: SshProxy | null, tokens: TokenValues): SshHop {
  const { hostKeyAlias, certificateFiles, notFollowed } = values;
  const { host, port, user } = tokens;
  const paths = (files: readonly string[]): readonly string[] | null =>
    files.length === 0 ? null : files.filter((file) => !isNone(file)).map((file) => expandPath(file, tokens));
  return {
    endpoint: { host, port, user, ...(hostKeyAlias === null ? {} : { hostKeyAlias }) },
    identityFiles: paths(values.identityFiles),
    identitiesOnly: values.identitiesOnly,
    agentSocket: agentOf(values.identityAgent, tokens),
    userKnownHostsFiles: paths(values.userKnownHostsFiles),
    globalKnownHostsFiles: paths(values.globalKnownHostsFiles),
    strict: values.strictHostKeyChecking === "yes",
    proxyCommand: proxy?.kind === "command" ? expandTokens(proxy.command, PROXY_TOKENS, tokens) : null,
    remarks: [
      ...notFollowed.map((setting) => `${setting} is not followed for ${host}.`),
      ...(certificateFiles.length === 0 ? [] : [`Certificates are not supported: ${host} is offered plain keys only.`]),
    ],
  };
}

const isNone = (word: string): boolean => word.toLowerCase() === "none";

/** A socket, or the name of a variable that holds one: `$NAME`. */
function agentOf(agent: string | null, tokens: TokenValues): string | null {
  if (agent === null || agent === "SSH_AUTH_SOCK") return null;
  if (isNone(agent)) return "none";
  if (/^\$\w+$/.test(agent)) return tokens.env[agent.slice(1)] ?? "none";
  return expandPath(agent, tokens);
}

/** `[user@]host[:port]` or `ssh://...`, between commas. */
function parseJumps(text: string): readonly SshDestination[] {
  return text.split(",").map((word) => {
    const [, user, host, port] =
      /^(?:ssh:\/\/)?(?:(.*)@)?(\[[^\]]+\]|[^:@[\]]+)(?::(\d{1,5}))?\/?$/.exec(word.trim()) ?? [];
    if (!host) throw new Error(`ProxyJump names no host in "${word}"`);
    return { host: host.replace(/[[\]]/g, ""), user: user || null, port: port ? Number(port) : null };
  });
}
