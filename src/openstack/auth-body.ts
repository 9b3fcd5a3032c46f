/** What a login sends: https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management */
import type { AuthScope, CloudAuth, DomainRef, NamedRef } from "../formats/cloud-auth";
import type { CloudConfig } from "../formats/cloud-config";
import { isObject, listIn, objectIn, type JsonObject } from "../formats/json";
import type { Secret } from "../formats/secret";
import { moreFactorsWanted } from "./errors";

/** A proof of who somebody is: Keystone's name for the method, and what is sent for it. */
export interface Factor {
  readonly method: "password" | "totp" | "token" | "application_credential";
  readonly proof: JsonObject;
}

/** The body of a login by some proofs, with the scope that is asked for. */
export function authBody(auth: CloudAuth, factors: readonly Factor[]): JsonObject {
  const identity = {
    methods: factors.map(({ method }) => method),
    ...Object.fromEntries(factors.map(({ method, proof }) => [method, proof])),
  };
  // Keystone refuses a scope beside an application credential, which has its own
  return { identity, ...(auth.method === "application-credential" ? {} : scope(auth.scope)) };
}

/**
 * The proofs that a login begins with.
 * @param passcode what was typed, if the login has none of its own
 */
export function firstFactors(auth: CloudAuth, passcode: Secret | null): readonly Factor[] {
  switch (auth.method) {
    case "password":
      return [password(auth.user, auth.password)];
    case "totp": {
      const code = auth.passcode ?? passcode;
      return [
        ...(auth.password === null ? [] : [password(auth.user, auth.password)]),
        ...(code === null ? [] : [totp(auth.user, code)]),
      ];
    }
    case "token":
      return [{ method: "token", proof: { id: auth.token.reveal() } }];
    case "application-credential": {
      const { credential } = auth;
      const who = "id" in credential ? credential : { name: credential.name, user: namedRef(credential.user) };
      return [{ method: "application_credential", proof: { ...who, secret: auth.secret.reveal() } }];
    }
  }
}

/**
 * The proof that a receipt still asks for; null when nobody gives it.
 * @param receipt the answer that came with it
 * @throws UserError when it asks for anything but a passcode
 */
export async function missingFactor(
  { name, auth }: CloudConfig,
  receipt: unknown,
  askPasscode: () => Promise<Secret | null>,
): Promise<Factor | null> {
  const answer = isObject(receipt) ? receipt : {};
  const given = new Set(listIn(objectIn(answer, "receipt"), "methods"));
  const rules = listIn(answer, "required_auth_methods").filter((rule) => Array.isArray(rule));
  const missing = rules.map((rule: readonly unknown[]) => rule.filter((method) => !given.has(method)).map(String));
  const wantsPasscode = missing.some((methods) => methods.length === 1 && methods[0] === "totp");
  if (auth.method !== "password" || !wantsPasscode) throw moreFactorsWanted(name, missing);
  const passcode = await askPasscode();
  return passcode === null ? null : totp(auth.user, passcode);
}

function password(user: NamedRef, secret: Secret): Factor {
  return { method: "password", proof: { user: { ...namedRef(user), password: secret.reveal() } } };
}

function totp(user: NamedRef, passcode: Secret): Factor {
  return { method: "totp", proof: { user: { ...namedRef(user), passcode: passcode.reveal() } } };
}

function scope(scope: AuthScope): { readonly scope?: unknown } {
  switch (scope.kind) {
    case "project":
      return { scope: { project: namedRef(scope.project) } };
    case "domain":
      return { scope: { domain: domainRef(scope.domain) } };
    case "system":
      return { scope: { system: { all: true } } };
    case "trust":
      return { scope: { "OS-TRUST:trust": { id: scope.id } } };
    case "unscoped":
      return {};
  }
}

function namedRef(ref: NamedRef): JsonObject {
  return "id" in ref ? { id: ref.id } : { name: ref.name, domain: domainRef(ref.domain) };
}

function domainRef(ref: DomainRef): JsonObject {
  return "id" in ref ? { id: ref.id } : { name: ref.name };
}
