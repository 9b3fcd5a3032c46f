import { randomUUID } from "node:crypto";
import { isObject, listIn, objectIn, textIn, type JsonObject } from "../../formats/json";
import type { Flavor, Image } from "../../model";
import type { DemoAnswer, DemoRequest } from "./answer";
import { bootLog } from "./boot-log";
import { refusal } from "./nova-refusal";
import type { DemoProject, DemoServer } from "./project";

export interface ServerLife {
  /** Most servers. */
  readonly quota?: number;
  /** What a server's console shows at last; what comes of the demo's own script unless given. */
  readonly console?: (server: DemoServer) => Promise<string>;
  /** Why a server cannot be started, null if it can. */
  readonly fault?: (server: DemoServer) => string | null;
  /** The address at which a server answers. */
  readonly address?: (server: DemoServer) => string;
}

export interface NovaServersOptions extends ServerLife {
  readonly flavors: readonly Flavor[];
  readonly images: readonly Image[];
  /** GiB that an image takes, whatever its min_disk says. */
  readonly imageSize: (image: Image) => number;
}

/** How many looks it takes until a server runs, until its console is complete, and until a deleted one is gone. */
const BUILDING = 2;
const TALKING = 3;
const DELETING = 1;

/** Nova as far as the life of a server goes. */
export class NovaServers {
  constructor(
    private readonly project: DemoProject,
    private readonly options: NovaServersOptions,
  ) {}

  /** @returns null for a path that is none of these */
  answer(request: DemoRequest): DemoAnswer | Promise<DemoAnswer> | null {
    const { method, path, query, body } = request;
    const [, kind, name, action] = /^\/v2\.1\/(servers|os-keypairs)(?:\/([^/]+))?(?:\/(action))?$/.exec(path) ?? [];
    const asked = isObject(body) ? body : {};
    if (kind === "os-keypairs")
      return this.#keypair(method, decodeURIComponent(name || ""), objectIn(asked, "keypair"));
    if (kind !== "servers") return null;
    if (name === "detail") return { status: 200, body: { servers: this.#named(query.get("name") ?? "") } };
    if (!name) return this.#make(objectIn(asked, "server"));
    const server = this.#look(name);
    if (server === undefined) return refusal(404, "itemNotFound", `Instance ${name} could not be found.`);
    if (action) return this.#act(server, asked);
    if (method === "GET") return { status: 200, body: { server: this.#json(server) } };
    server.looksLeft = DELETING;
    return { status: 204, body: "" };
  }

  #keypair(method: string, name: string, asked: JsonObject): DemoAnswer {
    const { keypairs } = this.project;
    if (method === "POST") {
      const keypair = { name: textIn(asked, "name") ?? "", publicKey: textIn(asked, "public_key") ?? "" };
      if (keypairs.has(keypair.name)) {
        return refusal(409, "conflictingRequest", `Key pair '${keypair.name}' already exists.`);
      }
      keypairs.set(keypair.name, keypair);
      return { status: 200, body: { keypair: { name: keypair.name, public_key: keypair.publicKey } } };
    }
    if (!keypairs.has(name)) return refusal(404, "itemNotFound", `Keypair ${name} not found for user.`);
    if (method === "DELETE") keypairs.delete(name);
    return method === "DELETE" ? { status: 202, body: "" } : { status: 200, body: { keypair: { name } } };
  }

  #named(pattern: string): JsonObject[] {
    const servers = [...this.project.servers.values()];
    return servers.filter(({ name }) => new RegExp(pattern).test(name)).map((server) => this.#json(server));
  }

  #make(asked: JsonObject): DemoAnswer {
    const flavor = this.options.flavors.find(({ id }) => id === asked["flavorRef"]);
    if (flavor === undefined) return refusal(400, "badRequest", "Flavor's id is not valid.");
    const volumes = listIn(asked, "block_device_mapping_v2").filter(isObject);
    const volume = this.project.volumes.get(textIn(volumes.at(0) ?? {}, "uuid") ?? "");
    const image = volume?.image ?? this.options.images.find(({ id }) => id === asked["imageRef"]);
    if (image === undefined) return refusal(400, "badRequest", "Can not find requested image");
    if (this.project.servers.size >= (this.options.quota ?? Infinity)) {
      const used = this.project.servers.size;
      return refusal(
        403,
        "forbidden",
        `Quota exceeded for instances: Requested 1, but already used ${used} of ${used} instances`,
      );
    }
    if (volume === undefined && flavor.disk === 0) {
      return refusal(403, "forbidden", "Only volume-backed servers are allowed for flavors with zero disk.");
    }
    if (volume === undefined && flavor.disk < this.options.imageSize(image)) {
      return refusal(400, "badRequest", "Flavor's disk is too small for requested image.");
    }
    const network = textIn(listIn(asked, "networks").filter(isObject).at(0) ?? {}, "uuid") ?? "";
    if (!this.project.of("networks").has(network)) {
      return refusal(400, "badRequest", `Network ${network} could not be found.`);
    }
    const groups = listIn(asked, "security_groups")
      .filter(isObject)
      .flatMap((group) => textIn(group, "name") ?? []);
    const id = randomUUID();
    const port = this.project.plug(network, id, "compute:nova", groups);
    if (volume !== undefined) volume.status = "in-use";
    const server: DemoServer = {
      ...{ id, flavor, image, name: textIn(asked, "name") ?? "", port: port.id, address: port.address },
      userData: Buffer.from(textIn(asked, "user_data") ?? "", "base64").toString("utf8"),
      keypair: this.project.keypairs.get(textIn(asked, "key_name") ?? "") ?? null,
      metadata: Object.fromEntries(Object.entries(objectIn(asked, "metadata")).map(([k, v]) => [k, String(v)])),
      ...{ status: "BUILD", fault: null, looks: 0, consoleLooks: 0, looksLeft: null },
      volumes: volume === undefined ? [] : [volume.id],
    };
    this.project.servers.set(id, server);
    return { status: 202, body: { server: { id, security_groups: [{ name: "default" }], adminPass: "" } } };
  }

  /** The server, a look older. */
  #look(id: string): DemoServer | undefined {
    const server = this.project.servers.get(id);
    if (server === undefined) return undefined;
    if (server.looksLeft !== null && server.looksLeft-- <= 0) {
      this.#remove(server);
      return undefined;
    }
    if (server.status === "BUILD" && ++server.looks >= BUILDING) {
      server.fault = this.options.fault?.(server) ?? null;
      server.status = server.fault === null ? "ACTIVE" : "ERROR";
    }
    return server;
  }

  #remove(server: DemoServer): void {
    this.project.servers.delete(server.id);
    this.project.ports.delete(server.port);
    for (const volume of server.volumes) this.project.volumes.delete(volume);
  }

  async #act(server: DemoServer, asked: JsonObject): Promise<DemoAnswer> {
    if (!("os-getConsoleOutput" in asked)) return refusal(400, "badRequest", "There is no such action.");
    if (server.status !== "ACTIVE") {
      return refusal(409, "conflictingRequest", `Instance ${server.id} is not ready`);
    }
    const text = await (this.options.console ?? ((s: DemoServer) => Promise.resolve(bootLog(s))))(server);
    const lines = text.split("\n");
    const shown = Math.ceil((lines.length * Math.min(++server.consoleLooks, TALKING)) / TALKING);
    return { status: 200, body: { output: lines.slice(0, shown).join("\n") } };
  }

  #json(server: DemoServer): JsonObject {
    const address = this.options.address?.(server) ?? server.address;
    const addresses = { network: [{ version: 4, addr: address, "OS-EXT-IPS:type": "fixed" }] };
    return {
      ...{ id: server.id, name: server.name, status: server.status, metadata: server.metadata },
      ...{ addresses: server.status === "BUILD" ? {} : addresses, key_name: server.keypair?.name ?? null },
      "OS-EXT-STS:task_state": server.looksLeft === null ? null : "deleting",
      ...(server.fault === null ? {} : { fault: { code: 500, message: server.fault } }),
    };
  }
}
