import { readFile } from "node:fs/promises";
import * as http from "node:http";
import * as https from "node:https";
import { createSecureContext } from "node:tls";
import { UserError } from "../errors";
import type { CloudTls } from "../formats/cloud-config";
import { systemClock, type Clock } from "./clock";
import {
  answerTooLarge,
  isTlsCode,
  redirected,
  timedOut,
  tlsFailed,
  tlsFileUnusable,
  unreachable,
  type Service,
} from "./errors";

export interface HttpRequest {
  /** Who is asked, for messages. */
  readonly service: Service;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

export interface HttpAnswer {
  readonly service: Service;
  /** Where the answer came from, after redirects; without the query. */
  readonly url: string;
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

type TlsOptions = Pick<https.RequestOptions, "ca" | "cert" | "key" | "rejectUnauthorized">;

/**
 * JSON over node:http and node:https. Deliberately those: VS Code patches them with the user's proxy settings and
 * certificates. For the same reason no agent of our own is used.
 */
export class HttpClient {
  private constructor(
    private readonly tls: TlsOptions,
    private readonly limits: HttpLimits,
    readonly clock: Clock,
  ) {}

  /** @throws UserError when a certificate file cannot be used */
  static async create(tls: CloudTls, limits: Partial<HttpLimits> = {}, clock = systemClock): Promise<HttpClient> {
    return new HttpClient(await tlsOptions(tls), { ...LIMITS, ...limits }, clock);
  }

  /**
   * Sends a request. A GET is sent again when the service is busy for the moment (429, 503) or the connection is cut; what
   * changes something, for longer, and a PUT or DELETE also when what it is about is still in use (409). A POST whose
   * connection is cut may have been done, so it is not sent again.
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
        if (makes || !(error instanceof UserError && wasCut(error))) throw error;
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
        throw redirected(request.service, shown(url), target === null ? "nowhere" : shown(target.href));
      }
      url = target.href;
    }
  }

  async #once(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    signal.throwIfAborted();
    const total = AbortSignal.timeout(this.limits.total);
    try {
      const response = await this.#open(request, AbortSignal.any([signal, total]));
      const text = await this.#read(request, response);
      const { statusCode: status = 0, headers } = response;
      return { service: request.service, url: shown(request.url), status, headers, text, json: parse(text) };
    } catch (error) {
      signal.throwIfAborted();
      if (total.aborted) throw timedOut(request.service, shown(request.url), this.limits.total / 1000);
      throw connectionError(request, error);
    }
  }

  #open(request: HttpRequest, signal: AbortSignal): Promise<http.IncomingMessage> {
    return new Promise((resolve, reject) => {
      const body = request.body === undefined ? undefined : JSON.stringify(request.body);
      const options: https.RequestOptions = {
        ...this.tls,
        method: request.method,
        signal,
        timeout: this.limits.idle,
        // a POST is not sent twice, so it must not meet an idle connection that the other side is closing
        ...(request.method === "POST" ? { agent: false } : {}),
        headers: {
          accept: "application/json",
          "user-agent": "entropy-check",
          ...(body === undefined
            ? {}
            : { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
          ...request.headers,
        },
      };
      const outgoing = (request.url.startsWith("https:") ? https : http).request(request.url, options, resolve);
      outgoing.on("error", reject);
      outgoing.on("timeout", () =>
        outgoing.destroy(timedOut(request.service, shown(request.url), this.limits.idle / 1000)),
      );
      outgoing.end(body);
    });
  }

  async #read(request: HttpRequest, response: http.IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > this.limits.bytes) throw answerTooLarge(request.service, shown(request.url), this.limits.bytes);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString("utf8");
  }
}

async function tlsOptions(tls: CloudTls): Promise<TlsOptions> {
  if ((tls.cert === null) !== (tls.key === null)) {
    throw tls.cert === null ? tlsFileUnusable("cert", null, "key is set") : tlsFileUnusable("key", null, "cert is set");
  }
  const options: TlsOptions = { rejectUnauthorized: tls.verify };
  for (const [name, option] of [
    ["cacert", "ca"],
    ["cert", "cert"],
    ["key", "key"],
  ] as const) {
    const file = tls[name];
    if (file === null) continue;
    try {
      options[option] = await readFile(file);
      if (option !== "cert") createSecureContext({ [option]: options[option] });
    } catch (error) {
      throw tlsFileUnusable(name, file, codeOf(error));
    }
  }
  return options;
}

function connectionError({ service, url }: HttpRequest, error: unknown): UserError {
  if (error instanceof UserError) return error;
  const code = codeOf(error);
  return isTlsCode(code) ? tlsFailed(shown(url), code, error) : unreachable(service, shown(url), code, error);
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown reason";
}

/** A connection that the other side closed, as idle ones are; asking again is safe for a GET. */
export function wasCut(error: UserError): boolean {
  const code = codeOf(error.cause);
  return code === "ECONNRESET" || code === "EPIPE";
}

function waitAskedFor(answer: HttpAnswer): number | null {
  const seconds = Number(answer.headers["retry-after"] ?? NaN);
  return seconds >= 0 ? Math.min(1000 * seconds, LONGEST_WAIT) : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An address as it is shown: without query. */
function shown(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
