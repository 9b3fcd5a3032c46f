import type { CloudConfig } from "../formats/cloud-config";
import { withoutFinalSlashes } from "../formats/endpoint-url";
import { isObject, listIn, textIn, type JsonObject } from "../formats/json";
import type { ServiceType } from "../formats/service-choices";
import { endpointMissing } from "./errors";

/** One address of the catalog. */
export interface CatalogEndpoint {
  /** The service's type and name. */
  readonly service: string;
  readonly name: string | null;
  readonly interface: string;
  readonly region: string;
  readonly url: string;
}

/** A service's address, and the region it stands in; region null when the settings give the address. */
export interface ServiceEndpoint {
  readonly url: string;
  readonly region: string | null;
}

/** The catalog of a token; empty when it has none. */
export function parseCatalog(token: JsonObject): CatalogEndpoint[] {
  return listIn(token, "catalog")
    .filter(isObject)
    .flatMap((service) =>
      listIn(service, "endpoints")
        .filter(isObject)
        .map((endpoint) => ({
          service: textIn(service, "type") ?? "",
          name: textIn(service, "name"),
          interface: textIn(endpoint, "interface") ?? "",
          region: textIn(endpoint, "region_id") ?? textIn(endpoint, "region") ?? "",
          url: textIn(endpoint, "url") ?? "",
        })),
    );
}

/**
 * Where a service answers: the override of the settings, else the catalog's endpoint of the type, name, interface and
 * region asked for.
 * @throws UserError that lists what the catalog has
 */
export function endpointOf(
  type: ServiceType,
  cloud: CloudConfig,
  catalog: readonly CatalogEndpoint[],
): ServiceEndpoint {
  const choice = cloud.services[type];
  if (choice.override !== null) return { url: choice.override, region: cloud.region };
  const found = find(type, cloud, catalog);
  if (found !== undefined) return { url: withoutFinalSlashes(found.url), region: found.region };
  const wanted = [choice.interface, ...(cloud.region === null ? [] : [cloud.region])].join(" ");
  throw endpointMissing(type, wanted, cloud, [
    ...new Set(catalog.map((endpoint) => `${endpoint.service} ${endpoint.interface} ${endpoint.region}`)),
  ]);
}

/** Whether a service can be asked. */
export function hasEndpoint(type: ServiceType, cloud: CloudConfig, catalog: readonly CatalogEndpoint[]): boolean {
  return cloud.services[type].override !== null || find(type, cloud, catalog) !== undefined;
}

function find(type: ServiceType, cloud: CloudConfig, catalog: readonly CatalogEndpoint[]): CatalogEndpoint | undefined {
  const { region } = cloud;
  const choice = cloud.services[type];
  const usable = catalog.filter(
    (endpoint) =>
      (choice.name === null || endpoint.name === choice.name) &&
      endpoint.interface === choice.interface &&
      (region === null || endpoint.region === region) &&
      /^https?:/.test(endpoint.url) &&
      URL.canParse(endpoint.url) &&
      isSpoken(type, endpoint.url),
  );
  const found = choice.types.flatMap((name) => usable.filter(({ service }) => service === name));
  const home = region ?? homeRegion(cloud, catalog);
  return found.find((endpoint) => endpoint.region === home) ?? found.at(0);
}

/**
 * Where to look first when no region is asked for: the first by its name that has the Compute service, so that all
 * services are of one region. Keystone lists its endpoints in no order.
 */
function homeRegion({ services: { compute } }: CloudConfig, catalog: readonly CatalogEndpoint[]): string | null {
  const regions = catalog
    .filter(({ service, interface: of }) => compute.types.includes(service) && of === compute.interface)
    .map(({ region }) => region);
  return regions.toSorted().at(0) ?? null;
}

/** An address that names its version must name one that is spoken: catalogs hold Cinder's v2 and v1, too. */
function isSpoken(type: ServiceType, url: string): boolean {
  return type !== "block-storage" || !/\/v[12](\/|$)/.test(new URL(url).pathname);
}
