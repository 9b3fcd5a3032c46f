import { randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import { isObject, listIn, objectIn, textIn, type JsonObject } from "../../formats/json";
import { middlewareError, requestId, type DemoAnswer, type DemoRequest } from "./answer";

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
  readonly region: string;
  /** Service type and address of each. */
  readonly services: Readonly<Record<string, string>>;
}

const HOUR = 3_600_000;
const NEEDS_AUTHENTICATION = "The request you have made requires authentication.";
const DOMAIN = { id: "default", name: "Default" };
/** Bytes; oslo.middleware's default. */
const MOST_BYTES = 114_688;

/** Keystone v3 as far as a login goes: passwords, application credentials, tokens; one user with one project. */
export class Keystone {
  /** Token to the time it ends, milliseconds. */
  readonly #tokens = new Map<string, number>();
  readonly #userId = randomId();
  readonly #projectId = randomId();

  constructor(private readonly options: KeystoneOptions) {}

  isValid(token: string | readonly string[] | undefined): boolean {
    return typeof token === "string" && (this.#tokens.get(token) ?? 0) > Date.now();
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
        return this.#login(isObject(body) ? objectIn(body, "auth") : {});
      default:
        return {
          status: 404,
          body: "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n",
        };
    }
  }

  #login(auth: JsonObject): DemoAnswer {
    const identity = objectIn(auth, "identity");
    const method = listIn(identity, "methods").at(0);
    const scoped = "scope" in auth;
    switch (method) {
      case "password": {
        const user = objectIn(objectIn(identity, "password"), "user");
        if (!this.#isUser(user) || !isSame(textIn(user, "password"), this.options.password)) return this.refuse();
        return this.#tokenFor(method, scoped ? objectIn(auth, "scope") : null);
      }
      case "token":
        if (!this.isValid(textIn(objectIn(identity, "token"), "id") ?? "")) return this.refuse();
        return this.#tokenFor(method, scoped ? objectIn(auth, "scope") : null);
      case "application_credential":
        return this.#loginByCredential(objectIn(identity, "application_credential"), scoped);
      default:
        return error(400, "Bad Request", "Expecting to find a known method in auth.identity.");
    }
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
    return this.#tokenFor("application_credential", project, {
      application_credential: { id, name, restricted: true },
    });
  }

  #tokenFor(method: string, scope: JsonObject | null, more: JsonObject = {}): DemoAnswer {
    if (scope !== null && !this.#isProject(objectIn(scope, "project"))) return this.refuse();
    const token = randomBytes(32).toString("base64url");
    const now = Date.now();
    this.#tokens.set(token, now + HOUR);
    const { user } = this.options;
    const body = {
      methods: [method],
      user: { domain: DOMAIN, id: this.#userId, name: user, password_expires_at: null },
      audit_ids: [randomBytes(16).toString("base64url")],
      expires_at: timestamp(now + HOUR),
      issued_at: timestamp(now),
      ...(scope === null
        ? {}
        : {
            project: { domain: DOMAIN, id: this.#projectId, name: user },
            is_domain: false,
            roles: ["reader", "member"].map((name) => ({ id: randomId(), name })),
            catalog: this.#catalog(),
          }),
      ...more,
    };
    return { status: 201, headers: { "X-Subject-Token": token }, body: { token: body } };
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
