import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { startDemoOpenStack, type DemoOpenStack, type DemoOpenStackOptions } from "../../src/demo/openstack";
import { DEMO_FLAVORS, DEMO_IMAGES } from "../../src/demo/cloud/catalogue";
import { selfSigned } from "../openstack/certificate";
import { exchange, type RecordedName } from "../openstack/support";

let demo: DemoOpenStack | undefined;

function closeAfterEach(): void {
  afterEach(async () => {
    await demo?.close();
    demo = undefined;
  });
}

/** The id of an application credential in a recorded request, if it is one that existed. */
const RECORDED_CREDENTIAL = /(?<="application_credential":\{"id":")(?!0{32})[0-9a-f]{32}/;

/** The service that was recorded at each port, and where the demo has it. */
const PREFIX: Readonly<Record<string, string>> = { "5000": "", "8774": "/compute", "9292": "/image" };

/** Every member of an answer by its path, without the values; a list counts as its first item. */
function shape(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) return value.length === 0 ? [`${path}[]`] : shape(value[0], `${path}[]`);
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, member]) => shape(member, `${path}.${key}`));
}

interface Asked {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

async function ask(method: string, path: string, headers: Record<string, string> = {}, body?: unknown): Promise<Asked> {
  assert.ok(demo !== undefined);
  const response = await fetch(demo.url + path, {
    method,
    headers: { "Content-Type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = response.headers.get("content-type")?.startsWith("application/json");
  return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
}

async function token(): Promise<string> {
  assert.ok(demo !== undefined);
  const { id, secret } = demo.applicationCredential;
  const identity = { methods: ["application_credential"], application_credential: { id, secret } };
  const { headers } = await ask("POST", "/v3/auth/tokens", {}, { auth: { identity } });
  return headers.get("x-subject-token") ?? "";
}

/** Asks the demo what the real one was asked, with the demo's own secrets and ids. */
async function askAsRecorded(name: RecordedName, options: DemoOpenStackOptions): Promise<Asked> {
  demo = await startDemoOpenStack({ password: "REDACTED", ...options });
  const { request } = exchange(name);
  const url = new URL(request.url);
  if (url.searchParams.has("marker") && !/nosuch|0{8}/.test(url.search)) url.searchParams.set("marker", secondId(url));
  const path = (PREFIX[url.port] ?? "") + url.pathname + url.search;
  const headers: Record<string, string> = { ...exchangeHeaders(name) };
  if ("X-Auth-Token" in headers) headers["X-Auth-Token"] = await token();
  if (request.body === undefined) return ask(request.method, path, headers);
  const body = JSON.stringify(request.body)
    .replace(RECORDED_CREDENTIAL, demo.applicationCredential.id)
    .replace(/("application_credential".*)"REDACTED"/, `$1"${demo.applicationCredential.secret}"`);
  return ask(request.method, path, headers, JSON.parse(body));
}

function exchangeHeaders(name: RecordedName): Record<string, string> {
  const { request } = exchange(name) as { request: { headers?: Record<string, string> } };
  return request.headers ?? {};
}

const secondId = (url: URL): string => (url.pathname.includes("images") ? DEMO_IMAGES : DEMO_FLAVORS)[1].id;

describe("The simulated cloud answers as the real one was recorded", () => {
  closeAfterEach();

  for (const [name, options] of [
    ["disc-keystone-root"],
    ["disc-keystone-v3"],
    ["disc-nova-v21"],
    ["auth-password-member-project"],
    ["auth-password-unscoped"],
    ["auth-wrong-password", { password: "another" }],
    ["auth-appcred-by-id"],
    ["auth-appcred-unknown"],
    ["auth-appcred-with-scope"],
    ["auth-appcred-expired", { credentialExpiresAt: new Date(0) }],
    ["flavors-detail-member-nomv"],
    ["flavors-detail-member-2.61"],
    ["flavors-page1-limit2"],
    ["flavors-page2-limit2"],
    ["flavors-detail-mv-too-new"],
    ["flavors-detail-mv-garbage"],
    ["flavors-bad-marker"],
    ["nova-no-token"],
    ["nova-path"],
    ["images-page1-limit2"],
    ["images-bad-marker"],
    ["glance-no-token"],
    ["nova-keystone-down", { unavailable: { compute: 1 } }],
  ] as const satisfies readonly (readonly [RecordedName, DemoOpenStackOptions?])[]) {
    it(name, async () => {
      const { response } = exchange(name);
      const answer = await askAsRecorded(name, options ?? {});
      assert.equal(answer.status, response.status);
      const headers = Object.keys(response.headers).filter((header) => !answer.headers.has(header));
      assert.deepEqual(headers, [], "headers that the real one sends");
      assert.deepEqual(sameMembers(answer.body, name), sameMembers(response.body, name));
      if (response.status >= 400) {
        assert.deepEqual(answer.body, response.body);
      }
    });
  }

  /** Members that differ from cloud to cloud: extra specs and image properties, the services of a catalog. */
  function sameMembers(body: unknown, name: RecordedName): string[] {
    const ignored = /extra_specs|\.images\[\]\.(hw_|os_distro|os_version|stores)|describedby|\.links\[\]\.type/;
    const members = shape(body).filter((member) => !ignored.test(member));
    return [
      ...new Set(name.startsWith("auth") ? members.filter((member) => member !== ".token.roles[]") : members),
    ].sort();
  }
});

describe("The simulated cloud", () => {
  closeAfterEach();

  it("listens on loopback alone", async () => {
    demo = await startDemoOpenStack();
    assert.match(demo.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it("takes the port that it is given, and says so when it is taken", async () => {
    demo = await startDemoOpenStack();
    await assert.rejects(startDemoOpenStack({ port: demo.port }), { code: "EADDRINUSE" });
    const { port } = demo;
    await demo.close();
    demo = await startDemoOpenStack({ port });
    assert.equal(demo.port, port);
  });

  it("closes although somebody is connected who says nothing, also over TLS", async () => {
    const tls = await selfSigned();
    await tls.remove();
    const closeOf = (socket: Socket) => new Promise((resolve) => socket.once("close", resolve));
    for (const options of [{}, { tls }]) {
      const cloud = await startDemoOpenStack(options);
      const reach = () => connect(cloud.port, "127.0.0.1").on("error", () => undefined);
      const silent = reach();
      const closed = closeOf(silent);
      await once(silent, "connect");
      // connections are taken in order: once the second was answered, the first has been taken
      await closeOf(reach().resume().end("no HTTP\r\n\r\n"));
      await cloud.close();
      silent.resume();
      await closed;
    }
  }).timeout(30_000);

  it("makes up a new password, credential and token for every start", async () => {
    demo = await startDemoOpenStack();
    const first = { ...demo, token: await token() };
    await demo.close();
    demo = await startDemoOpenStack();
    assert.notEqual(demo.password, first.password);
    assert.notEqual(demo.applicationCredential.secret, first.applicationCredential.secret);
    assert.equal((await ask("GET", "/compute/v2.1/flavors/detail", { "X-Auth-Token": first.token })).status, 401);
  });

  it("survives requests of any shape", async () => {
    demo = await startDemoOpenStack();
    const headers = { "X-Auth-Token": await token() };
    for (const path of ["/compute/v2.1/flavors/%zz/os-extra_specs", "//", "/image/v2/images?limit=-1", "/image/"]) {
      await ask("GET", path, headers).catch(() => undefined);
    }
    for (const body of [null, [], { auth: [] }, { auth: { identity: { methods: {} } } }, "x"]) {
      assert.equal((await ask("POST", "/v3/auth/tokens", {}, body)).status, 400);
    }
    assert.equal((await ask("GET", "/v3")).status, 200);
  });

  it("is a cloud of a dozen flavors and eight images, some right and some not", () => {
    assert.equal(DEMO_FLAVORS.length, 12);
    assert.equal(DEMO_IMAGES.length, 8);
  });
});
