import type { CloudConfig, ServiceType } from "../formats/cloud-config";
import type { Clock } from "./clock";
import { negotiate } from "./compute-api";
import { HttpClient, type HttpServices } from "./http";
import { endpointOf, hasEndpoint, type CatalogEndpoint } from "./catalog";
import { authenticate, type IdentityToken } from "./identity";
import { ServiceClient } from "./service";

/** A login, and the services that it opens, each below the version that this product speaks. */
export class Session {
  private constructor(
    readonly cloud: CloudConfig,
    private readonly http: HttpClient,
    private readonly identity: IdentityToken,
    private readonly signal: AbortSignal,
    readonly compute: ServiceClient,
  ) {}

  /** @throws UserError if the login fails, or there is no compute service */
  static async open(cloud: CloudConfig, signal: AbortSignal, services: HttpServices = {}): Promise<Session> {
    const http = await HttpClient.create(cloud, services);
    const identity = await authenticate(cloud, http, signal);
    const { url } = endpointOf("compute", cloud, identity.catalog);
    const { compute } = await negotiate(new ServiceClient("compute", url, http, identity.token, signal));
    return new Session(cloud, http, identity, signal, compute);
  }

  /** The project that the login is for; null when it is for none. */
  get project(): string | null {
    return this.identity.project;
  }

  get region(): string | null {
    return endpointOf("compute", this.cloud, this.catalog).region ?? this.cloud.region;
  }

  get clock(): Clock {
    return this.http.clock;
  }

  /** Waits. @throws the signal's reason when it aborts */
  sleep(milliseconds: number): Promise<void> {
    return this.clock.sleep(milliseconds, this.signal);
  }

  private get catalog(): readonly CatalogEndpoint[] {
    return this.identity.catalog;
  }

  /** @throws UserError if the catalog has none */
  get image(): ServiceClient {
    return this.#service("image");
  }

  /** https://docs.openstack.org/api-ref/network/v2/ @throws UserError if the catalog has none */
  get network(): ServiceClient {
    const service = this.#service("network");
    return service.at(`${service.url.replace(/\/v2\.0$/, "")}/v2.0`);
  }

  /** https://docs.openstack.org/api-ref/block-storage/v3/ @throws UserError if the catalog has none */
  get blockStorage(): ServiceClient {
    return this.#service("block-storage");
  }

  has(type: ServiceType): boolean {
    return hasEndpoint(type, this.cloud, this.catalog);
  }

  #service(type: ServiceType): ServiceClient {
    return new ServiceClient(
      type,
      endpointOf(type, this.cloud, this.catalog).url,
      this.http,
      this.identity.token,
      this.signal,
    );
  }
}
