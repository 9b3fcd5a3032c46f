import type { AuthScope, CloudAuth, DomainRef, NamedRef } from "../formats/cloud-auth";
import type { CloudConfig, ServiceType } from "../formats/cloud-config";
import { Secret } from "../formats/secret";
import { answerError, loginRefused } from "./answer-errors";
import { endpointMissing, notOpenStack } from "./errors";
import type { HttpClient } from "./http";
import { isObject, listIn, objectIn, textIn, type JsonObject } from "../formats/json";

/** One address of the catalog. */
export interface CatalogEndpoint {
  readonly service: string;
  readonly interface: string;
  readonly region: string;
  readonly url: string;
}

/** What a login gave. */
export interface IdentityToken {
  readonly token: Secret;
  /** The project that the token is for; null when it is for none. */
  readonly project: string | null;
  readonly catalog: readonly CatalogEndpoint[];
}

/**
 * Logs in to Keystone v3.
 * https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management
 * @throws UserError
 */
export async function authenticate(cloud: CloudConfig, http: HttpClient, signal: AbortSignal): Promise<IdentityToken> {
  const base = await identityV3(cloud.authUrl, http, signal);
  const answer = await http.send(
    { service: "identity", method: "POST", url: `${base}/auth/tokens`, body: { auth: authBody(cloud.auth) } },
    signal,
  );
  if (answer.status !== 201 && answer.status !== 200) throw loginRefused(cloud.name, cloud.auth, answer);
  const token = answer.headers["x-subject-token"];
  if (typeof token !== "string" || token === "" || !isObject(answer.json)) {
    throw notOpenStack("identity", answer.url, "it accepts the login and gives no token");
  }
  const body = objectIn(answer.json, "token");
  return { token: new Secret(token), project: textIn(objectIn(body, "project"), "id"), catalog: parseCatalog(body) };
}

/**
 * The address of the v3 API. An address without a version is asked for its versions; of the link there, which behind a
 * proxy may name another host, only the path counts.
 * https://docs.openstack.org/api-ref/identity/v3/#list-versions
 */
async function identityV3(authUrl: string, http: HttpClient, signal: AbortSignal): Promise<string> {
  if (/\/v3$/.test(authUrl)) return authUrl;
  const root = authUrl.replace(/\/v2\.0$/, "");
  const answer = await http.send({ service: "identity", method: "GET", url: `${root}/` }, signal);
  if (answer.status !== 300 && answer.status !== 200) throw answerError(answer);
  const versions = isObject(answer.json) ? listIn(objectIn(answer.json, "versions"), "values") : [];
  const v3 = versions.filter(isObject).find((version) => textIn(version, "id")?.startsWith("v3"));
  const href = v3 === undefined ? null : selfLink(v3);
  if (href === null || !URL.canParse(href, root)) throw notOpenStack("identity", answer.url, "it offers no version 3");
  return new URL(root).origin + new URL(href, root).pathname.replace(/\/+$/, "");
}

/** The address that a version document gives itself. */
export function selfLink(version: JsonObject): string | null {
  const self = listIn(version, "links")
    .filter(isObject)
    .find((link) => textIn(link, "rel") === "self");
  return self === undefined ? null : textIn(self, "href");
}

function authBody(auth: CloudAuth): unknown {
  switch (auth.method) {
    case "password":
      return {
        identity: {
          methods: ["password"],
          password: { user: { ...namedRef(auth.user), password: auth.password.reveal() } },
        },
        ...scope(auth.scope),
      };
    case "token":
      return { identity: { methods: ["token"], token: { id: auth.token.reveal() } }, ...scope(auth.scope) };
    case "application-credential": {
      // Keystone refuses a scope here: the credential has its own
      const { credential } = auth;
      const who = "id" in credential ? credential : { name: credential.name, user: namedRef(credential.user) };
      return {
        identity: {
          methods: ["application_credential"],
          application_credential: { ...who, secret: auth.secret.reveal() },
        },
      };
    }
  }
}

function scope(scope: AuthScope): { readonly scope?: unknown } {
  switch (scope.kind) {
    case "project":
      return { scope: { project: namedRef(scope.project) } };
    case "domain":
      return { scope: { domain: domainRef(scope.domain) } };
    case "system":
      return { scope: { system: { all: true } } };
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

function parseCatalog(token: JsonObject): CatalogEndpoint[] {
  return listIn(token, "catalog")
    .filter(isObject)
    .flatMap((service) =>
      listIn(service, "endpoints")
        .filter(isObject)
        .map((endpoint) => ({
          service: textIn(service, "type") ?? "",
          interface: textIn(endpoint, "interface") ?? "",
          region: textIn(endpoint, "region_id") ?? textIn(endpoint, "region") ?? "",
          url: textIn(endpoint, "url") ?? "",
        })),
    );
}

/** By which types catalogs name a service, the official one first (https://service-types.openstack.org). */
const CATALOG_TYPES: Readonly<Record<ServiceType, readonly string[]>> = {
  compute: ["compute"],
  image: ["image"],
  network: ["network"],
  "block-storage": ["block-storage", "volumev3"],
};

/** A service's address, and the region it stands in; region null when clouds.yaml gives the address. */
export interface ServiceEndpoint {
  readonly url: string;
  readonly region: string | null;
}

/**
 * Where a service answers: the override of clouds.yaml, else the catalog's first endpoint of the type, interface and
 * region asked for.
 * @throws UserError that lists what the catalog has
 */
export function endpointOf(
  type: ServiceType,
  cloud: CloudConfig,
  catalog: readonly CatalogEndpoint[],
): ServiceEndpoint {
  const override = cloud.endpointOverrides[type];
  if (override !== null) return { url: override, region: cloud.region };
  const found = catalog.find(
    (endpoint) =>
      CATALOG_TYPES[type].includes(endpoint.service) &&
      endpoint.interface === cloud.interface &&
      (cloud.region === null || endpoint.region === cloud.region) &&
      /^https?:/.test(endpoint.url) &&
      URL.canParse(endpoint.url),
  );
  if (found === undefined) {
    throw endpointMissing(type, cloud.region === null ? cloud.interface : `${cloud.interface} ${cloud.region}`, [
      ...new Set(catalog.map((endpoint) => `${endpoint.service} ${endpoint.interface} ${endpoint.region}`)),
    ]);
  }
  return { url: found.url.replace(/\/+$/, ""), region: found.region };
}
