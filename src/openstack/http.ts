import type * as http from "node:http";
import { UserError } from "../errors";
import type { CloudConfig } from "../formats/cloud-config";
import type { CloudOrigin } from "../formats/cloud-origin";
import { systemClock, type Clock } from "./clock";
import {
  answerTooLarge,
  codeOf,
  redirected,
  timedOut,
  unreachable,
  type Asked,
  type Service,
} from "./connection-errors";
import { send } from "./outgoing";
import { NO_PROXIES, type Proxies } from "./proxies";
import { httpRefusal, proxyRefused, proxyUnreachable, type ProxyLabel } from "./proxy-errors";
import { isTlsCode, tlsFailed } from "./tls-errors";
import { tlsOptions, type TlsOptions } from "./tls-options";
import { hostAndPort } from "./tunnel";

export interface HttpRequest {
  /** Who is asked, for messages. */
  readonly service: Service;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** `url` is where it came from, after redirects. */
export interface HttpAnswer extends Asked {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  /** undefined when the text is not JSON. */
  readonly json: unknown;
}

export interface HttpLimits {
  /** Milliseconds for one request, from connecting to the last byte. */
  readonly total: number;
  /** Milliseconds without any sign of life. */
  readonly idle: number;
  /** Bytes of one answer. */
  readonly bytes: number;
  /** Milliseconds before each further try of a request that failed for the moment. */
  readonly retryAfter: readonly number[];
  /** The same of a request that changes something: it may have to wait for what it collides with. */
  readonly retryChangeAfter: readonly number[];
}

const LIMITS: HttpLimits = {
  total: 60_000,
  idle: 30_000,
  bytes: 32 * 1024 * 1024,
  retryAfter: [500, 2000],
  retryChangeAfter: [1000, 2000, 4000, 8000, 15_000, 15_000],
};

/** Longest wait that a Retry-After header may ask for, milliseconds. */
const LONGEST_WAIT = 30_000;
const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** The service has not looked at the request yet. */
const NOT_NOW = new Set([429, 503]);
/** What is to be changed or deleted is still in use, or in the making. */
const CONFLICT = 409;

/** What requests are sent with. What is left out: no proxy, the system's time, and the usual limits. */
export interface HttpServices {
  readonly proxies?: Proxies;
  readonly clock?: Clock;
  readonly limits?: Partial<HttpLimits>;
}

/**
 * JSON over node:http and node:https. Deliberately those: VS Code patches them with the system's certificates and proxies.
 */
export class HttpClient {
  private constructor(
    readonly origin: CloudOrigin,
    private readonly tls: TlsOptions,
    private readonly proxies: Proxies,
    private readonly limits: HttpLimits,
    readonly clock: Clock,
  ) {}

  /**
   * A client for a cloud: its certificates, and its own patience.
   * @throws UserError when a certificate file cannot be used
   */
  static async create(
    cloud: Pick<CloudConfig, "origin" | "tls" | "timeout">,
    services: HttpServices = {},
  ): Promise<HttpClient> {
    const { proxies = NO_PROXIES, clock = systemClock, limits } = services;
    // whoever gives a slow cloud more time means its silence, too
    const patience = cloud.timeout === null ? {} : { total: 1000 * cloud.timeout, idle: 1000 * cloud.timeout };
    return new HttpClient(cloud.origin, await tlsOptions(cloud), proxies, { ...LIMITS, ...patience, ...limits }, clock);
  }

  /**
   * Sends a request. A GET is sent again when the service is busy for the moment (429, 503) or the connection is cut; what
   * changes something, for longer, and a PUT or DELETE also when what it is about is still in use (409). A POST whose
   * connection is cut may have been done, so it is not sent again. A proxy that finds no way for the moment is asked again
   * likewise.
   * @returns the answer, whatever its status
   * @throws UserError when there is no answer; the signal's reason when it is aborted
   */
  async send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const makes = request.method === "POST";
    const changes = request.method === "PUT" || request.method === "DELETE";
    for (const wait of this.#waits(request)) {
      try {
        const answer = await this.#follow(request, signal);
        if (!NOT_NOW.has(answer.status) && !(changes && answer.status === CONFLICT)) return answer;
        await this.clock.sleep(waitAskedFor(answer) ?? wait, signal);
      } catch (error) {
        if (makes || !(error instanceof UserError && mayPass(error))) throw error;
        await this.clock.sleep(wait, signal);
      }
    }
    return this.#follow(request, signal);
  }

  #waits({ method, service }: HttpRequest): readonly number[] {
    if (method === "GET") return this.limits.retryAfter;
    // whoever waits for a login wants to know at once
    return service === "identity" ? [] : this.limits.retryChangeAfter;
  }

  /** Follows redirects of a GET within one origin; a token is never taken to another. */
  async #follow(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    let url = request.url;
    for (let redirects = 0; ; redirects++) {
      const answer = await this.#once({ ...request, url }, signal);
      const location = answer.headers.location;
      if (!REDIRECTS.has(answer.status) || location === undefined) return answer;
      const target = URL.canParse(location, url) ? new URL(location, url) : null;
      const stays = target !== null && target.origin === new URL(url).origin;
      if (target === null || !stays || request.method !== "GET" || redirects === MOST_REDIRECTS) {
        throw redirected(this.#asked(request, url), target === null ? "nowhere" : target.origin + target.pathname);
      }
      url = target.href;
    }
  }

  async #once(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    signal.throwIfAborted();
    const total = AbortSignal.timeout(this.limits.total);
    const url = new URL(request.url);
    try {
      const response = await this.#open(request, url, AbortSignal.any([signal, total]));
      const { statusCode: status = 0, headers, socket } = response;
      const text = await this.#read(request, response);
      const answer = { ...this.#asked(request, request.url), status, headers, text, json: parse(text) };
      const refused = this.#refusal(answer, url, "encrypted" in socket);
      if (refused !== null) throw refused;
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      if (total.aborted) throw timedOut(this.#asked(request, request.url), this.limits.total / 1000);
      throw this.#connectionError(request, url, error);
    }
  }

  /** @returns the head of the answer @throws UserError when it comes from a proxy that refuses */
  async #open(request: HttpRequest, url: URL, signal: AbortSignal): Promise<http.IncomingMessage> {
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    const headers = {
      accept: "application/json",
      "user-agent": "entropy-check",
      ...(body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
      ...request.headers,
    };
    const { idle } = this.limits;
    const way = { asked: this.#asked(request, request.url), tls: this.tls, proxies: this.proxies, idle };
    return send(url, { method: request.method, headers, body }, way, signal);
  }

  /**
   * What a proxy says in the cloud's place. An answer to an https: request that did not come over TLS is never the
   * cloud's: VS Code hands a refused tunnel's answer on as if it were. In the open, 407 is for proxies alone, and services
   * refuse with JSON or with nothing.
   */
  #refusal(answer: HttpAnswer, url: URL, encrypted: boolean): UserError | null {
    const { status, text, json } = answer;
    const proxy = this.proxies.proxyFor(url);
    const inTheOpen = url.protocol === "http:";
    // a SOCKS proxy speaks no HTTP
    const mayForbid = proxy !== null && proxy.kind === "http";
    const refuses = status === 407 || (status === 403 && mayForbid && text !== "" && json === undefined);
    if (inTheOpen ? !refuses : encrypted) return null;
    return proxyRefused(proxy ?? this.proxies.host ?? SOME_PROXY, hostAndPort(url), httpRefusal(status), answer);
  }

  #asked({ service }: HttpRequest, url: string): Asked {
    const { origin, pathname } = new URL(url);
    return { service, url: origin + pathname, origin: this.origin };
  }

  #connectionError(request: HttpRequest, url: URL, error: unknown): UserError {
    if (error instanceof UserError) return error;
    const { host } = this.proxies;
    const asked = this.#asked(request, request.url);
    if (host !== null && isHostsProxyFailure(error)) return proxyUnreachable(host, hostAndPort(url), "no connection");
    const code = codeOf(error);
    return isTlsCode(code) ? tlsFailed(asked, code, error) : unreachable(asked, code, error);
  }

  async #read(request: HttpRequest, response: http.IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > this.limits.bytes) throw answerTooLarge(this.#asked(request, request.url), this.limits.bytes);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString("utf8");
  }
}

/** A connection that the other side closed, as idle ones are; asking again is safe for a GET. */
function wasCut(error: UserError): boolean {
  const code = codeOf(error.cause);
  return code === "ECONNRESET" || code === "EPIPE";
}

/** Whether the same may go well in a moment. */
function mayPass(error: UserError): boolean {
  return wasCut(error) || error.code === "openstack-proxy-no-way";
}

function waitAskedFor(answer: HttpAnswer): number | null {
  const seconds = Number(answer.headers["retry-after"] ?? NaN);
  return seconds >= 0 ? Math.min(1000 * seconds, LONGEST_WAIT) : null;
}

/** How VS Code says that it did not get through to a proxy. The message may name a password. */
function isHostsProxyFailure(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Failed to establish a socket connection to proxies");
}

/** One that nobody has named to us. */
const SOME_PROXY: ProxyLabel = { name: "on the way", scheme: "http", namedBy: "HTTP_PROXY", exceptions: "NO_PROXY" };

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
