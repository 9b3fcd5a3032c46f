import type { FileLocation } from "../model";
import { cloudAuth, type AskSecret, type CloudAuth } from "./cloud-auth";
import { CloudSettings } from "./cloud-settings";
import { cloudSettingInvalid } from "./errors";
import type { Settings } from "./settings";

export type { AskSecret } from "./cloud-auth";

/** The services that are looked up in the catalog. */
export type ServiceType = "compute" | "image" | "network" | "block-storage";
export type EndpointInterface = "public" | "internal" | "admin";

/** How the cloud proves who it is, and we to it. Paths are absolute. */
export interface CloudTls {
  readonly verify: boolean;
  /** Certificates to trust instead of the system's, PEM. */
  readonly cacert: string | null;
  /** Our own certificate and its key, PEM. */
  readonly cert: string | null;
  readonly key: string | null;
}

/** Everything that is needed to connect to a cloud. */
export interface CloudConfig {
  readonly name: string;
  readonly definedAt: FileLocation | null;
  /** As configured: with or without /v3. Holds no credentials. */
  readonly authUrl: string;
  readonly auth: CloudAuth;
  /** null: the first region of the catalog. */
  readonly region: string | null;
  readonly interface: EndpointInterface;
  /** Addresses that take the place of the catalog's. */
  readonly endpointOverrides: Readonly<Record<ServiceType, string | null>>;
  readonly tls: CloudTls;
  /** Seconds that a request may take; null: the client's own limit. */
  readonly timeout: number | null;
}

/**
 * @param region null: the one that the entry names, else its first
 * @throws UserError
 */
export async function cloudConfig(
  name: string,
  definedAt: FileLocation | null,
  entry: Settings,
  region: string | null,
  askSecret: AskSecret | undefined,
): Promise<CloudConfig> {
  const settings = new CloudSettings(name, definedAt, entry, region);
  const authUrl = settings.authUrl();
  return {
    name,
    definedAt,
    authUrl,
    auth: await cloudAuth(settings, askSecret),
    region: settings.region,
    interface: endpointInterface(settings),
    endpointOverrides: {
      compute: settings.url("compute_endpoint_override"),
      image: settings.url("image_endpoint_override"),
      network: settings.url("network_endpoint_override"),
      "block-storage": settings.url("block_storage_endpoint_override") ?? settings.url("volume_endpoint_override"),
    },
    tls: {
      verify: (settings.flag("verify") ?? true) && settings.flag("insecure") !== true,
      cacert: settings.path("cacert"),
      cert: settings.path("cert"),
      key: settings.path("key"),
    },
    timeout: settings.seconds("api_timeout"),
  };
}

function endpointInterface(settings: CloudSettings): EndpointInterface {
  // publicURL and its like are the names that Identity v2 used
  const value = (settings.text("interface") ?? settings.text("endpoint_type") ?? "public").replace(/URL$/, "");
  if (value === "public" || value === "internal" || value === "admin") return value;
  throw cloudSettingInvalid(settings.cloud, "interface", "public, internal or admin");
}
