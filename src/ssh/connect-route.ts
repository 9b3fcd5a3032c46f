import type { Duplex } from "node:stream";
import { connect, PATIENCE_SECONDS, type SshServices, type Transport } from "./connect";
import type { SshConnection } from "./connection";
import { connectionTimedOut, proxyCommandNotAllowed } from "./errors";
import { Patience } from "./patience";
import { startProxyCommand, succeeds } from "./proxy-command";
import { findRoute, type SshHop } from "./route";
import type { SshConfigContext, SshDestination } from "./ssh-config";

/** What it takes to reach a host as OpenSSH's client would. */
export interface RouteServices extends SshServices {
  /** This account's name: who logs in where nothing else is said. */
  readonly user: string;
  /** OpenSSH's configuration; null: none, the address says all. */
  readonly sshConfig: Omit<SshConfigContext, "localUser" | "matchExec"> | null;
  /** Trusted after `knownHostsFiles`, unless the configuration names others; null: neither those nor the configuration's. */
  readonly ownKnownHosts: { readonly user: readonly string[]; readonly global: readonly string[] } | null;
  /** Asks a person whether a program that the configuration names may run here; null: it may not. */
  readonly confirmCommand: ((question: CommandQuestion) => Promise<boolean>) | null;
  /** Hears what of the configuration is not followed. */
  readonly remark: (text: string) => void;
}

export interface CommandQuestion {
  /** What would be run, by a shell. */
  readonly command: string;
  /** Where it leads, or which line asks for it. */
  readonly why: string;
}

/**
 * Connects to a host, through the jump hosts that the configuration puts before it. Every one of them must be the one
 * that is known.
 * @throws UserError for everything that can go wrong, the signal's reason when it aborts
 */
export async function connectRoute(
  destination: SshDestination,
  services: RouteServices,
  signal: AbortSignal,
): Promise<SshConnection> {
  const route = await routeOf(destination, services);
  let connection: SshConnection | null = null;
  for (const hop of route) {
    hop.remarks.forEach(services.remark);
    const over = connection === null ? await proxyOf(hop, services) : await through(connection, hop, signal);
    try {
      connection = await connect(hop.endpoint, servicesFor(hop, services), signal, over);
    } catch (error) {
      await over?.close();
      throw error;
    }
  }
  if (connection === null) throw new Error("a route has at least one hop");
  return connection;
}

async function routeOf(destination: SshDestination, services: RouteServices): Promise<readonly SshHop[]> {
  const { user: localUser, sshConfig, confirmCommand, remark } = services;
  const answers = new Map<string, boolean>();
  const matchExec = async (command: string, where: string): Promise<boolean> => {
    const known = answers.get(command);
    if (known !== undefined) return known;
    const allowed = (await confirmCommand?.({ command, why: `${where}, Match exec` })) ?? false;
    if (!allowed) remark(`The program of ${where} was not run, so its section was passed over: ${command}`);
    const answer = allowed && (await succeeds(command));
    answers.set(command, answer);
    return answer;
  };
  return findRoute(destination, { home: "", env: {}, files: [], ...sshConfig, localUser, matchExec });
}

async function proxyOf({ proxyCommand, endpoint }: SshHop, services: RouteServices): Promise<Transport | null> {
  if (proxyCommand === null) return null;
  const question = { command: proxyCommand, why: `ProxyCommand to ${endpoint.host}` };
  if (!(await services.confirmCommand?.(question))) throw proxyCommandNotAllowed(endpoint, proxyCommand);
  return startProxyCommand(proxyCommand, endpoint);
}

async function through(jump: SshConnection, { endpoint }: SshHop, signal: AbortSignal): Promise<Transport> {
  let fail: (reason: unknown) => void = () => undefined;
  const abort = (): void => fail(signal.reason);
  const patience = new Patience(PATIENCE_SECONDS, () => fail(connectionTimedOut(endpoint, PATIENCE_SECONDS)));
  signal.addEventListener("abort", abort);
  try {
    const stream = await new Promise<Duplex>((resolve, reject) => {
      fail = reject;
      if (signal.aborted) abort();
      jump.forward(endpoint).then(resolve, reject);
    });
    return { stream, close: () => jump.close() };
  } catch (error) {
    await jump.close();
    throw error;
  } finally {
    patience.end();
    signal.removeEventListener("abort", abort);
  }
}

/** What a person chose counts first, then what the configuration says, and where it says nothing, what is usual. */
function servicesFor(hop: SshHop, services: RouteServices): SshServices {
  const { ownKnownHosts, agentSocket } = services;
  const own =
    ownKnownHosts === null
      ? []
      : [...(hop.userKnownHostsFiles ?? ownKnownHosts.user), ...(hop.globalKnownHostsFiles ?? ownKnownHosts.global)];
  return {
    ...services,
    knownHostsFiles: [...services.knownHostsFiles, ...own],
    confirmHostKey: hop.strict ? null : services.confirmHostKey,
    identityFiles: [...services.identityFiles, ...(hop.identityFiles ?? [])],
    defaultIdentityFiles: hop.identityFiles === null ? services.defaultIdentityFiles : [],
    identitiesOnly: hop.identitiesOnly,
    agentSocket: hop.agentSocket === "none" ? null : (hop.agentSocket ?? agentSocket),
  };
}
