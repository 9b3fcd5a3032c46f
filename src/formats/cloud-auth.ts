import { unsupportedAuth } from "./auth-types";
import type { CloudSettings } from "./cloud-settings";
import { cloudSecretEmpty, cloudSecretMissing, cloudSettingMissing } from "./errors";
import { Secret } from "./secret";
import { howToWrite, settingName } from "./cloud-origin";

/** By id, or by name. */
export type DomainRef = { readonly id: string } | { readonly name: string };
/** By id, which needs no domain, or by name within a domain. */
export type NamedRef = { readonly id: string } | { readonly name: string; readonly domain: DomainRef };

/** What a token is asked for. Unscoped: whatever Keystone gives the user, its default project where it has one. */
export type AuthScope =
  | { readonly kind: "project"; readonly project: NamedRef }
  | { readonly kind: "domain"; readonly domain: DomainRef }
  | { readonly kind: "system" }
  /** A project of somebody who trusts the user with roles on it. */
  | { readonly kind: "trust"; readonly id: string }
  | { readonly kind: "unscoped" };

/** Who logs in, and by what. */
export type CloudAuth =
  | { readonly method: "password"; readonly user: NamedRef; readonly password: Secret; readonly scope: AuthScope }
  | {
      /** By a passcode that holds for half a minute (RFC 6238), alone or beside the password. */
      readonly method: "totp";
      readonly user: NamedRef;
      readonly password: Secret | null;
      /** null: it is asked for when it is needed. */
      readonly passcode: Secret | null;
      readonly scope: AuthScope;
    }
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
  /** The key in clouds.yaml. A passcode is good for one login, so that nobody keeps it. */
  readonly key: "password" | "token" | "application_credential_secret" | "passcode";
  /** Whose secret it is, as people call them; null for a token. */
  readonly owner: string | null;
  /** Whether a passcode of the same person was asked for before: that one is used up, and the next is wanted. */
  readonly again: boolean;
}

/** Asks the user; null when the user declines. */
export type AskSecret = (question: SecretQuestion) => Promise<string | null>;

/** As `openstack --os-default-domain` has it where nothing else is said. */
const DEFAULT_DOMAIN: DomainRef = { id: "default" };

/** @throws UserError for what is missing, and for an auth_type that is not supported */
export async function cloudAuth(settings: CloudSettings, askSecret: AskSecret | undefined): Promise<CloudAuth> {
  const token = settings.authText("token", "auth_token");
  const authType =
    settings.text("auth_type") ?? settings.text("auth_plugin") ?? (token === null ? "password" : "token");
  const secretOf = (key: SecretQuestion["key"], value: string | null, owner: string | null): Promise<Secret> =>
    secret(settings, key, owner, value, askSecret);
  switch (authType) {
    case "password":
    case "v3password":
      return userAuth(settings, ["password"], secretOf);
    case "v3totp":
      return userAuth(settings, ["totp"], secretOf);
    case "v3multifactor":
      return userAuth(settings, factors(settings), secretOf);
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
      throw unsupportedAuth(settings.cloud, authType, settings.origin);
  }
}

type Factor = "password" | "totp";

async function userAuth(
  settings: CloudSettings,
  by: readonly Factor[],
  secretOf: (key: SecretQuestion["key"], value: string | null, owner: string | null) => Promise<Secret>,
): Promise<CloudAuth> {
  const user = userRef(settings);
  if (user === null) throw missing(settings, "username", "user_id");
  const password = by.includes("password")
    ? await secretOf("password", settings.authText("password"), ownerOf(user))
    : null;
  const common = { user, scope: scope(settings) };
  if (password !== null && !by.includes("totp")) return { method: "password", ...common, password };
  const passcode = settings.authText("passcode") || null;
  return { method: "totp", ...common, password, passcode: passcode === null ? null : new Secret(passcode) };
}

/** What `auth_methods` asks for, by the names of the plug-ins: v3password, v3totp. */
function factors(settings: CloudSettings): readonly Factor[] {
  const methods = settings.authList("auth_methods").map((method) => method.replace(/^v3/, ""));
  if (methods.length === 0) throw missing(settings, "auth_methods");
  return methods.map((method) => {
    if (method === "password" || method === "totp") return method;
    throw unsupportedAuth(settings.cloud, `v3${method}`, settings.origin);
  });
}

async function secret(
  settings: CloudSettings,
  key: SecretQuestion["key"],
  owner: string | null,
  value: string | null,
  askSecret?: AskSecret,
): Promise<Secret> {
  const { cloud, origin } = settings;
  const given = value ?? (await askSecret?.({ cloud, key, owner, again: false })) ?? null;
  if (given === null) throw cloudSecretMissing(cloud, key, origin);
  if (given === "") throw cloudSecretEmpty(cloud, key, origin);
  return new Secret(given);
}

function applicationCredential(
  settings: CloudSettings,
): (CloudAuth & { method: "application-credential" })["credential"] {
  const id = settings.authText("application_credential_id");
  if (id) return { id };
  const name = settings.authText("application_credential_name");
  if (!name) throw missing(settings, "application_credential_id");
  const user = userRef(settings);
  if (user === null) throw missing(settings, "username", "user_id", "application_credential_id");
  return { name, user };
}

function scope(settings: CloudSettings): AuthScope {
  const system = settings.authText("system_scope");
  if (system === "all") return { kind: "system" };
  if (system) throw settings.invalid("system_scope", "all");
  const trust = settings.authText("trust_id");
  // a trust has its project, and a token has one scope
  if (trust) return { kind: "trust", id: trust };
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

/** What people call a user. */
export function ownerOf(user: NamedRef): string {
  return "id" in user ? user.id : user.name;
}

function missing(settings: CloudSettings, ...keys: readonly [string, ...string[]]): Error {
  const { cloud, origin } = settings;
  return cloudSettingMissing(cloud, settingName(keys[0], origin), howToWrite(keys, origin));
}
