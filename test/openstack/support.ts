import assert from "node:assert/strict";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import type { DemoOpenStack } from "../../src/demo/openstack";
import { UserError } from "../../src/errors";
import type { CloudConfig, ServiceType } from "../../src/formats/cloud-config";
import type { CloudOrigin } from "../../src/formats/cloud-origin";
import { Secret } from "../../src/formats/secret";
import { SERVICE_TYPES, type ServiceChoice, type ServiceChoices } from "../../src/formats/service-choices";
import type { Clock } from "../../src/openstack/clock";
import { HttpClient, type HttpLimits } from "../../src/openstack/http";
import { NO_PROXIES, type Proxies } from "../../src/openstack/proxies";
import { ServiceClient } from "../../src/openstack/service";
import recorded from "../golden/openstack/zed.json";

/** A signal that never fires. */
export const never = new AbortController().signal;

export const PASSWORD = "correct horse battery staple";

const domain = { id: "default" };

/** The three places in which the settings of a cloud can be. */
export const ORIGINS = {
  "clouds.yaml": { kind: "clouds.yaml", cloud: "north", files: ["/etc/openstack/clouds.yaml"] },
  environment: { kind: "environment" },
  openrc: { kind: "openrc", file: "/home/me/north-openrc.sh" },
} as const satisfies Readonly<Record<CloudOrigin["kind"], CloudOrigin>>;

/** A cloud at an address, with a password login that the demo takes when it is given the password. */
export function cloudAt(authUrl: string, change: Partial<CloudConfig> = {}): CloudConfig {
  return {
    name: "north",
    definedAt: null,
    authUrl,
    auth: {
      method: "password",
      user: { name: "demo", domain },
      password: new Secret(PASSWORD),
      scope: { kind: "project", project: { name: "demo", domain } },
    },
    region: null,
    origin: ORIGINS["clouds.yaml"],
    askPasscode: null,
    services: services(),
    computeMicroversion: null,
    tls: { verify: true, cacert: null, cert: null, key: null },
    timeout: null,
    ...change,
  };
}

/** How services are found in the catalog when clouds.yaml says nothing of them, or of all the same. */
export function services(change: Partial<ServiceChoice> = {}): ServiceChoices {
  const choice = (type: ServiceType): ServiceChoice => {
    return { override: null, types: SERVICE_TYPES[type], name: null, interface: "public", ...change };
  };
  return {
    compute: choice("compute"),
    image: choice("image"),
    network: choice("network"),
    "block-storage": choice("block-storage"),
  };
}

/** A login by the demo's application credential. */
export function credentialOf(demo: DemoOpenStack, secret = demo.applicationCredential.secret): CloudConfig["auth"] {
  return {
    method: "application-credential",
    credential: { id: demo.applicationCredential.id },
    secret: new Secret(secret),
  };
}

/** A client that does not wait between its tries. */
export function client(
  limits: Partial<HttpLimits> = {},
  tls: Partial<CloudConfig["tls"]> = {},
  proxies: Proxies = NO_PROXIES,
): Promise<HttpClient> {
  const system = { verify: true, cacert: null, cert: null, key: null };
  const cloud = { origin: ORIGINS["clouds.yaml"], tls: { ...system, ...tls }, timeout: null };
  return HttpClient.create(cloud, { limits: { retryAfter: [0, 0], ...limits }, proxies });
}

/** A clock that does not wait; `slept` are the waits that were asked for, milliseconds. */
export function fakeClock(): Clock & { readonly slept: number[] } {
  const slept: number[] = [];
  let now = 0;
  const sleep = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    slept.push(milliseconds);
    now += milliseconds;
    // whatever else there is to do comes first
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  };
  return { now: () => now, sleep, slept };
}

export async function serviceAt(type: ServiceType, url: string, token = "t"): Promise<ServiceClient> {
  return new ServiceClient(type, url, await client(), new Secret(token), never);
}

export interface LoopbackServer {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  close(): Promise<void>;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

interface ServerAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is when it is a text, else as JSON. */
  readonly body?: unknown;
}

/** A server on loopback; null: no answer at all. */
export async function serve(
  answer: (request: SeenRequest, url: string) => ServerAnswer | null,
): Promise<LoopbackServer> {
  const requests: SeenRequest[] = [];
  const server = http.createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      const seen = { method: request.method ?? "", path: request.url ?? "", headers: request.headers, body };
      requests.push(seen);
      const answered = answer(seen, url);
      if (answered === null) return;
      response.writeHead(answered.status ?? 200, answered.headers);
      response.end(typeof answered.body === "string" ? answered.body : JSON.stringify(answered.body ?? null));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, requests, close };
}

export type RecordedName = keyof typeof recorded;

export interface Exchange {
  readonly request: { readonly method: string; readonly url: string; readonly body?: unknown };
  readonly response: { readonly status: number; readonly headers: Record<string, string>; readonly body: unknown };
}

export function exchange(name: RecordedName): Exchange {
  return recorded[name];
}

/**
 * Answers as a real OpenStack was recorded to answer. A request is matched by method, path and marker; addresses in the
 * answers become the server's own.
 */
export function replay(...names: readonly RecordedName[]): Promise<LoopbackServer> {
  const key = (method: string, path: string): string => {
    const url = new URL(path, "http://recorded");
    return [method, url.pathname, url.searchParams.get("marker")].join(" ");
  };
  const answers = new Map(names.map((name) => [key(exchange(name).request.method, exchange(name).request.url), name]));
  return serve(({ method, path }, url) => {
    const name = answers.get(key(method, path));
    if (name === undefined) return { status: 599, body: `not recorded: ${method} ${path}` };
    const { status, headers, body } = exchange(name).response;
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return { status, headers, body: text.replace(/http:\/\/127\.0\.0\.1:\d+/g, url) };
  });
}

/** Checks that an error is one for the user, of this code, with these words, a remedy, and no secret. */
export function userError(code: string, ...words: readonly string[]): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof UserError, inspect(error));
    assert.equal(error.code, code, error.message);
    for (const word of words)
      assert.ok(`${error.message} ${error.remedy}`.includes(word), `${error.message} | ${word}`);
    assert.notEqual(error.remedy, "");
    assert.ok(!inspect(error).includes(PASSWORD));
    return true;
  };
}

/** Everything that a generator yields. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
