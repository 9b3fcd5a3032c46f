import { isObject, objectIn, textIn, type JsonObject } from "../../formats/json";
import { requestId, type DemoAnswer, type DemoRequest } from "./answer";
import { NETWORK_THINGS, type DemoNetworkThing, type DemoProject } from "./project";

type Kind = (typeof NETWORK_THINGS)[number];

/** How a body calls one thing of a path's kind. */
const SINGULARS: Readonly<Record<Kind, string>> = {
  networks: "network",
  subnets: "subnet",
  routers: "router",
  "security-groups": "security_group",
  "security-group-rules": "security_group_rule",
  floatingips: "floatingip",
};

/** Most things of each kind; none is told: as many as one likes. */
export type NetworkQuotas = Readonly<Partial<Record<Kind, number>>>;

/** Neutron as far as a server needs a network, a way to it and who may use it. */
export class Neutron {
  constructor(
    private readonly project: DemoProject,
    private readonly quotas: NetworkQuotas,
    private readonly floatingAddress: string | null,
  ) {}

  answer(request: DemoRequest): DemoAnswer {
    const answer = this.#route(request);
    return { ...answer, headers: { "X-Openstack-Request-Id": requestId() } };
  }

  #route({ method, path, query, body }: DemoRequest): DemoAnswer {
    const [, plural = "", id, action] = /^\/v2\.0\/([a-z-]+)(?:\/([^/]+))?(?:\/([a-z_]+))?$/.exec(path) ?? [];
    if (method === "GET" && plural === "ports") return { status: 200, body: { ports: this.#ports(query) } };
    const kind = NETWORK_THINGS.find((name) => name === plural);
    if (kind === undefined) return { status: 404, body: "The resource could not be found." };
    if (!id) {
      if (method === "POST") return this.#make(kind, isObject(body) ? objectIn(body, SINGULARS[kind]) : {});
      const found = [...this.project.of(kind).values()].map((thing) => json(kind, thing)).filter(matching(query));
      return { status: 200, body: { [plural.replaceAll("-", "_")]: found } };
    }
    const thing = this.project.of(kind).get(decodeURIComponent(id));
    if (thing === undefined)
      return refusal(404, `${SINGULARS[kind]}NotFound`, `${SINGULARS[kind]} ${id} could not be found.`);
    if (method === "GET") return { status: 200, body: { [SINGULARS[kind]]: json(kind, thing) } };
    if (method === "DELETE") return this.#delete(kind, thing);
    return this.#interface(thing, action, isObject(body) ? body : {});
  }

  #ports(query: URLSearchParams): JsonObject[] {
    return [...this.project.ports.values()]
      .map(({ id, network, device, owner, address }) => ({
        ...{ id, name: "", network_id: network, device_id: device, device_owner: owner },
        fixed_ips: [{ ip_address: address }],
      }))
      .filter(matching(query));
  }

  #make(kind: Kind, body: JsonObject): DemoAnswer {
    const own = [...this.project.of(kind).values()].filter(({ body: b }) => b["shared"] !== true);
    if (own.length >= (this.quotas[kind] ?? Infinity)) {
      return refusal(409, "OverQuota", `Quota exceeded for resources: ['${SINGULARS[kind]}'].`);
    }
    const more =
      kind === "floatingips" ? { floating_ip_address: this.floatingAddress ?? `203.0.113.${10 + own.length}` } : {};
    const thing = this.project.add(kind, textIn(body, "name") ?? textIn(body, "description") ?? "", {
      ...body,
      ...more,
    });
    return { status: 201, body: { [SINGULARS[kind]]: json(kind, thing) } };
  }

  #delete(kind: Kind, thing: DemoNetworkThing): DemoAnswer {
    const ports = [...this.project.ports.values()];
    const network = kind === "subnets" ? thing.body["network_id"] : thing.id;
    const used = {
      networks: ports.some((port) => port.network === network),
      subnets: ports.some((port) => port.network === network),
      routers: ports.some((port) => port.device === thing.id),
      "security-groups": ports.some((port) => port.securityGroups.includes(thing.name)),
      "security-group-rules": false,
      floatingips: false,
    }[kind];
    if (used) return refusal(409, `${SINGULARS[kind]}InUse`, `${SINGULARS[kind]} ${thing.id} is still in use.`);
    this.project.of(kind).delete(thing.id);
    const deleteOf = (dependents: Kind, key: string): void => {
      for (const [id, { body }] of this.project.of(dependents)) {
        if (body[key] === thing.id) this.project.of(dependents).delete(id);
      }
    };
    if (kind === "networks") deleteOf("subnets", "network_id");
    if (kind === "security-groups") deleteOf("security-group-rules", "security_group_id");
    return { status: 204, body: "" };
  }

  #interface(router: DemoNetworkThing, action: string, body: JsonObject): DemoAnswer {
    if (action === "add_router_interface") {
      const subnet = this.project.of("subnets").get(textIn(body, "subnet_id") ?? "");
      if (subnet === undefined) return refusal(404, "SubnetNotFound", "Subnet could not be found.");
      const port = this.project.plug(String(subnet.body["network_id"]), router.id, "network:router_interface");
      return { status: 200, body: { id: router.id, port_id: port.id, subnet_id: subnet.id } };
    }
    const port = this.project.ports.get(textIn(body, "port_id") ?? "");
    if (port?.device !== router.id) return refusal(404, "RouterInterfaceNotFound", "Router has no such interface.");
    this.project.ports.delete(port.id);
    return { status: 200, body: { id: router.id, port_id: port.id } };
  }
}

function json(kind: Kind, { id, name, body }: DemoNetworkThing): JsonObject {
  return { status: "ACTIVE", description: "", ...body, ...(kind === "floatingips" ? {} : { name }), id };
}

/** Neutron's filters: every member that is asked for is as asked. */
function matching(query: URLSearchParams): (thing: JsonObject) => boolean {
  return (thing) =>
    [...query].every(([key, value]) => {
      const member = thing[key];
      return typeof member === "boolean" ? member === (value.toLowerCase() === "true") : member === value;
    });
}

function refusal(status: number, type: string, message: string): DemoAnswer {
  return { status, body: { NeutronError: { type, message, detail: "" } } };
}
