import type { CloudSettings } from "./cloud-settings";

/** The services that are looked up in the catalog. */
export type ServiceType = "compute" | "image" | "network" | "block-storage";
export type EndpointInterface = "public" | "internal" | "admin";

/** How a service is found in the catalog. */
export interface ServiceChoice {
  /** An address that takes the place of the catalog's. */
  readonly override: string | null;
  /** The types by which catalogs name it, the likeliest first. */
  readonly types: readonly string[];
  /** The name that it must have there; null: any. */
  readonly name: string | null;
  readonly interface: EndpointInterface;
}

export type ServiceChoices = Readonly<Record<ServiceType, ServiceChoice>>;

/** A version of Nova's API within 2. */
export type Microversion = readonly [major: number, minor: number];

/**
 * By which types catalogs, and keys of clouds.yaml, name a service: the official one, then its aliases
 * (https://service-types.openstack.org). The version that volumev2 is of is not spoken here.
 */
export const SERVICE_TYPES: Readonly<Record<ServiceType, readonly string[]>> = {
  compute: ["compute"],
  image: ["image"],
  network: ["network"],
  "block-storage": ["block-storage", "volumev3", "block-store", "volume"],
};

/** What the cloud's settings say of each service, by any of its types. @throws UserError */
export function serviceChoices(settings: CloudSettings): ServiceChoices {
  const usual = endpointInterface(settings, ["interface", "endpoint_type"]) ?? "public";
  const choice = (service: ServiceType): ServiceChoice => {
    const keys = (setting: string): string[] =>
      SERVICE_TYPES[service].map((type) => `${type.replaceAll("-", "_")}_${setting}`);
    const first = (setting: string): string | null => settings.text(...keys(setting));
    const type = first("service_type");
    return {
      override: settings.url(...keys("endpoint_override"), ...keys("endpoint")),
      types: type === null ? SERVICE_TYPES[service] : [type],
      name: first("service_name"),
      interface: endpointInterface(settings, keys("interface")) ?? usual,
    };
  };
  return {
    compute: choice("compute"),
    image: choice("image"),
    network: choice("network"),
    "block-storage": choice("block-storage"),
  };
}

/** The newest microversion of Nova that the settings allow; null: any. A plain 2 or 2.1 is the API, not a microversion. */
export function computeMicroversion(settings: CloudSettings): Microversion | null {
  const key =
    settings.text("compute_default_microversion") === null ? "compute_api_version" : "compute_default_microversion";
  const text = settings.text(key);
  if (text === null || /^v?2(\.[01])?$/.test(text) || text === "latest" || text === "2.latest") return null;
  const minor = /^2\.(\d{1,4})$/.exec(text)?.[1];
  if (minor === undefined) throw settings.invalid(key, "a version of the Compute API, 2.1 or later");
  return [2, Number(minor)];
}

function endpointInterface(settings: CloudSettings, keys: readonly string[]): EndpointInterface | null {
  // publicURL and its like are the names that Identity v2 used
  const value = settings.text(...keys)?.replace(/URL$/, "") ?? null;
  if (value === null || value === "public" || value === "internal" || value === "admin") return value;
  throw settings.invalid(keys[0], "public, internal or admin");
}
