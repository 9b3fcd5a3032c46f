/** Neutron, as far as a probe server needs it. https://docs.openstack.org/api-ref/network/v2/ */
import { isObject, listIn, objectIn, textIn, type JsonObject } from "../formats/json";
import { idOf } from "./server";
import type { ServiceClient } from "./service";

export interface Network {
  readonly id: string;
  readonly name: string;
  /** Whether floating addresses and routers' gateways come from it. */
  readonly external: boolean;
  readonly subnets: readonly string[];
}

/** What a probe makes there: how a body calls one, and how a path calls all. */
const PLURALS = {
  network: "networks",
  subnet: "subnets",
  router: "routers",
  security_group: "security-groups",
  security_group_rule: "security-group-rules",
  floatingip: "floatingips",
} as const;

export type NetworkResource = keyof typeof PLURALS;

/** Networks that the project may use. */
export async function listNetworks(network: ServiceClient, query = ""): Promise<readonly Network[]> {
  const answer = await network.get(`/networks${query}`);
  return listIn(answer, "networks")
    .filter(isObject)
    .map((item) => ({
      id: idOf(item, network.asked),
      name: textIn(item, "name") ?? "",
      external: item["router:external"] === true,
      subnets: listIn(item, "subnets").filter((id) => typeof id === "string"),
    }));
}

/** @returns the id of what was made */
export async function createInNetwork(
  network: ServiceClient,
  resource: NetworkResource,
  body: JsonObject,
): Promise<string> {
  const answer = await network.post(`/${PLURALS[resource]}`, { [resource]: body });
  return idOf(objectIn(answer, resource), network.asked);
}

/**
 * Finds what was made under a name.
 * @param by where the name stands: a floating address has none, but a description
 * @returns the ids of those of exactly that name
 */
export async function findInNetwork(
  network: ServiceClient,
  resource: NetworkResource,
  name: string,
  by: "name" | "description" = "name",
): Promise<readonly string[]> {
  const answer = await network.get(`/${PLURALS[resource]}?${by}=${encodeURIComponent(name)}`);
  return listIn(answer, PLURALS[resource].replaceAll("-", "_"))
    .filter(isObject)
    .filter((item) => textIn(item, by) === name)
    .map((item) => idOf(item, network.asked));
}

const pathOf = (resource: NetworkResource, id: string): string => `/${PLURALS[resource]}/${encodeURIComponent(id)}`;

export async function existsInNetwork(network: ServiceClient, resource: NetworkResource, id: string): Promise<boolean> {
  return (await network.find(pathOf(resource, id))) !== null;
}

export async function deleteInNetwork(network: ServiceClient, resource: NetworkResource, id: string): Promise<void> {
  await network.delete(pathOf(resource, id));
}

/** The address of a floating address's id; null when there is none. */
export async function floatingAddress(network: ServiceClient, id: string): Promise<string | null> {
  const answer = await network.find(pathOf("floatingip", id));
  return answer === null ? null : textIn(objectIn(answer, "floatingip"), "floating_ip_address");
}

/** Ports that belong to a server or a router. */
export async function portsOf(
  network: ServiceClient,
  device: string,
): Promise<readonly { readonly id: string; readonly owner: string }[]> {
  const answer = await network.get(`/ports?device_id=${encodeURIComponent(device)}`);
  return listIn(answer, "ports")
    .filter(isObject)
    .map((port) => ({ id: idOf(port, network.asked), owner: textIn(port, "device_owner") ?? "" }));
}

export async function addRouterInterface(network: ServiceClient, router: string, subnet: string): Promise<void> {
  await network.put(`${pathOf("router", router)}/add_router_interface`, { subnet_id: subnet });
}

export async function removeRouterInterface(network: ServiceClient, router: string, port: string): Promise<void> {
  await network.put(`${pathOf("router", router)}/remove_router_interface`, { port_id: port });
}
