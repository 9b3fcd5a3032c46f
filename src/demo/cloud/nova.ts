import { isObject } from "../../formats/json";
import type { Flavor } from "../../model";
import { limitOf, middlewareError, page, requestId, type DemoAnswer, type DemoRequest } from "./answer";
import { refusal } from "./nova-refusal";
import type { NovaServers } from "./nova-servers";

export interface NovaOptions {
  /** Without a trailing slash and without a version. */
  readonly url: string;
  readonly flavors: readonly Flavor[];
  /** The newest microversion, `2.93`. */
  readonly microversion: string;
  /** Whether the role may read extra specs. */
  readonly extraSpecsReadable: boolean;
  /** Whether the role may set them. */
  readonly extraSpecsWritable: boolean;
  /** Most flavors a page. */
  readonly pageSize: number;
  readonly servers: NovaServers;
}

/** Microversions 2.N, by N alone. */
const OLDEST = 1;
const WITH_DESCRIPTION = 55;
const WITH_EXTRA_SPECS = 61;

/** Nova as far as versions, flavors and the life of a server go. */
export class Nova {
  readonly #newest: number;
  /** What was set since the start, by the flavor's id. */
  readonly #added = new Map<string, Readonly<Record<string, string>>>();

  constructor(private readonly options: NovaOptions) {
    this.#newest = Number(options.microversion.split(".")[1]);
  }

  /**
   * @param refusal asked for what the request is refused with; null when it is not. Versions are told to everybody.
   * @param ofProject whether the token is for a project: servers and extra specs are for such alone, since Nova 27
   */
  async answer(request: DemoRequest, refusal: () => DemoAnswer | null, ofProject: boolean): Promise<DemoAnswer> {
    const id = requestId();
    const headers = { "X-Openstack-Request-Id": id, "X-Compute-Request-Id": id };
    const answer = this.#versions(request.path) ?? refusal() ?? (await this.#versioned(request, ofProject));
    return { ...answer, headers: { ...headers, ...answer.headers } };
  }

  #versions(path: string): DemoAnswer | null {
    const version = {
      id: "v2.1",
      status: "CURRENT",
      version: this.options.microversion,
      min_version: `2.${OLDEST}`,
      updated: "2013-07-23T11:33:21Z",
      links: [{ rel: "self", href: `${this.options.url}/v2.1/` }],
    };
    if (path === "/") return { status: 200, body: { versions: [version] } };
    const type = "application/vnd.openstack.compute+json;version=2.1";
    const media = { "media-types": [{ base: "application/json", type }] };
    const headers = microversionHeaders(OLDEST);
    return path === "/v2.1/" ? { status: 200, headers, body: { version: { ...version, ...media } } } : null;
  }

  async #versioned(request: DemoRequest, ofProject: boolean): Promise<DemoAnswer> {
    const asked = askedMicroversion(request);
    const minor = asked === "latest" ? this.#newest : Number(/^2\.(\d+)$/.exec(asked)?.[1] ?? NaN);
    if (Number.isNaN(minor)) {
      const message = `API Version String ${asked} is of invalid format. Must be of format MajorNum.MinorNum.`;
      return refusal(400, "badRequest", message);
    }
    const answer =
      minor < OLDEST || minor > this.#newest
        ? refusal(
            406,
            "computeFault",
            `Version ${asked} is not supported by the API. Minimum is 2.${OLDEST} and maximum is ${this.options.microversion}.`,
          )
        : await (this.#servers(request, ofProject) ?? this.#route(request, minor, ofProject));
    return { ...answer, headers: microversionHeaders(minor) };
  }

  #servers(request: DemoRequest, ofProject: boolean): DemoAnswer | Promise<DemoAnswer> | null {
    const isCreate = request.method === "POST" && request.path === "/v2.1/servers";
    if (ofProject || !isCreate) return this.options.servers.answer(request);
    return refusal(403, "forbidden", "Policy doesn't allow os_compute_api:servers:create to be performed.");
  }

  #route({ path, query, method, body }: DemoRequest, minor: number, ofProject: boolean): DemoAnswer {
    const readable = this.options.extraSpecsReadable && ofProject;
    if (path === "/v2.1/flavors/detail") return this.#list(query, minor, readable);
    const id = /^\/v2\.1\/flavors\/([^/]+)\/os-extra_specs$/.exec(path)?.[1];
    if (id === undefined) return middlewareError(404, "The resource could not be found.");
    if (!readable) {
      return refusal(
        403,
        "forbidden",
        "Policy doesn't allow os_compute_api:os-flavor-extra-specs:index to be performed.",
      );
    }
    const flavor = this.options.flavors.find((candidate) => candidate.id === decodeURIComponent(id));
    if (flavor === undefined)
      return refusal(404, "itemNotFound", `Flavor ${decodeURIComponent(id)} could not be found.`);
    return method === "POST" ? this.#add(flavor, body) : { status: 200, body: { extra_specs: this.#specsOf(flavor) } };
  }

  #add({ id }: Flavor, body: unknown): DemoAnswer {
    if (!this.options.extraSpecsWritable) {
      const policy = "os_compute_api:os-flavor-extra-specs:create";
      return refusal(403, "forbidden", `Policy doesn't allow ${policy} to be performed.`);
    }
    const specs = isObject(body) && isObject(body["extra_specs"]) ? Object.entries(body["extra_specs"]) : [];
    if (specs.length === 0 || specs.some(([, value]) => typeof value !== "string" && typeof value !== "number"))
      return refusal(400, "badRequest", "Invalid input for field/attribute extra_specs.");
    const added = Object.fromEntries(specs.map(([key, value]) => [key, String(value)]));
    this.#added.set(id, { ...this.#added.get(id), ...added });
    return { status: 200, body: { extra_specs: added } };
  }

  #specsOf({ id, extraSpecs }: Flavor): Flavor["extraSpecs"] {
    return { ...extraSpecs, ...this.#added.get(id) };
  }

  #list(query: URLSearchParams, minor: number, readable: boolean): DemoAnswer {
    const limit = limitOf(query, this.options.pageSize);
    const marker = query.get("marker");
    const flavors = page(this.options.flavors, marker, limit);
    if (flavors === null) return refusal(400, "badRequest", `marker [${marker ?? ""}] not found`);
    const next = new URLSearchParams(query);
    next.set("marker", flavors.at(-1)?.id ?? "");
    const href = `${this.options.url}/v2.1/flavors/detail?${next.toString()}`;
    return {
      status: 200,
      body: {
        flavors: flavors.map((flavor) => this.#json(flavor, minor, readable)),
        // as in Nova, the link is there whenever a page is full, so the last page may be empty
        ...(flavors.length === limit ? { flavors_links: [{ rel: "next", href }] } : {}),
      },
    };
  }

  #json(flavor: Flavor, minor: number, readable: boolean): unknown {
    const { url } = this.options;
    return {
      id: flavor.id,
      name: flavor.name,
      ram: flavor.ram,
      disk: flavor.disk,
      swap: "",
      "OS-FLV-EXT-DATA:ephemeral": 0,
      "OS-FLV-DISABLED:disabled": false,
      vcpus: flavor.vcpus,
      "os-flavor-access:is_public": flavor.isPublic,
      rxtx_factor: 1,
      links: [
        { rel: "self", href: `${url}/v2.1/flavors/${flavor.id}` },
        { rel: "bookmark", href: `${url}/flavors/${flavor.id}` },
      ],
      ...(minor >= WITH_DESCRIPTION ? { description: null } : {}),
      ...(minor >= WITH_EXTRA_SPECS && readable ? { extra_specs: this.#specsOf(flavor) } : {}),
    };
  }
}

function askedMicroversion({ headers }: DemoRequest): string {
  const header = String(headers["openstack-api-version"] ?? "");
  const legacy = String(headers["x-openstack-nova-api-version"] ?? `2.${OLDEST}`);
  return header.startsWith("compute ") ? header.slice("compute ".length) : legacy;
}

function microversionHeaders(minor: number): Record<string, string> {
  return {
    "Openstack-Api-Version": `compute 2.${minor}`,
    "X-Openstack-Nova-Api-Version": `2.${minor}`,
    Vary: "OpenStack-API-Version, X-OpenStack-Nova-API-Version",
  };
}
