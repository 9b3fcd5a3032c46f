/**
 * A test machine for demonstration: an SSH server on loopback that answers the live checks by a script. It runs nothing
 * on the computer it is on, and says that it is a demo to everything else it is asked.
 */
import { Server, utils, type AuthContext, type Connection, type ParsedKey, type ServerChannel } from "ssh2";
import { bytesForBlocks } from "../fips140/stream";
import { COMMANDS, FIPS_BLOCKS } from "../machine/commands";
import { OUTPUT_FOLLOWS, throughLoginShell } from "../machine/login-shell";
import { keystream } from "./keystream";

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
  const connections = new Set<Connection>();
  const server = new Server({ hostKeys: [options.hostKey] }, (connection) => {
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
        answer(acceptCommand(), command, options.healthy);
      });
    });
  });
  const port = await listen(server, options.port);
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const connection of connections) connection.end();
      }),
  };
}

/** What each command of the live checks is answered; everything else is refused. */
function answerTo(command: string, healthy: boolean): Buffer | null {
  switch (command) {
    case throughLoginShell(COMMANDS.kernel):
      return Buffer.from(healthy ? "Linux 6.1.0-demo\n" : "Linux 5.4.0-demo\n");
    case throughLoginShell(COMMANDS.rngd):
      return Buffer.from(healthy ? RNGD_RUNS : RNGD_MISSING);
    case throughLoginShell(COMMANDS.hwrng):
      return Buffer.from(
        healthy ? "current virtio_rng.0\navailable virtio_rng.0\ninstruction rdrand\n" : "current none\n",
      );
    case throughLoginShell(COMMANDS.readHwrng):
      return Buffer.from(healthy ? "unreadable\n" : "0\n");
    case throughLoginShell(COMMANDS.entropyAvail):
      return Buffer.from(healthy ? "256\n" : "128\n");
    case throughLoginShell(COMMANDS.randomBytes):
      return randomBytes(healthy);
    default:
      return null;
  }
}

const RNGD_RUNS =
  "visible\nprocess 412 /usr/sbin/rngd\0-r\0/dev/hwrng\0\n" +
  "Id=rngd.service\nLoadState=loaded\nActiveState=active\nSubState=running\n";
const RNGD_MISSING = "visible\nId=rngd.service\nLoadState=not-found\nActiveState=inactive\nSubState=dead\n";

/**
 * Good bytes; or biased ones, in which a bit is 1 more often: one bit in sixteen is 1 that a coin would have made 0. The
 * same each time, for of truly random ones more than 3 blocks of 1000 fail now and then.
 */
function randomBytes(good: boolean): Buffer {
  const draw = (name: string) => Buffer.from(keystream(name, bytesForBlocks(FIPS_BLOCKS)));
  const bytes = draw("machine");
  if (good) return bytes;
  const masks = ["mask 1", "mask 2", "mask 3"].map(draw);
  for (let i = 0; i < bytes.length; i++) bytes[i] |= masks[0][i] & masks[1][i] & masks[2][i];
  return bytes;
}

function answer(channel: ServerChannel, command: string, healthy: boolean): void {
  channel.on("error", () => undefined);
  const isSearch = command === throughLoginShell(COMMANDS.findRngtest);
  const output = answerTo(command, healthy);
  if (output === null && !isSearch) channel.stderr.write("this is a demo machine\n");
  else channel.write(Buffer.concat([OUTPUT_FOLLOWS, output ?? Buffer.alloc(0)]));
  channel.exit(output === null ? 127 : 0);
  channel.end();
}

function isAuthorized(attempt: AuthContext, user: string, key: ParsedKey): boolean {
  if (attempt.method !== "publickey" || attempt.username !== user) return false;
  if (!key.getPublicSSH().equals(attempt.key.data)) return false;
  // without a signature the client only asks whether the key would do
  if (attempt.signature === undefined || attempt.blob === undefined) return true;
  return key.verify(attempt.blob, attempt.signature, attempt.hashAlgo);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, LOOPBACK, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
}
