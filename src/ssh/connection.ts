import type { Duplex } from "node:stream";
import type { Client, ClientChannel } from "ssh2";
import { UserError } from "../errors";
import type { SshEndpoint } from "./endpoint";
import { commandRefused, connectionLost, jumpRefused } from "./errors";

/** What a connection runs over. */
interface Way {
  readonly stream: Duplex;
  /** Settles when the connection has ended; from its beginning, for it may end as soon as it is made. */
  readonly closed: Promise<void>;
  /** Ends with it; null for the network. */
  readonly beneath: { close(): Promise<void> } | null;
}

/** An authenticated connection. It emits nothing; that it was lost is told by {@link lost} when somebody asks. */
export class SshConnection {
  private loss: UserError | null = null;

  /** @param client ready */
  constructor(
    readonly endpoint: SshEndpoint,
    private readonly client: Client,
    private readonly way: Way,
  ) {
    client.on("error", (error) => {
      this.loss = error instanceof UserError ? error : connectionLost(endpoint, error.message);
    });
  }

  /** Why a command ended without saying how. */
  lost(): UserError {
    return this.loss ?? connectionLost(this.endpoint, "the server closed it");
  }

  /**
   * Starts a command.
   * @param command one line, read by the account's login shell
   * @param opened listens to the channel: called before anything is heard of it, for a quick command's end comes in the
   *   same packet as its beginning
   * @throws UserError if the connection is lost or the server does not run commands
   */
  exec<T>(command: string, opened: (channel: ClientChannel) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      try {
        this.client.exec(command, (error, channel) => {
          if (error === undefined) resolve(opened(channel));
          else reject(commandRefused(this.endpoint, error.message));
        });
      } catch {
        // ssh2 throws when it is not connected any more
        reject(this.lost());
      }
    });
  }

  /**
   * Opens a way through this server to another, as `ssh -W` does.
   * @throws UserError if the connection is lost, or the server does not lead there
   */
  forward(target: SshEndpoint): Promise<ClientChannel> {
    return new Promise((resolve, reject) => {
      try {
        this.client.forwardOut(ORIGIN.host, ORIGIN.port, target.host, target.port, (error, channel) => {
          if (error === undefined) resolve(channel);
          else reject(jumpRefused(this.endpoint, target, error.message));
        });
      } catch {
        reject(this.lost());
      }
    });
  }

  async close(): Promise<void> {
    const { stream, closed, beneath } = this.way;
    this.client.end();
    const impatience = setTimeout(() => stream.destroy(), CLOSE_MILLISECONDS);
    // a way through another server only ends when that is left
    await Promise.all([closed, beneath?.close()]);
    clearTimeout(impatience);
  }
}

/** Where a forwarded connection is said to come from, as OpenSSH says it. */
const ORIGIN = { host: "127.0.0.1", port: 65_535 };

/** How long a server may take to say goodbye. */
const CLOSE_MILLISECONDS = 2000;
