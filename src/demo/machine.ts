/**
 * A test machine for demonstration: an SSH server on loopback that answers the live checks, the inventory and
 * the collections by a script. It runs nothing on the computer it is on, and says that it is a demo to everything else it
 * is asked.
 */
import { createServer, type Server as NetServer, type Socket } from "node:net";
import { Server, utils, type AuthContext, type Connection, type ParsedKey, type ServerChannel } from "ssh2";
import { OUTPUT_FOLLOWS } from "../machine/login-shell";
import { DemoAnswers } from "./answers";
import { says, type DemoAnswer } from "./captures";

export interface DemoMachineOptions {
  /** On loopback; 0 takes any that is free. */
  readonly port: number;
  /** Healthy; or weak: no rngd, the entropy_avail of an old kernel, biased random numbers. */
  readonly healthy: boolean;
  /** A private key, in OpenSSH's format. */
  readonly hostKey: string;
  /** Who may log in, and with which public key, a line of authorized_keys. */
  readonly user: string;
  readonly authorizedKey: string;
}

export interface DemoMachine {
  readonly port: number;
  readonly close: () => Promise<void>;
}

const LOOPBACK = "127.0.0.1";

/**
 * Starts a demo machine.
 * @throws Error when the port is taken (`EADDRINUSE`) or a key cannot be read
 */
export async function startDemoMachine(options: DemoMachineOptions): Promise<DemoMachine> {
  const authorizedKey = utils.parseKey(options.authorizedKey);
  if (authorizedKey instanceof Error) throw authorizedKey;
  const answers = new DemoAnswers(options.healthy);
  const connections = new Set<Connection>();
  const ssh = new Server({ hostKeys: [options.hostKey] }, (connection) => {
    connections.add(connection);
    connection.on("close", () => connections.delete(connection));
    // a client that goes away without a word is no news
    connection.on("error", () => undefined);
    connection.on("authentication", (attempt) => {
      if (isAuthorized(attempt, options.user, authorizedKey)) attempt.accept();
      else attempt.reject(["publickey"]);
    });
    connection.on("session", (accept) => {
      accept().on("exec", (acceptCommand, _reject, { command }) => {
        answer(acceptCommand(), answers.to(command));
      });
    });
  });
  // ssh2 tells of those alone who have said that they speak SSH
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    ssh.injectSocket(socket);
  });
  const port = await listen(server, options.port);
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const connection of connections) connection.end();
        // whoever does not answer must not keep it open
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Bytes that a device of the demo gives at a time, and after how many milliseconds: 400 kB in a second. */
const PORTION = 20_000;
const PAUSE = 50;

function answer(channel: ServerChannel, given: DemoAnswer | null): void {
  channel.on("error", () => undefined);
  const { output, said, exitCode, stream } = given ?? REFUSAL;
  channel.stderr.write(said);
  if (given !== null) channel.write(Buffer.concat([OUTPUT_FOLLOWS, output]));
  const end = (): void => {
    channel.exit(exitCode);
    channel.end();
  };
  if (stream === null) {
    end();
    return;
  }
  let left = stream.bytes;
  const portions = setInterval(() => {
    const bytes = Math.min(PORTION, left);
    left -= bytes;
    if (bytes > 0) channel.write(stream.noise(bytes));
    if (left > 0) return;
    clearInterval(portions);
    end();
  }, PAUSE);
  channel.on("close", () => clearInterval(portions));
}

const REFUSAL: DemoAnswer = { ...says(""), said: "this is a demo machine\n", exitCode: 127 };

function isAuthorized(attempt: AuthContext, user: string, key: ParsedKey): boolean {
  if (attempt.method !== "publickey" || attempt.username !== user) return false;
  if (!key.getPublicSSH().equals(attempt.key.data)) return false;
  // without a signature the client only asks whether the key would do
  if (attempt.signature === undefined || attempt.blob === undefined) return true;
  return key.verify(attempt.blob, attempt.signature, attempt.hashAlgo);
}

function listen(server: NetServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, LOOPBACK, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
}
