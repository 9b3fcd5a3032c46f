import { randomUUID } from "node:crypto";
import type { Flavor, Image } from "../../model";

/** A server of the simulated cloud. */
export interface DemoServer {
  readonly id: string;
  readonly name: string;
  readonly flavor: Flavor;
  /** null for one that boots from a volume that was not made of an image. */
  readonly image: Image | null;
  readonly userData: string;
  readonly keypair: DemoKeypair | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly port: string;
  readonly address: string;
  status: "BUILD" | "ACTIVE" | "ERROR";
  fault: string | null;
  /** How often somebody has looked at it, and at its console. */
  looks: number;
  consoleLooks: number;
  /** Looks until it is gone; null: nobody has deleted it. */
  looksLeft: number | null;
  readonly volumes: readonly string[];
}

export interface DemoKeypair {
  readonly name: string;
  readonly publicKey: string;
}

export interface DemoVolume {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly image: Image | null;
  status: "creating" | "available" | "in-use" | "error";
  looks: number;
}

/** Anything of Neutron's: its own members as they were asked for, and those that refer to others. */
export interface DemoNetworkThing {
  readonly id: string;
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface DemoPort {
  readonly id: string;
  readonly network: string;
  readonly device: string;
  readonly owner: string;
  readonly address: string;
  readonly securityGroups: readonly string[];
}

export const NETWORK_THINGS = [
  "networks",
  "subnets",
  "routers",
  "security-groups",
  "security-group-rules",
  "floatingips",
] as const;

/** What a simulated project holds. */
export class DemoProject {
  readonly servers = new Map<string, DemoServer>();
  readonly keypairs = new Map<string, DemoKeypair>();
  readonly volumes = new Map<string, DemoVolume>();
  readonly ports = new Map<string, DemoPort>();
  readonly network = new Map(NETWORK_THINGS.map((kind) => [kind, new Map<string, DemoNetworkThing>()]));
  /** The network that leads out of every cloud, and one that is there for all. */
  readonly external = this.add("networks", "public", { "router:external": true, shared: true });
  readonly shared = this.add("networks", "shared", { "router:external": false, shared: true });
  #addresses = 10;

  /** Everything that the project has beyond what every project has: `server entropy-check-...`. */
  get inventory(): readonly string[] {
    const named = (kind: string, things: Iterable<{ readonly name: string }>): string[] =>
      Array.from(things, ({ name }) => `${kind} ${name}`);
    const things = NETWORK_THINGS.flatMap((kind) =>
      named(
        kind,
        [...this.of(kind).values()].filter((thing) => thing !== this.external && thing !== this.shared),
      ),
    );
    return [
      ...named("server", this.servers.values()),
      ...named("keypair", this.keypairs.values()),
      ...named("volume", this.volumes.values()),
      ...Array.from(this.ports.values(), ({ owner }) => `port ${owner}`),
      ...things,
    ];
  }

  of(kind: (typeof NETWORK_THINGS)[number]): Map<string, DemoNetworkThing> {
    return this.network.get(kind) ?? new Map<string, DemoNetworkThing>();
  }

  add(kind: (typeof NETWORK_THINGS)[number], name: string, body: Readonly<Record<string, unknown>>): DemoNetworkThing {
    const thing = { id: randomUUID(), name, body };
    this.of(kind).set(thing.id, thing);
    return thing;
  }

  plug(network: string, device: string, owner: string, securityGroups: readonly string[] = []): DemoPort {
    const address = `192.168.231.${this.#addresses++}`;
    const port = { id: randomUUID(), network, device, owner, address, securityGroups };
    this.ports.set(port.id, port);
    return port;
  }
}
