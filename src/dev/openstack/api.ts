import { addressOf, AUTH_URL, PASSWORD, type CatalogService } from "./addresses";

/** An answer that is JSON, or nothing. */
export type Json = Readonly<Record<string, unknown>>;

/** Who asks, and in which project; the domain is the default one. */
export interface Login {
  readonly user: string;
  readonly project: string;
}

export const ADMIN: Login = { user: "admin", project: "admin" };

/** The newest microversion of Debian's Nova whose answers are used here. */
const MICROVERSION = "compute 2.79";

/** The services of the test cloud as somebody with a role there asks them: what is no success is thrown. */
export class Api {
  private constructor(
    private readonly token: string,
    readonly user: string,
    readonly project: string,
  ) {}

  static async login({ user, project }: Login): Promise<Api> {
    const domain = { id: "default" };
    const identity = { methods: ["password"], password: { user: { name: user, domain, password: PASSWORD } } };
    const auth = { identity, scope: { project: { name: project, domain } } };
    const answer = await request(`${AUTH_URL}/auth/tokens`, "POST", {}, { auth });
    const token = objectIn(await json(answer), "token");
    return new Api(answer.headers.get("x-subject-token") ?? "", idIn(token, "user"), idIn(token, "project"));
  }

  get(service: CatalogService, path: string): Promise<Json> {
    return this.#ask(service, path, "GET");
  }

  /** @returns the id of what was made: that of the answer's only member, where it has one */
  async make(service: CatalogService, path: string, body: Json): Promise<string> {
    const answer = await this.#ask(service, path, "POST", body);
    const [inner] = Object.values(answer).filter(isJson);
    const id = (typeof answer["id"] === "string" ? answer : inner)["id"];
    if (typeof id !== "string") throw new Error(`POST ${path} gives no id.`);
    return id;
  }

  put(service: CatalogService, path: string, body?: Json): Promise<Json> {
    return this.#ask(service, path, "PUT", body);
  }

  post(service: CatalogService, path: string, body: Json): Promise<Json> {
    return this.#ask(service, path, "POST", body);
  }

  async delete(service: CatalogService, path: string): Promise<void> {
    await this.#ask(service, path, "DELETE");
  }

  /** Gives an image its bytes. */
  async upload(image: string, bytes: Uint8Array): Promise<void> {
    const url = `${addressOf("image")}/v2/images/${image}/file`;
    const headers = { "x-auth-token": this.token, "content-type": "application/octet-stream" };
    await succeeded(await fetch(url, { method: "PUT", headers, body: bytes }), `PUT ${url}`);
  }

  /** The objects of a list. */
  async list(service: CatalogService, path: string, key: string): Promise<readonly Json[]> {
    const { [key]: items } = await this.#ask(service, path, "GET");
    if (!Array.isArray(items)) throw new Error(`GET ${path} has no ${key}.`);
    return items.filter(isJson);
  }

  async #ask(service: CatalogService, path: string, method: string, body?: Json): Promise<Json> {
    const headers = { "x-auth-token": this.token, "openstack-api-version": MICROVERSION };
    return json(await request(addressOf(service) + path, method, headers, body));
  }
}

async function request(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body?: Json,
): Promise<Response> {
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const typed = { "content-type": "application/json", ...headers };
  return succeeded(await fetch(url, { method, headers: typed, ...content }), `${method} ${url}`);
}

async function succeeded(answer: Response, asked: string): Promise<Response> {
  if (!answer.ok) throw new Error(`${asked}: ${answer.status} ${await answer.text()}`);
  return answer;
}

async function json(answer: Response): Promise<Json> {
  const text = await answer.text();
  const value: unknown = text === "" ? {} : JSON.parse(text);
  return isJson(value) ? value : {};
}

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function objectIn(holder: Json, key: string): Json {
  const value = holder[key];
  return isJson(value) ? value : {};
}

function idIn(token: Json, key: string): string {
  const { id } = objectIn(token, key);
  return typeof id === "string" ? id : "";
}
