import type { ServiceType } from "../formats/cloud-config";
import type { Secret } from "../formats/secret";
import { answerError } from "./answer-errors";
import { notOpenStack, paginationLoop, type Asked } from "./connection-errors";
import type { HttpAnswer, HttpClient, HttpRequest } from "./http";
import { isObject, listIn, type JsonObject } from "../formats/json";

/** Most pages that are followed; at Glance's 25 a page, 250,000 items. */
const MOST_PAGES = 10_000;

/** A service of the catalog, asked with the token. */
export class ServiceClient {
  constructor(
    readonly type: ServiceType,
    /** Without a trailing slash. */
    readonly url: string,
    private readonly http: HttpClient,
    private readonly token: Secret,
    private readonly signal: AbortSignal,
  ) {}

  /** Who is asked, for messages. */
  get asked(): Asked {
    return { service: this.type, url: this.url, origin: this.http.origin };
  }

  /** The same service below another path of the same origin. */
  at(url: string): ServiceClient {
    return new ServiceClient(this.type, url, this.http, this.token, this.signal);
  }

  /** @returns the answer, whatever its status */
  ask(path: string, headers: Readonly<Record<string, string>> = {}): Promise<HttpAnswer> {
    return this.#send("GET", path, undefined, headers);
  }

  #send(
    method: HttpRequest["method"],
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<HttpAnswer> {
    const request = {
      service: this.type,
      method,
      url: this.url + path,
      headers: { "x-auth-token": this.token.reveal(), ...headers },
      body,
    };
    return this.http.send(request, this.signal);
  }

  /** Does something to what a path names. @returns the answer, whatever its status */
  act(path: string, body: unknown): Promise<HttpAnswer> {
    return this.#send("POST", path, body);
  }

  /** @throws UserError unless the answer is a success and an object */
  async post(path: string, body: unknown): Promise<JsonObject> {
    return this.object(await this.act(path, body));
  }

  /** @throws UserError unless the answer is a success */
  async put(path: string, body: unknown): Promise<void> {
    this.#succeeded(await this.#send("PUT", path, body));
  }

  /** Changes parts of what a path names, as Glance wants it told. @throws UserError unless the answer is a success */
  async patch(path: string, changes: readonly unknown[]): Promise<void> {
    const type = { "content-type": "application/openstack-images-v2.1-json-patch" };
    this.#succeeded(await this.#send("PATCH", path, changes, type));
  }

  /**
   * @returns whether there was something to delete
   * @throws UserError unless the answer is a success, or that there is no such thing
   */
  async delete(path: string): Promise<boolean> {
    const answer = await this.#send("DELETE", path, undefined);
    if (answer.status !== 404) this.#succeeded(answer);
    return answer.status !== 404;
  }

  /** The object; null when there is no such thing. @throws UserError for any other answer */
  async find(path: string): Promise<JsonObject | null> {
    const answer = await this.ask(path);
    return answer.status === 404 ? null : this.object(answer);
  }

  /** @throws UserError unless the answer is a success and an object */
  async get(path: string, headers?: Readonly<Record<string, string>>): Promise<JsonObject> {
    return this.object(await this.ask(path, headers));
  }

  /** @throws UserError unless the answer is a success and an object */
  object(answer: HttpAnswer): JsonObject {
    this.#succeeded(answer);
    if (!isObject(answer.json)) throw notOpenStack(answer, "the answer is no JSON object");
    return answer.json;
  }

  #succeeded(answer: HttpAnswer): void {
    if (answer.status < 200 || answer.status > 299) throw answerError(answer);
  }

  /**
   * Follows a paginated list to its end. Of the link to the next page only the query counts, because the host and the
   * path in it may be those of a machine behind a proxy.
   * @param list the key of the list in the answer
   * @param next finds the link in a page; null on the last
   */
  async *pages(
    path: string,
    query: string,
    headers: Readonly<Record<string, string>>,
    list: string,
    next: (page: JsonObject) => string | null,
  ): AsyncGenerator<{ readonly items: readonly unknown[]; readonly text: string }> {
    const asked = new Set<string>();
    for (let search: string | null = query; search !== null;) {
      if (asked.has(search) || asked.size === MOST_PAGES) throw paginationLoop({ ...this.asked, url: this.url + path });
      asked.add(search);
      const answer: HttpAnswer = await this.ask(path + search, headers);
      const page = this.object(answer);
      if (!(list in page)) throw notOpenStack(answer, `the answer has no ${list}`);
      const items = listIn(page, list);
      yield { items, text: answer.text };
      const link: string | null = items.length === 0 ? null : next(page);
      search = link !== null && URL.canParse(link, this.url) ? new URL(link, this.url).search : null;
    }
  }
}
