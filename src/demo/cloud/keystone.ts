import { randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import { isObject, listIn, objectIn, textIn, type JsonObject } from "../../formats/json";
import { middlewareError, requestId, type DemoAnswer, type DemoRequest } from "./answer";
import { passcodesAt } from "./totp";

/** Who may log in, and where the services are. */
export interface KeystoneOptions {
  /** The server's own address, without a trailing slash. */
  readonly url: string;
  /** Also the name of the user's project. */
  readonly user: string;
  readonly password: string;
  readonly applicationCredential: {
    readonly id: string;
    readonly name: string;
    readonly secret: string;
    /** null: never. */
    readonly expiresAt: Date | null;
  };
  /** null: the password is enough. */
  readonly secondFactor: SecondFactor | null;
  readonly trust: DemoTrust | null;
  readonly region: string;
  /** Service type and address of each. */
  readonly services: Readonly<Record<string, string>>;
}

/** A user's authenticator, and what Keystone wants of it. */
export interface SecondFactor {
  /** Base32. */
  readonly secret: string;
  /** The methods that are enough together, any of the lists: https://docs.openstack.org/keystone/latest/admin/multi-factor-authentication.html */
  readonly rules: readonly (readonly string[])[];
  /** The time by which passcodes are good, milliseconds since 1970; the system's unless given. */
  readonly now?: () => number;
}

/** What somebody else lets a user do in the user's stead. */
export interface DemoTrust {
  readonly id: string;
  /** Whether the user is the one who is trusted. */
  readonly isTrustee: boolean;
}

/** What a token is for. */
export type DemoScope = "project" | "domain" | "system" | "trust" | "none";

const HOUR = 3_600_000;
/** How long a receipt holds, milliseconds; Keystone's default. */
const RECEIPT = 300_000;
const NEEDS_AUTHENTICATION = "The request you have made requires authentication.";
const DOMAIN = { id: "default", name: "Default" };
/** Bytes; oslo.middleware's default. */
const MOST_BYTES = 114_688;

/**
 * Keystone v3 as far as a login goes: passwords, passcodes, application credentials, tokens; one user with one project,
 * and roles on it, on its domain and on the system.
 */
export class Keystone {
  /** Each token, with the time it ends, milliseconds. */
  readonly #tokens = new Map<string, { readonly until: number; readonly scope: DemoScope }>();
  /** The methods that each receipt is for. */
  readonly #receipts = new Map<string, { readonly until: number; readonly methods: readonly string[] }>();
  /** Passcodes that were used: each is good for one login. */
  readonly #usedPasscodes = new Set<string>();
  readonly #userId = randomId();
  readonly #projectId = randomId();

  constructor(private readonly options: KeystoneOptions) {}

  /** What a token is for; null for one that is none, or has ended. */
  scopeOf(token: string | readonly string[] | undefined): DemoScope | null {
    const known = typeof token === "string" ? this.#tokens.get(token) : undefined;
    return known !== undefined && known.until > Date.now() ? known.scope : null;
  }

  answer(request: DemoRequest): DemoAnswer {
    const answer = this.#route(request);
    return { ...answer, headers: { Vary: "X-Auth-Token", "x-openstack-request-id": requestId(), ...answer.headers } };
  }

  #route({ method, path, headers, body }: DemoRequest): DemoAnswer {
    const v3 = `${this.options.url}/v3/`;
    switch (`${method} ${path.replace(/(?<=.)\/$/, "")}`) {
      case "GET /":
        return { status: 300, headers: { Location: v3 }, body: { versions: { values: [version(v3)] } } };
      case "GET /v3":
        return { status: 200, body: { version: version(v3) } };
      case "POST /v3/auth/tokens":
        if (Number(headers["content-length"]) > MOST_BYTES) {
          return middlewareError(413, `Request is too large. Larger than max_request_body_size (${MOST_BYTES}).`);
        }
        return this.#login(isObject(body) ? objectIn(body, "auth") : {}, headers["openstack-auth-receipt"]);
      default:
        return {
          status: 404,
          body: "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n",
        };
    }
  }

  #login(auth: JsonObject, receipt: string | readonly string[] | undefined): DemoAnswer {
    const identity = objectIn(auth, "identity");
    const methods = listIn(identity, "methods").map(String);
    const scoped = "scope" in auth;
    const scope = scoped ? objectIn(auth, "scope") : null;
    if (methods.includes("application_credential")) {
      return this.#loginByCredential(objectIn(identity, "application_credential"), scoped);
    }
    if (methods.includes("token")) {
      const known = this.scopeOf(textIn(objectIn(identity, "token"), "id") ?? "") !== null;
      return known ? this.#tokenFor(methods, scope) : this.refuse();
    }
    if (methods.length === 0 || methods.some((method) => method !== "password" && method !== "totp")) {
      return error(400, "Bad Request", "Expecting to find a known method in auth.identity.");
    }
    if (!methods.every((method) => this.#isProven(method, objectIn(objectIn(identity, method), "user")))) {
      return this.refuse();
    }
    const earlier = typeof receipt === "string" ? this.#receipts.get(receipt) : undefined;
    if (receipt !== undefined && (earlier === undefined || earlier.until <= Date.now())) return this.refuse();
    const all = [...new Set([...(earlier?.methods ?? []), ...methods])];
    const rules = this.options.secondFactor?.rules ?? [];
    const enough = rules.length === 0 || rules.some((rule) => rule.every((method) => all.includes(method)));
    return enough ? this.#tokenFor(all, scope) : this.#receipt(all, rules);
  }

  /** Whether what is sent for a method is right. */
  #isProven(method: string, user: JsonObject): boolean {
    if (!this.#isUser(user)) return false;
    if (method === "password") return isSame(textIn(user, "password"), this.options.password);
    const { secondFactor } = this.options;
    if (secondFactor === null) return false;
    const { secret, now = Date.now } = secondFactor;
    const right = passcodesAt(secret, now()).find((passcode) => isSame(textIn(user, "passcode"), passcode));
    if (right === undefined || this.#usedPasscodes.has(right)) return false;
    this.#usedPasscodes.add(right);
    return true;
  }

  /** What was right so far, and what the rules still want. */
  #receipt(methods: readonly string[], rules: readonly (readonly string[])[]): DemoAnswer {
    const id = randomBytes(32).toString("base64url");
    const now = Date.now();
    this.#receipts.set(id, { until: now + RECEIPT, methods });
    const user = { domain: DOMAIN, id: this.#userId, name: this.options.user };
    return {
      status: 401,
      headers: { "Openstack-Auth-Receipt": id },
      body: {
        receipt: { methods, user, issued_at: timestamp(now), expires_at: timestamp(now + RECEIPT) },
        required_auth_methods: rules.filter((rule) => rule.some((method) => methods.includes(method))),
      },
    };
  }

  #loginByCredential(given: JsonObject, scoped: boolean): DemoAnswer {
    const { id, name, secret, expiresAt } = this.options.applicationCredential;
    const asked = textIn(given, "id") ?? textIn(given, "name") ?? "";
    const known =
      textIn(given, "id") === id || (textIn(given, "name") === name && this.#isUser(objectIn(given, "user")));
    if (!known) return error(404, "Not Found", `Could not find Application Credential: ${asked}.`);
    if (scoped) {
      const message =
        "Error authenticating with application credential: Application credentials cannot request a scope.";
      return this.refuse(message, { identity: {} });
    }
    const expired = expiresAt !== null && expiresAt.getTime() <= Date.now();
    if (expired || !isSame(textIn(given, "secret"), secret)) return this.refuse();
    const project = { project: { id: this.#projectId } };
    return this.#tokenFor(["application_credential"], project, {
      application_credential: { id, name, restricted: true },
    });
  }

  #tokenFor(methods: readonly string[], scope: JsonObject | null, more: JsonObject = {}): DemoAnswer {
    const kind = scope === null ? "none" : this.#kindOf(scope);
    if (kind === null) return this.refuse();
    if (kind === "trust" && this.options.trust?.isTrustee !== true) {
      return error(403, "Forbidden", "User is not a trustee.");
    }
    const token = randomBytes(32).toString("base64url");
    const now = Date.now();
    this.#tokens.set(token, { until: now + HOUR, scope: kind });
    const { user } = this.options;
    const scoped = {
      project: { project: { domain: DOMAIN, id: this.#projectId, name: user }, is_domain: false },
      domain: { domain: DOMAIN },
      system: { system: { all: true } },
      // a trust is for a project
      trust: {
        project: { domain: DOMAIN, id: this.#projectId, name: user },
        "OS-TRUST:trust": { id: this.options.trust?.id, impersonation: false },
      },
    };
    const body = {
      methods,
      user: { domain: DOMAIN, id: this.#userId, name: user, password_expires_at: null },
      audit_ids: [randomBytes(16).toString("base64url")],
      expires_at: timestamp(now + HOUR),
      issued_at: timestamp(now),
      ...(kind === "none"
        ? {}
        : {
            ...scoped[kind],
            roles: ["reader", "member"].map((name) => ({ id: randomId(), name })),
            catalog: this.#catalog(),
          }),
      ...more,
    };
    return { status: 201, headers: { "X-Subject-Token": token }, body: { token: body } };
  }

  /** What a scope asks for; null for what the user has no role on. */
  #kindOf(scope: JsonObject): Exclude<DemoScope, "none"> | null {
    if (objectIn(scope, "system")["all"] === true) return "system";
    const trust = textIn(objectIn(scope, "OS-TRUST:trust"), "id");
    if (trust !== null) return trust === this.options.trust?.id ? "trust" : null;
    if (inDomain(scope)) return "domain";
    return this.#isProject(objectIn(scope, "project")) ? "project" : null;
  }

  #catalog(): JsonObject[] {
    const { region, services } = this.options;
    const endpoint = (url: string) => (name: string) => ({
      id: randomId(),
      interface: name,
      region_id: region,
      url,
      region,
    });
    return Object.entries(services).map(([type, url]) => ({
      endpoints: ["internal", "admin", "public"].map(endpoint(url)),
      id: randomId(),
      type,
      name: type,
    }));
  }

  /** What is answered to who cannot prove who it is, here and by Nova. */
  refuse(message = NEEDS_AUTHENTICATION, more: JsonObject = {}): DemoAnswer {
    const headers = { "WWW-Authenticate": `Keystone uri="${this.options.url}/v3"` };
    return { ...error(401, "Unauthorized", message, more), headers };
  }

  #isUser(user: JsonObject): boolean {
    return textIn(user, "id") === this.#userId || (textIn(user, "name") === this.options.user && inDomain(user));
  }

  #isProject(project: JsonObject): boolean {
    return (
      textIn(project, "id") === this.#projectId || (textIn(project, "name") === this.options.user && inDomain(project))
    );
  }
}

function error(code: number, title: string, message: string, more: JsonObject = {}): DemoAnswer {
  return { status: code, body: { error: { code, message, title, ...more } } };
}

function version(href: string): JsonObject {
  return {
    id: "v3.14",
    status: "stable",
    updated: "2020-04-07T00:00:00Z",
    links: [{ rel: "self", href }],
    "media-types": [{ base: "application/json", type: "application/vnd.openstack.identity-v3+json" }],
  };
}

function inDomain(holder: JsonObject): boolean {
  const domain = objectIn(holder, "domain");
  return textIn(domain, "id") === DOMAIN.id || textIn(domain, "name") === DOMAIN.name;
}

function isSame(given: string | null, secret: string): boolean {
  const [a, b] = [Buffer.from(given ?? ""), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** As Keystone writes it, to the microsecond. */
function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("Z", "000Z");
}

function randomId(): string {
  return randomUUID().replaceAll("-", "");
}
