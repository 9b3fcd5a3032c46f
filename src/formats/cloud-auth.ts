import type { CloudSettings } from "./cloud-settings";
import { authTypeUnsupported, cloudSecretEmpty, cloudSecretMissing, cloudSettingMissing } from "./errors";
import { Secret } from "./secret";

/** By id, or by name. */
export type DomainRef = { readonly id: string } | { readonly name: string };
/** By id, which needs no domain, or by name within a domain. */
export type NamedRef = { readonly id: string } | { readonly name: string; readonly domain: DomainRef };

/** What a token is asked for. Unscoped: whatever Keystone gives the user, its default project where it has one. */
export type AuthScope =
  | { readonly kind: "project"; readonly project: NamedRef }
  | { readonly kind: "domain"; readonly domain: DomainRef }
  | { readonly kind: "system" }
  | { readonly kind: "unscoped" };

/** Who logs in, and by what. */
export type CloudAuth =
  | { readonly method: "password"; readonly user: NamedRef; readonly password: Secret; readonly scope: AuthScope }
  | { readonly method: "token"; readonly token: Secret; readonly scope: AuthScope }
  | {
      readonly method: "application-credential";
      /** A credential's name is unique only among its user's. */
      readonly credential: { readonly id: string } | { readonly name: string; readonly user: NamedRef };
      readonly secret: Secret;
    };

/** What is asked for when no file holds it. */
export interface SecretQuestion {
  readonly cloud: string;
  /** The key in clouds.yaml. */
  readonly key: "password" | "token" | "application_credential_secret";
  /** Whose secret it is, as people call them; null for a token. */
  readonly owner: string | null;
}

/** Asks the user; null when the user declines. */
export type AskSecret = (question: SecretQuestion) => Promise<string | null>;

/** As `openstack --os-default-domain` has it where nothing else is said. */
const DEFAULT_DOMAIN: DomainRef = { id: "default" };

const SUPPORTED = ["password", "v3password", "token", "v3token", "v3applicationcredential"] as const;

/** @throws UserError for what is missing, and for an auth_type that is not supported */
export async function cloudAuth(settings: CloudSettings, askSecret: AskSecret | undefined): Promise<CloudAuth> {
  const token = settings.authText("token", "auth_token");
  const authType =
    settings.text("auth_type") ?? settings.text("auth_plugin") ?? (token === null ? "password" : "token");
  const secretOf = (key: SecretQuestion["key"], value: string | null, owner: string | null): Promise<Secret> =>
    secret({ cloud: settings.cloud, key, owner }, value, askSecret);
  switch (authType) {
    case "password":
    case "v3password": {
      const user = userRef(settings);
      if (user === null) throw missing(settings, "username", "username, or user_id,");
      const password = await secretOf("password", settings.authText("password"), ownerOf(user));
      return { method: "password", user, password, scope: scope(settings) };
    }
    case "token":
    case "v3token":
      return { method: "token", token: await secretOf("token", token, null), scope: scope(settings) };
    case "v3applicationcredential": {
      const credential = applicationCredential(settings);
      const value = settings.authText("application_credential_secret");
      const owner = "id" in credential ? credential.id : credential.name;
      return {
        method: "application-credential",
        credential,
        secret: await secretOf("application_credential_secret", value, owner),
      };
    }
    default:
      throw authTypeUnsupported(settings.cloud, authType, SUPPORTED);
  }
}

async function secret(question: SecretQuestion, value: string | null, askSecret?: AskSecret): Promise<Secret> {
  const given = value ?? (await askSecret?.(question)) ?? null;
  if (given === null) throw cloudSecretMissing(question.cloud, question.key);
  if (given === "") throw cloudSecretEmpty(question.cloud, question.key);
  return new Secret(given);
}

function applicationCredential(
  settings: CloudSettings,
): (CloudAuth & { method: "application-credential" })["credential"] {
  const id = settings.authText("application_credential_id");
  if (id) return { id };
  const name = settings.authText("application_credential_name");
  if (!name) throw missing(settings, "application_credential_id", "application_credential_id");
  const user = userRef(settings);
  if (user === null) throw missing(settings, "username", "username, or user_id, or application_credential_id,");
  return { name, user };
}

function scope(settings: CloudSettings): AuthScope {
  if (settings.authText("system_scope")) return { kind: "system" };
  const project = namedRef(settings, "project", ["project_id", "tenant_id"], ["project_name", "tenant_name"]);
  if (project !== null) return { kind: "project", project };
  const domain = domainRef(settings, "domain_id", "domain_name");
  return domain === null ? { kind: "unscoped" } : { kind: "domain", domain };
}

function userRef(settings: CloudSettings): NamedRef | null {
  return namedRef(settings, "user", ["user_id"], ["username", "user_name"]);
}

function namedRef(
  settings: CloudSettings,
  what: "user" | "project",
  ids: readonly string[],
  names: readonly string[],
): NamedRef | null {
  const id = settings.authText(...ids);
  if (id) return { id };
  const name = settings.authText(...names);
  if (!name) return null;
  const domain =
    domainRef(settings, `${what}_domain_id`, `${what}_domain_name`) ??
    domainRef(settings, "domain_id", "domain_name") ??
    domainRef(settings, "default_domain_id", "default_domain_name") ??
    domainRef(settings, "default_domain", null);
  return { name, domain: domain ?? DEFAULT_DOMAIN };
}

function domainRef(settings: CloudSettings, idKey: string, nameKey: string | null): DomainRef | null {
  const id = settings.authText(idKey);
  if (id) return { id };
  const name = nameKey === null ? null : settings.authText(nameKey);
  return name ? { name } : null;
}

function ownerOf(user: NamedRef): string {
  return "id" in user ? user.id : user.name;
}

function missing(settings: CloudSettings, key: string, wanted: string): Error {
  return cloudSettingMissing(settings.cloud, key, `Write ${wanted} below the cloud's auth: in clouds.yaml.`);
}
