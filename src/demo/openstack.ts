import { randomBytes, randomUUID } from "node:crypto";
import * as http from "node:http";
import * as https from "node:https";
import type { Socket } from "node:net";
import type { ServiceType } from "../formats/cloud-config";
import type { Flavor, Image } from "../model";
import { middlewareError, type DemoAnswer, type DemoRequest } from "./cloud/answer";
import { DEMO_FLAVORS, DEMO_IMAGES } from "./cloud/catalogue";
import { Cinder } from "./cloud/cinder";
import { Glance } from "./cloud/glance";
import { Keystone, type DemoTrust, type SecondFactor } from "./cloud/keystone";
import { Neutron, type NetworkQuotas } from "./cloud/neutron";
import { Nova } from "./cloud/nova";
import { NovaServers, type ServerLife } from "./cloud/nova-servers";
import { DemoProject } from "./cloud/project";

export type DemoService = "identity" | ServiceType;

/** What happens to a request instead of its answer: the connection is cut, before it is done or after. */
export type DemoFault = "cut" | "cut-after" | DemoAnswer;

/** What the simulated cloud has and how it behaves. Everything has a default: the demo's cloud, in good health. */
export interface DemoOpenStackOptions {
  readonly flavors?: readonly Flavor[];
  readonly images?: readonly Image[];
  /** 0, the default, takes any that is free. */
  readonly port?: number;
  /** Also the name of the user's project. */
  readonly user?: string;
  /** Random unless given. */
  readonly password?: string;
  /** The user's authenticator, and what Keystone wants of it; null, the default: the password is enough. */
  readonly secondFactor?: SecondFactor | null;
  /** A trust that the user may log in for; null, the default: there is none. */
  readonly trust?: DemoTrust | null;
  /** When the application credential ends; null, the default: never. */
  readonly credentialExpiresAt?: Date | null;
  /** Nova's newest microversion. */
  readonly microversion?: string;
  /** Whether the role may read extra specs. */
  readonly extraSpecsReadable?: boolean;
  /** Whether the role may set extra specs, as an administrator may. */
  readonly extraSpecsWritable?: boolean;
  /** Most items that a page of Nova or Glance holds. */
  readonly pageSize?: number;
  /** Services that are out of order: how many requests they refuse with 503 before they recover. */
  readonly unavailable?: Readonly<Partial<Record<DemoService, number>>>;
  /** Services that take requests and never answer. */
  readonly silent?: readonly DemoService[];
  /** How servers live. */
  readonly servers?: ServerLife;
  /** Most things of each kind that Neutron gives. */
  readonly networkQuotas?: NetworkQuotas;
  /** What every floating address is; one for documentation (RFC 5737) unless given. */
  readonly floatingAddress?: string;
  /** Most volumes; null: the cloud has no volumes. */
  readonly volumes?: number | null;
  /** GiB that an image takes, whatever its min_disk says. */
  readonly imageSize?: (image: Image) => number;
  /** Asked for each request what happens to it; null: nothing unusual. */
  readonly fault?: (request: DemoRequest & { readonly service: DemoService }) => DemoFault | null;
  /** PEM; without it the cloud speaks plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

/** A simulated cloud that runs. */
export interface DemoOpenStack {
  /** auth_url, without /v3. */
  readonly url: string;
  readonly port: number;
  readonly region: string;
  readonly user: string;
  readonly password: string;
  readonly applicationCredential: { readonly id: string; readonly name: string; readonly secret: string };
  /** Everything that the project has made: `server NAME`, `networks NAME`, ... */
  readonly inventory: () => readonly string[];
  close(): Promise<void>;
}

/** Never anything but this computer. */
const HOST = "127.0.0.1";
const REGION = "RegionOne";
/** Bytes of a request that are read. */
const MOST_BYTES = 1_000_000;

/** Where each service lives below the one address, as DevStack lays them out; Keystone has the rest. */
const PREFIXES = [
  ["compute", "/compute"],
  ["image", "/image"],
  ["network", "/network"],
  ["block-storage", "/volume"],
] as const;

/**
 * Starts Keystone, Nova, Glance, Neutron and Cinder on loopback, as far as this product asks them. They answer as the
 * real ones (Zed) were recorded: headers, microversions, pages, refusals.
 * @throws Error with code EADDRINUSE when the port is taken
 */
export async function startDemoOpenStack(options: DemoOpenStackOptions = {}): Promise<DemoOpenStack> {
  const server = options.tls === undefined ? http.createServer() : https.createServer(options.tls);
  // also those that no request has come over, and no handshake of TLS
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  const port = await listen(server, options.port ?? 0);
  const cloud = {
    url: `${options.tls === undefined ? "http" : "https"}://${HOST}:${port}`,
    port,
    region: REGION,
    user: options.user ?? "demo",
    password: options.password ?? randomBytes(15).toString("base64url"),
    applicationCredential: {
      id: randomUUID().replaceAll("-", ""),
      name: "demo",
      secret: randomBytes(32).toString("base64url"),
    },
  };
  const services = new Services(cloud, options);
  server.on("request", (request, response) => {
    services.serve(request, response).catch(() => response.destroy());
  });
  const close = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server.close((error) => (error === undefined ? resolve() : reject(error)));
      for (const socket of sockets) socket.destroy();
    });
  return { ...cloud, inventory: () => services.inventory, close };
}

function listen(server: http.Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/** The services behind the one address. */
class Services {
  readonly #keystone: Keystone;
  readonly #nova: Nova;
  readonly #glance: Glance;
  readonly #neutron: Neutron;
  readonly #cinder: Cinder;
  readonly #project = new DemoProject();
  readonly #refusals: Map<DemoService, number>;
  readonly #silent: ReadonlySet<DemoService>;

  constructor(
    private readonly cloud: Omit<DemoOpenStack, "close" | "inventory">,
    private readonly options: DemoOpenStackOptions,
  ) {
    const { url, region, user, password, applicationCredential } = cloud;
    const pageSize = options.pageSize ?? 1000;
    this.#keystone = new Keystone({
      ...{ url, region, user, password },
      applicationCredential: { ...applicationCredential, expiresAt: options.credentialExpiresAt ?? null },
      secondFactor: options.secondFactor ?? null,
      trust: options.trust ?? null,
      services: {
        ...{ compute: `${url}/compute/v2.1`, identity: `${url}/v3`, image: `${url}/image`, network: `${url}/network` },
        ...(options.volumes === null ? {} : { "block-storage": `${url}/volume/v3` }),
      },
    });
    const { flavors = DEMO_FLAVORS, images = DEMO_IMAGES, imageSize = () => 2 } = options;
    this.#nova = new Nova({
      url: `${url}/compute`,
      flavors,
      servers: new NovaServers(this.#project, { flavors, images, imageSize, ...options.servers }),
      microversion: options.microversion ?? "2.93",
      extraSpecsReadable: options.extraSpecsReadable ?? true,
      extraSpecsWritable: options.extraSpecsWritable ?? true,
      pageSize,
    });
    this.#glance = new Glance({ images, pageSize });
    this.#neutron = new Neutron(this.#project, options.networkQuotas ?? {}, options.floatingAddress ?? null);
    this.#cinder = new Cinder(this.#project, { images, imageSize, quota: options.volumes ?? Infinity });
    this.#refusals = new Map(
      (["identity", ...PREFIXES.map(([service]) => service)] as const).map((service) => [
        service,
        options.unavailable?.[service] ?? 0,
      ]),
    );
    this.#silent = new Set(options.silent);
  }

  get inventory(): readonly string[] {
    return this.#project.inventory;
  }

  async serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.cloud.url);
    const [service, prefix] = PREFIXES.find(([, prefix]) => url.pathname.startsWith(`${prefix}/`)) ?? ["identity", ""];
    const body = await readJson(request);
    if (this.#silent.has(service)) return;
    const asked = {
      method: request.method ?? "GET",
      path: url.pathname.slice(prefix.length),
      query: url.searchParams,
      headers: request.headers,
      body,
    };
    const fault = this.options.fault?.({ ...asked, service }) ?? null;
    if (fault === "cut") return void request.socket.resetAndDestroy();
    const answer = fault === null || fault === "cut-after" ? await this.#answer(service, asked) : fault;
    if (fault === "cut-after") return void request.socket.resetAndDestroy();
    const html = typeof answer.body === "string";
    const text = html ? answer.body : JSON.stringify(answer.body);
    response.writeHead(answer.status, {
      "Content-Type": html ? "text/html; charset=utf-8" : "application/json",
      "Content-Length": Buffer.byteLength(text),
      ...answer.headers,
    });
    response.end(text);
  }

  #answer(service: DemoService, request: DemoRequest): DemoAnswer | Promise<DemoAnswer> {
    const scope = this.#keystone.scopeOf(request.headers["x-auth-token"]);
    const refusal = (): DemoAnswer | null => this.#outage(service) ?? (scope === null ? this.#keystone.refuse() : null);
    switch (service) {
      case "identity":
        return this.#outage(service) ?? this.#keystone.answer(request);
      case "compute":
        return this.#nova.answer(request, refusal, scope === "project" || scope === "trust");
      case "image":
        return this.#glance.answer(request, refusal);
      case "network":
        return refusal() ?? this.#neutron.answer(request);
      case "block-storage":
        return refusal() ?? this.#cinder.answer(request);
    }
  }

  #outage(service: DemoService): DemoAnswer | null {
    const left = this.#refusals.get(service) ?? 0;
    if (left <= 0) return null;
    this.#refusals.set(service, left - 1);
    const message = "The server is currently unavailable. Please try again at a later time.";
    return middlewareError(503, message, "The Keystone service is temporarily unavailable.");
  }
}

/** undefined for no body, one that is too long, or one that is not JSON. */
async function readJson(request: http.IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes <= MOST_BYTES) chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return undefined;
  }
}
