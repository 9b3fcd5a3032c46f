import { UserError } from "../../errors";
import { createVolume, showVolume } from "../block-storage";
import { serverFailed, vanished, volumeFailed, waitedTooLong } from "../errors";
import { createServer, showServer, type NewServer, type Server } from "../server";
import type { Session } from "../session";
import type { Journal, ResourceKind } from "./journal";
import { RESOURCES } from "./resources";

/** Milliseconds between two looks at something that is being made. */
const LOOK_AGAIN = 3000;

/** An image may need more than its min_disk says; how often a volume that turns out too small is made twice as large. */
const LARGER = 3;
const TOO_SMALL = /larger than (?:the )?volume size|smaller than the minimum size|greater than (?:the )?volume/i;

/** Answers that say that nothing was made. */
const REFUSALS = new Set(
  "quota forbidden not-found conflict refused too-large rate-limited token-refused microversion".split(" "),
);

/** Makes things in a cloud, each in the journal before the cloud is asked for it. */
export class Maker {
  readonly metadata: Readonly<Record<string, string>>;

  constructor(
    readonly session: Session,
    private readonly journal: Journal,
    /** On the session's clock: when to stop waiting. */
    private readonly deadline: number,
  ) {
    this.metadata = { "entropy-check-run": journal.header.run };
  }

  /** What a thing of this run is called; `part` tells those of a kind apart. */
  name(kind: ResourceKind, part = ""): string {
    return `entropy-check-${this.journal.header.run}-${kind}${part === "" ? "" : `-${part}`}`;
  }

  /**
   * Makes something. If the connection is lost before the answer comes, it looks whether the thing was made.
   * @param create asks for it, and returns its id
   * @throws UserError if it was not made, or nobody knows
   */
  async make(kind: ResourceKind, name: string, create: () => Promise<string>): Promise<string> {
    await this.journal.asking(kind, name);
    try {
      const id = await create();
      await this.journal.made(kind, name, id);
      return id;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      if (REFUSALS.has(error.code.replace("openstack-", ""))) {
        await this.journal.gone(kind, name);
        throw error;
      }
      const [id] = await RESOURCES[kind].find(this.session, name);
      if ((id as string | undefined) === undefined) throw error;
      await this.journal.made(kind, name, id);
      return id;
    }
  }

  /**
   * Makes a volume of an image, and waits until it can be used.
   * @param size GiB to begin with
   * @returns its id and the size that it took
   */
  async volume(name: string, image: string, size: number): Promise<{ readonly id: string; readonly size: number }> {
    for (let factor = 1; ; factor *= 2) {
      try {
        const volume = { name, image, size: size * factor, metadata: this.metadata };
        const id = await this.make("volume", name, () => createVolume(this.session.blockStorage, volume));
        await this.#volumeIsAvailable(id, name);
        return { id, size: volume.size };
      } catch (error) {
        const again = error instanceof UserError && TOO_SMALL.test(error.message) && factor < 2 ** LARGER;
        if (!again) throw error;
      }
    }
  }

  #volumeIsAvailable(id: string, name: string): Promise<void> {
    return this.until(`Making the volume ${name}`, async () => {
      const volume = await showVolume(this.session.blockStorage, id);
      if (volume === null) throw vanished(`The volume ${name}`);
      if (volume.status.startsWith("error")) throw volumeFailed(name, volume.status);
      return volume.status === "available" ? undefined : null;
    });
  }

  /** Makes a server, and waits until it runs. */
  async server(server: NewServer): Promise<Server> {
    const { compute } = this.session;
    const id = await this.make("server", server.name, () => createServer(compute, server));
    return this.until(`Starting the server ${server.name}`, async () => {
      const seen = await showServer(compute, id);
      if (seen === null) throw vanished(`The server ${server.name}`);
      if (seen.status === "ERROR") throw serverFailed(server.name, seen.fault);
      return seen.status === "ACTIVE" ? seen : null;
    });
  }

  /**
   * Looks until there is something to see.
   * @param look null: not yet
   * @throws UserError after the deadline
   */
  async until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
    const { clock } = this.session;
    const begin = clock.now();
    for (;;) {
      const seen = await look();
      if (seen !== null) return seen;
      if (clock.now() >= this.deadline) throw waitedTooLong(what, (clock.now() - begin) / 1000);
      await this.session.sleep(LOOK_AGAIN);
    }
  }
}
