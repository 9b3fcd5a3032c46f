import { connect as connectTcp } from "node:net";
import type { Duplex } from "node:stream";
import { Client, type ClientErrorExtensions, type ServerHostKeyAlgorithm } from "ssh2";
import { UserError } from "../errors";
import { Authentication } from "./authentication";
import type { AuthenticationServices } from "./authentication-services";
import { SshConnection } from "./connection";
import type { SshEndpoint } from "./endpoint";
import {
  authenticationFailed,
  connectionLost,
  connectionRefused,
  connectionTimedOut,
  handshakeFailed,
  hostNotFound,
  hostUnreachable,
} from "./errors";
import { judgeHostKey, preferredAlgorithms, readKnownHosts, type HostKeyServices } from "./host-key";
import { Patience } from "./patience";

/** What it takes to connect to a server: whom to trust, who we are, and whom to ask. */
export interface SshServices extends HostKeyServices, AuthenticationServices {}

/** How long a server may be silent while the connection is made; a person who is asked may take any time. */
export const PATIENCE_SECONDS = 20;
const KEEPALIVE_MILLISECONDS = 15_000;
const KEEPALIVES_MISSED = 4;

/** Of OpenSSH's host key types, those that ssh2 verifies and that are not broken (no DSA, no SHA-1). */
const HOST_KEY_ALGORITHMS: readonly ServerHostKeyAlgorithm[] = [
  "ssh-ed25519",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "rsa-sha2-512",
  "rsa-sha2-256",
];

/** What a connection runs over in place of a TCP connection of its own. */
export interface Transport {
  /** If it fails with a UserError, that is why there is no connection. */
  readonly stream: Duplex;
  close(): Promise<void>;
}

/**
 * Connects to an SSH server whose host key is known (or accepted by a person), and logs in.
 * @param over null: a TCP connection; else closed with the connection, once that is made
 * @throws UserError for everything that can go wrong, the signal's reason when it aborts
 */
export async function connect(
  endpoint: SshEndpoint,
  services: SshServices,
  signal: AbortSignal,
  over: Transport | null = null,
): Promise<SshConnection> {
  const known = await readKnownHosts(services.knownHostsFiles);
  signal.throwIfAborted();
  const preferred = preferredAlgorithms(known, endpoint);
  const rank = (algorithm: string): number => (preferred.includes(algorithm) ? 0 : 1);

  // whoever is told before anybody listens would never be heard
  if (over?.stream.errored) throw over.stream.errored;
  // ours rather than the client's, which lets go of none that it has ended
  const stream = over?.stream ?? connectTcp(endpoint.port, endpoint.host);
  const client = new Client();
  const patience = new Patience(PATIENCE_SECONDS, () => fail(connectionTimedOut(endpoint, PATIENCE_SECONDS)));
  const { confirmHostKey, askSecret } = services;
  const patiently: SshServices = {
    ...services,
    confirmHostKey: confirmHostKey && ((question) => patience.during(confirmHostKey(question))),
    askSecret: askSecret && ((request) => patience.during(askSecret(request))),
  };
  const authentication = new Authentication(endpoint, patiently);
  let handshakeDone = false;

  let fail: (reason: unknown) => void = () => undefined;
  const ready = new Promise<void>((resolve, reject) => {
    fail = reject;
    client.on("ready", resolve);
    client.on("handshake", () => (handshakeDone = true));
    client.on("error", (error) => {
      // a key of the agent that does not sign is not the end: the next one is tried
      if (error.level === "agent") return;
      reject(explain(error));
    });
    client.on("close", () => reject(explain(new Error("the server closed the connection"))));
  });
  const closed = new Promise<void>((resolve) => client.once("close", resolve));
  const abort = (): void => fail(signal.reason);
  signal.addEventListener("abort", abort);

  const refused = (): UserError => authenticationFailed(endpoint, authentication.attempts, authentication.accepted);
  const explain = (error: Error & ClientErrorExtensions): UserError => {
    if (error instanceof UserError) return error;
    if (error.level === "client-socket" && !handshakeDone) return unreachable(endpoint, error);
    if (!handshakeDone) return handshakeFailed(endpoint, error.message);
    // a server that has had enough attempts says goodbye by a number (RFC 4253, 11.1)
    return "code" in error && typeof error.code === "number" ? refused() : connectionLost(endpoint, error.message);
  };

  try {
    client.connect({
      sock: stream,
      username: endpoint.user,
      // Patience watches instead, and stops its clock while a person is asked
      readyTimeout: 0,
      keepaliveInterval: KEEPALIVE_MILLISECONDS,
      keepaliveCountMax: KEEPALIVES_MISSED,
      algorithms: { serverHostKey: HOST_KEY_ALGORITHMS.toSorted((a, b) => rank(a) - rank(b)) },
      hostVerifier: (key: Buffer, verify: (valid: boolean) => void) => {
        judgeHostKey(endpoint, key, known, patiently).then((refusal) => {
          if (refusal !== null) fail(refusal);
          verify(refusal === null);
        }, fail);
      },
      authHandler: (accepted: readonly string[] | null, _partial, next) => {
        authentication.next(accepted).then((method) => {
          if (method === null) fail(refused());
          else next(method);
        }, fail);
      },
    });
    await ready;
    return new SshConnection(endpoint, client, { stream, closed, beneath: over });
  } catch (error) {
    stream.destroy();
    throw error;
  } finally {
    patience.end();
    signal.removeEventListener("abort", abort);
  }
}

function unreachable(endpoint: SshEndpoint, error: Error): UserError {
  const code = "code" in error && typeof error.code === "string" ? error.code : error.message;
  if (code === "ECONNREFUSED") return connectionRefused(endpoint);
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return hostNotFound(endpoint);
  return hostUnreachable(endpoint, code);
}
