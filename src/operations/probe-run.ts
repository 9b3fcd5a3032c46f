import { UserError } from "../errors";
import type { CloudConfig } from "../formats/cloud-config";
import { COMMANDS } from "../machine/commands";
import { consoleMachine } from "../machine/console";
import { firstLogin } from "../machine/first-login";
import { observeMachine } from "../machine/live-checks";
import type { Machine } from "../machine/machine";
import { RunKey } from "../machine/run-key";
import { probeUserData } from "../machine/user-data";
import type { Flavor, Image, MachineObservations, OperationEvent, Unmeasured } from "../model";
import type { Instance } from "../model/instance";
import { imageSize } from "../openstack/block-storage";
import { importKeypair } from "../openstack/keypair";
import { createInNetwork, floatingAddress, portsOf } from "../openstack/network";
import { noAddress } from "../openstack/errors";
import { allowsRng, chooseFlavor } from "../openstack/probe/choose-flavor";
import { cleanUp } from "../openstack/probe/clean-up";
import { watchConsole } from "../openstack/probe/console-watch";
import type { Journal } from "../openstack/probe/journal";
import { Maker } from "../openstack/probe/maker";
import { wire, type Wiring } from "../openstack/probe/wiring";
import { consoleOutput, type Server } from "../openstack/server";
import { Session } from "../openstack/session";
import type { InstanceChoices, InstanceServices } from "./instance-choices";
import { loginUser } from "./login-user";

type Progress = Extract<OperationEvent, { type: "progress" }>;

const progress = (message: string, fraction: number): Progress => ({ type: "progress", message, fraction });

/** What of an instance is known while it is made. */
type Draft = { -readonly [K in keyof Omit<Instance<never>, "observations" | "notes">]: Instance<never>[K] } & {
  readonly notes: string[];
};

/** Milliseconds that services are given to start after SSH lets in. */
const STARTING = 180_000;

/** The kinds that go as soon as an image is done, so that the next one finds the quota free. */
const OF_ONE_IMAGE = new Set(["floating-ip", "server", "volume", "keypair"]);

/** One run over several images, which share a network. */
export class ProbeRun {
  #wiring: Wiring | null = null;
  #servers = 0;

  constructor(
    private readonly cloud: CloudConfig,
    private readonly choices: InstanceChoices,
    private readonly services: InstanceServices,
    private readonly journal: Journal,
    private readonly flavors: readonly Flavor[],
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Makes a server of an image, asks it, and deletes it; what cannot be deleted is left to the clean-up of the whole run.
   * @throws nothing that concerns this image alone; the signal's reason
   */
  async *probe(image: Image): AsyncGenerator<Progress, Instance<MachineObservations>> {
    const rngModel = Object.hasOwn(image.properties, "hw_rng_model") ? image.properties["hw_rng_model"] : null;
    const draft: Draft = {
      ...{ image: { id: image.id, name: image.name, rngModel }, flavor: null, volume: null, server: null, notes: [] },
    };
    const key = this.choices.askedBy === "ssh" ? await RunKey.make() : null;
    try {
      // a run may outlive its first token
      const session = await Session.open(this.cloud, this.signal, this.services);
      const deadline = session.clock.now() + 1000 * this.choices.timeout;
      const maker = new Maker(session, this.journal, deadline);
      const server = yield* this.#make(maker, image, draft, key);
      const observations =
        key === null
          ? yield* this.#askOverConsole(session, server, deadline)
          : yield* this.#askOverSsh({ maker, server, image, key, deadline, draft });
      yield progress("Deleting the server", 0.95);
      await cleanUp(
        this.journal,
        session,
        () => undefined,
        ({ kind }) => OF_ONE_IMAGE.has(kind),
      );
      return { ...draft, observations };
    } catch (error) {
      this.signal.throwIfAborted();
      if (!(error instanceof UserError)) throw error;
      return { ...draft, observations: nothingMeasured(error, this.cloud) };
    } finally {
      await key?.close();
    }
  }

  async *#make(maker: Maker, image: Image, draft: Draft, key: RunKey | null): AsyncGenerator<Progress, Server> {
    const { choices, journal } = this;
    const { session } = maker;
    yield progress("Preparing the network", 0.05);
    this.#wiring ??= await wire(maker, { network: choices.network, login: key !== null });
    const details = await session.image
      .at(session.image.url.replace(/\/v\d+(\.\d+)?$/, ""))
      .get(`/v2/images/${image.id}`);
    const volumes = session.has("block-storage");
    const wish = { name: choices.flavor, imageSize: imageSize(details), volumes };
    const { flavor, volume } = chooseFlavor(this.flavors, image, wish);
    draft.flavor = { id: flavor.id, name: flavor.name, allowsRng: allowsRng(flavor) };
    const part = String(++this.#servers);
    const boot =
      volume === null
        ? ({ from: "image", image: image.id } as const)
        : yield* this.#volume(maker, image, volume, part, draft);
    const keypair = key === null ? null : await this.#import(maker, key, part);
    yield progress(`Starting a server of flavor ${flavor.name}`, 0.2);
    const server = await maker.server({
      name: maker.name("server", part),
      flavor: flavor.id,
      boot,
      network: this.#wiring.network,
      securityGroups: this.#wiring.securityGroups,
      keypair,
      userData: key === null ? probeUserData({ run: journal.header.run, mirror: choices.mirror }) : null,
      metadata: maker.metadata,
    });
    draft.server = server.id;
    return server;
  }

  async *#volume(
    maker: Maker,
    image: Image,
    size: number,
    part: string,
    draft: Draft,
  ): AsyncGenerator<Progress, { readonly from: "volume"; readonly volume: string }> {
    yield progress("Making a volume of the image", 0.1);
    const made = await maker.volume(maker.name("volume", part), image.id, size);
    draft.volume = made.size;
    if (made.size !== size)
      draft.notes.push(`The image needs more than the ${size} GiB that its min_disk lets expect.`);
    return { from: "volume", volume: made.id };
  }

  /** A key pair for each image: a key that has been used for one server is not good for another. */
  async #import(maker: Maker, key: RunKey, part: string): Promise<string> {
    const name = maker.name("keypair", part);
    return maker.make("keypair", name, async () => {
      await importKeypair(maker.session.compute, name, key.publicKey);
      return name;
    });
  }

  async *#askOverConsole(
    session: Session,
    server: Server,
    deadline: number,
  ): AsyncGenerator<Progress, MachineObservations> {
    const watching = watchConsole(session, server, this.journal.header.run, deadline);
    for (;;) {
      const step = await watching.next();
      if (step.done !== true) {
        yield progress(`Watching the console (${step.value})`, 0.5);
        continue;
      }
      const machine = consoleMachine(server.name, `console:${server.id}`, step.value);
      return yield* observeMachine(machine, this.signal);
    }
  }

  async *#askOverSsh({
    maker,
    server,
    image,
    key,
    deadline,
    draft,
  }: {
    readonly maker: Maker;
    readonly server: Server;
    readonly image: Image;
    readonly key: RunKey;
    readonly deadline: number;
    readonly draft: Draft;
  }): AsyncGenerator<Progress, MachineObservations> {
    const { session } = maker;
    const host = await this.#address(maker, server);
    const user = this.choices.user ?? loginUser(image);
    yield progress(`Logging in to ${user}@${host}`, 0.4);
    const console = (): Promise<string> =>
      consoleOutput(session.compute, server.id).then(
        (text) => text ?? "",
        (error: unknown) => {
          if (error instanceof UserError) return "";
          throw error;
        },
      );
    const { machine, trust } = await firstLogin(
      {
        ...{ name: server.name, host, user, port: this.services.sshPort, console, end: deadline },
        now: () => session.clock.now(),
        sleep: (milliseconds) => session.sleep(milliseconds),
      },
      key,
      this.signal,
    );
    draft.notes.push(
      trust === "console"
        ? "The server's host key is that which its console shows."
        : "The server's console shows no host key; the first that answered was trusted, for this server alone.",
    );
    try {
      yield progress("Waiting until its services have started", 0.45);
      await this.#started(machine);
      return yield* observeMachine(machine, this.signal);
    } finally {
      await machine.close();
    }
  }

  /** SSH lets in before rngd runs; a machine that does not say when it has started is asked at once. */
  async #started(machine: Machine): Promise<void> {
    try {
      await machine.run(COMMANDS.started, { signal: this.signal, maxOutput: 1024, timeout: STARTING });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }

  /** Where the server can be reached from outside: its own address in a network that was named, else a floating one. */
  async #address(maker: Maker, server: Server): Promise<string> {
    const { network } = maker.session;
    const external = this.#wiring?.external ?? null;
    if (this.choices.network !== null && !this.choices.floatingAddress) {
      const direct = server.addresses.find(({ version }) => version === 4) ?? server.addresses.at(0);
      if (direct === undefined) throw noAddress(server.name);
      return direct.address;
    }
    const port = (await portsOf(network, server.id)).at(0);
    if (external === null || port === undefined) throw noAddress(server.name);
    const description = maker.name("floating-ip", String(this.#servers));
    const body = { floating_network_id: external, port_id: port.id, description };
    const id = await maker.make("floating-ip", description, () => createInNetwork(network, "floatingip", body));
    const address = await floatingAddress(network, id);
    if (address === null) throw noAddress(server.name);
    return address;
  }
}

/** Why nothing was learned of a server, said of each thing that was to be learned. */
function nothingMeasured({ message, remedy }: UserError, cloud: CloudConfig): MachineObservations {
  const unmeasured = (asked: string): Unmeasured => ({
    status: "unmeasured",
    provenance: { asked, of: cloud.authUrl, at: new Date().toISOString() },
    ...{ reason: message, remedy },
  });
  return {
    kernel: unmeasured("uname -sr"),
    rngd: unmeasured("the processes and units of rngd"),
    hwrng: unmeasured("hw_random"),
    entropyAvail: unmeasured("entropy_avail"),
    fips140: unmeasured("rngtest -c 1000"),
  };
}
