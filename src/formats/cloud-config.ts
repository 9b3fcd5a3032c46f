import type { FileLocation } from "../model";
import { cloudAuth, type AskSecret, type CloudAuth } from "./cloud-auth";
import type { CloudOrigin } from "./cloud-origin";
import { CloudSettings } from "./cloud-settings";
import { computeMicroversion, serviceChoices, type Microversion, type ServiceChoices } from "./service-choices";
import type { Secret } from "./secret";
import type { Settings } from "./settings";

export type { AskSecret } from "./cloud-auth";
export type { EndpointInterface, ServiceType } from "./service-choices";

/** How the cloud proves who it is, and we to it. Paths are absolute. */
export interface CloudTls {
  readonly verify: boolean;
  /** Certificates to trust instead of the system's, PEM. */
  readonly cacert: string | null;
  /** Our own certificate and its key, PEM. */
  readonly cert: string | null;
  readonly key: string | null;
}

/** A cloud as its file or the environment has it. The settings hold passwords, so they are kept from view. */
export interface CloudEntry {
  readonly name: string;
  /** The entry's key. */
  readonly definedAt: FileLocation | null;
  readonly origin: CloudOrigin;
  readonly settings: Secret<Settings>;
}

/** Everything that is needed to connect to a cloud. */
export interface CloudConfig {
  readonly name: string;
  readonly definedAt: FileLocation | null;
  readonly origin: CloudOrigin;
  /** As configured: with or without /v3. Holds no credentials. */
  readonly authUrl: string;
  readonly auth: CloudAuth;
  /**
   * Asks for a passcode for one login; null where nobody can be asked.
   * @param again whether it must be another than the one before
   */
  readonly askPasscode: ((owner: string | null, again: boolean) => Promise<string | null>) | null;
  /** null: the first by its name that has the Compute service. */
  readonly region: string | null;
  readonly services: ServiceChoices;
  /** The newest microversion of Nova to use; null: whatever the product speaks. */
  readonly computeMicroversion: Microversion | null;
  readonly tls: CloudTls;
  /** Seconds that a request may take; null: the client's own limit. */
  readonly timeout: number | null;
}

/**
 * @param region null: the one that the entry names, else its first
 * @throws UserError
 */
export async function cloudConfig(
  { name, definedAt, origin }: Omit<CloudEntry, "settings">,
  entry: Settings,
  region: string | null,
  askSecret: AskSecret | undefined,
): Promise<CloudConfig> {
  const settings = new CloudSettings(name, definedAt, origin, entry, region);
  return {
    name,
    definedAt,
    origin,
    authUrl: settings.authUrl(),
    auth: await cloudAuth(settings, askSecret),
    askPasscode:
      askSecret === undefined ? null : (owner, again) => askSecret({ cloud: name, key: "passcode", owner, again }),
    region: settings.region,
    services: serviceChoices(settings),
    computeMicroversion: computeMicroversion(settings),
    tls: {
      verify: (settings.flag("verify") ?? true) && settings.flag("insecure") !== true,
      cacert: settings.path("cacert"),
      cert: settings.path("cert"),
      key: settings.path("key"),
    },
    timeout: settings.seconds("api_timeout"),
  };
}

/** By what a cloud is named to the commands, from any folder: its entry, or its openrc file. */
export function cloudReference({ name, origin }: CloudConfig): string {
  return origin.kind === "openrc" ? origin.file : name;
}
