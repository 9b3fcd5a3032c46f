import { networkNotFound, noExternalNetwork } from "../errors";
import { addRouterInterface, createInNetwork, listNetworks } from "../network";
import type { Maker } from "./maker";

/** Where the servers of a run are plugged in. */
export interface Wiring {
  readonly network: string;
  /** Where floating addresses come from; null when there is no such network. */
  readonly external: string | null;
  /** Names. */
  readonly securityGroups: readonly string[];
}

export interface WiringWish {
  /** The name or the id of a network that is there; null: one of the run's own. */
  readonly network: string | null;
  /** Whether somebody wants to log in from outside. */
  readonly login: boolean;
}

/** Private (RFC 1918), and seldom taken; it exists only behind a router of the run's own. */
const CIDR = "192.168.231.0/24";
const SSH_PORT = 22;

/** Finds the network that was named, or makes one, with a router to the outside where the cloud has an outside. */
export async function wire(maker: Maker, wish: WiringWish): Promise<Wiring> {
  const { network } = maker.session;
  const networks = await listNetworks(network);
  const external =
    networks.find((n) => n.external) ?? (await listNetworks(network, "?router:external=True")).at(0) ?? null;
  const securityGroups = wish.login ? [await loginGroup(maker)] : [];
  if (wish.network !== null) {
    const found = networks.find(({ id, name }) => name === wish.network || id === wish.network);
    if (found === undefined) throw networkNotFound(wish.network);
    return { network: found.id, external: external?.id ?? null, securityGroups };
  }
  if (wish.login && external === null) throw noExternalNetwork();
  const make = (kind: "network" | "subnet" | "router", body: Readonly<Record<string, unknown>>): Promise<string> => {
    const name = maker.name(kind);
    return maker.make(kind, name, () => createInNetwork(network, kind, { name, ...body }));
  };
  const own = await make("network", {});
  const subnet = await make("subnet", { network_id: own, ip_version: 4, cidr: CIDR });
  if (external !== null) {
    const router = await make("router", { external_gateway_info: { network_id: external.id } });
    await addRouterInterface(network, router, subnet);
  }
  return { network: own, external: external?.id ?? null, securityGroups };
}

/** A group that lets SSH in. @returns its name */
async function loginGroup(maker: Maker): Promise<string> {
  const { network } = maker.session;
  const name = maker.name("security-group");
  const id = await maker.make("security-group", name, () => createInNetwork(network, "security_group", { name }));
  for (const ethertype of ["IPv4", "IPv6"]) {
    await createInNetwork(network, "security_group_rule", {
      ...{ security_group_id: id, direction: "ingress", ethertype, protocol: "tcp" },
      ...{ port_range_min: SSH_PORT, port_range_max: SSH_PORT },
    });
  }
  return name;
}
