import assert from "node:assert/strict";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { startDemoOpenStack } from "../../src/demo/openstack";
import { HttpClient, type HttpRequest } from "../../src/openstack/http";
import { selfSigned } from "./certificate";
import { client, fakeClock, never, serve, type LoopbackServer, userError, ORIGINS } from "./support";

const get = (url: string): HttpRequest => ({ service: "compute", method: "GET", url });
const post = (url: string): HttpRequest => ({ service: "identity", method: "POST", url, body: { a: "ä" } });

let server: LoopbackServer | undefined;

function closeAfterEach(): void {
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });
}

describe("A request", () => {
  closeAfterEach();

  it("carries JSON both ways", async () => {
    server = await serve(({ body, headers }) => ({ status: 201, body: { body, type: headers["content-type"] } }));
    const answer = await (await client()).send(post(`${server.url}/v3?a=b`), never);
    assert.equal(answer.status, 201);
    assert.deepEqual(answer.json, { body: '{"a":"ä"}', type: "application/json" });
    assert.equal(answer.url, `${server.url}/v3`);
  });

  it("gives an answer that is not JSON as undefined", async () => {
    server = await serve(() => ({ body: "<html>" }));
    assert.equal((await (await client()).send(get(server.url), never)).json, undefined);
  });

  for (const status of [429, 503]) {
    it(`is tried again a few times on ${status} when it is a GET`, async () => {
      let left = 2;
      server = await serve(() => (left-- > 0 ? { status, headers: { "Retry-After": "0" } } : { body: {} }));
      assert.equal((await (await client()).send(get(server.url), never)).status, 200);
      assert.equal(server.requests.length, 3);
    });
  }

  it("gives up after the third 503", async () => {
    server = await serve(() => ({ status: 503 }));
    assert.equal((await (await client()).send(get(server.url), never)).status, 503);
    assert.equal(server.requests.length, 3);
  });

  it("is never tried again when it is a login, or on another status", async () => {
    server = await serve(() => ({ status: 503 }));
    await (await client()).send(post(server.url), never);
    assert.equal(server.requests.length, 1);
    await server.close();
    server = await serve(() => ({ status: 500 }));
    await (await client()).send(get(server.url), never);
    assert.equal(server.requests.length, 1);
  });

  it("that changes something waits longer each time, as long as a service asks for, but no longer than half a minute", async () => {
    const clock = fakeClock();
    const busy = ["0", "7", "86400", undefined, "soon"];
    server = await serve(() => {
      const seconds = busy.shift();
      if (busy.length === 0) return { body: {} };
      return { status: 429, headers: seconds === undefined ? {} : { "Retry-After": seconds } };
    });
    const system = { verify: true, cacert: null, cert: null, key: null };
    const patient = await HttpClient.create({ origin: ORIGINS.environment, tls: system, timeout: null }, { clock });
    const answer = await patient.send({ service: "network", method: "POST", url: server.url, body: {} }, never);
    assert.equal(answer.status, 200);
    assert.deepEqual(clock.slept, [0, 7000, 30_000, 8000]);
  });

  for (const [method, tries] of [
    ["PUT", 7],
    ["DELETE", 7],
    ["POST", 1],
    ["GET", 1],
  ] as const) {
    it(`is ${tries === 1 ? "not " : ""}tried again when it collides with something in use, as a ${method}`, async () => {
      server = await serve(() => ({ status: 409 }));
      const system = { verify: true, cacert: null, cert: null, key: null };
      const patient = await HttpClient.create(
        { origin: ORIGINS.environment, tls: system, timeout: null },
        { clock: fakeClock() },
      );
      assert.equal((await patient.send({ service: "network", method, url: server.url }, never)).status, 409);
      assert.equal(server.requests.length, tries);
    });
  }

  it("does not wait any longer when it is aborted", async () => {
    server = await serve(() => ({ status: 503, headers: { "Retry-After": "30" } }));
    const stop = new AbortController();
    const attempt = (await client()).send({ service: "compute", method: "DELETE", url: server.url }, stop.signal);
    setTimeout(() => stop.abort(), 50);
    await assert.rejects(attempt, { name: "AbortError" });
  });

  it("is tried again when a GET's connection is cut", async () => {
    let cuts = 0;
    const cutting = http.createServer((request, response) => {
      if (cuts++ < 2) request.socket.resetAndDestroy();
      else response.end("{}");
    });
    await new Promise<void>((resolve) => cutting.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(cutting.address() as AddressInfo).port}`;
    assert.equal((await (await client()).send(get(url), never)).status, 200);
    cuts = -1;
    await assert.rejects((await client()).send(post(url), never), userError("openstack-unreachable", "cut"));
    cutting.close();
    cutting.closeAllConnections();
  });

  it("follows a redirect within the same origin, with its token", async () => {
    server = await serve(({ path }) =>
      path === "/a" ? { status: 302, headers: { Location: "/b" } } : { body: { path } },
    );
    const answer = await (await client()).send({ ...get(`${server.url}/a`), headers: { "x-auth-token": "t" } }, never);
    assert.deepEqual(answer.json, { path: "/b" });
    assert.equal(server.requests[1].headers["x-auth-token"], "t");
  });

  it("takes nothing along to another origin", async () => {
    const other = await serve(() => ({ body: {} }));
    server = await serve(() => ({ status: 301, headers: { Location: `${other.url}/v3?x=y` } }));
    const attempt = (await client()).send({ ...get(server.url), service: "identity" }, never);
    await assert.rejects(attempt, userError("openstack-redirected", `${other.url}/v3`, "auth_url"));
    assert.equal(other.requests.length, 0);
    await other.close();
  });

  it("does not go round in circles", async () => {
    server = await serve(() => ({ status: 302, headers: { Location: "/" } }));
    await assert.rejects((await client()).send(get(server.url), never), userError("openstack-redirected"));
  });

  it("is refused an answer without bounds", async () => {
    server = await serve(() => ({ body: "x".repeat(100_000) }));
    const attempt = (await client({ bytes: 10_000 })).send(get(server.url), never);
    await assert.rejects(attempt, userError("openstack-answer-too-large", "10000 bytes"));
  });

  for (const limit of ["idle", "total"] as const) {
    it(`ends when there is no answer: ${limit}`, async () => {
      server = await serve(() => null);
      const attempt = (await client({ [limit]: 50 })).send(get(server.url), never);
      await assert.rejects(attempt, userError("openstack-timeout", "0.05 s", "api_timeout"));
    });
  }

  it("stops in mid-flight with the reason of its signal", async () => {
    const stop = new AbortController();
    const reason = new Error("the user has had enough");
    server = await serve(() => {
      stop.abort(reason);
      return null;
    });
    await assert.rejects((await client()).send(get(server.url), stop.signal), (error) => error === reason);
  });

  it("stops while it waits to try again", async () => {
    const stop = new AbortController();
    server = await serve(() => {
      setTimeout(() => stop.abort(), 10);
      return { status: 503, headers: { "Retry-After": "3600" } };
    });
    await assert.rejects((await client()).send(get(server.url), stop.signal), { name: "AbortError" });
    assert.equal(server.requests.length, 1);
  });

  it("is not sent at all when its signal has fired before", async () => {
    server = await serve(() => ({}));
    await assert.rejects((await client()).send(get(server.url), AbortSignal.abort()), { name: "AbortError" });
    assert.equal(server.requests.length, 0);
  });
});

describe("Nobody there", () => {
  it("is told as a refused connection", async () => {
    const gone = await serve(() => null);
    await gone.close();
    const attempt = (await client()).send({ ...get(`${gone.url}/v3`), service: "identity" }, never);
    await assert.rejects(attempt, userError("openstack-unreachable", "ECONNREFUSED", `${gone.url}/v3`, "auth_url"));
  });

  it("is told as a host name that nobody knows", async () => {
    const attempt = (await client()).send(get("http://cloud.invalid/v2.1"), never);
    await assert.rejects(attempt, userError("openstack-unreachable", "host name", "compute_endpoint_override"));
  });
});

describe("TLS", () => {
  closeAfterEach();

  const ask = async (url: string, tls: Parameters<typeof client>[1] = {}): Promise<number> =>
    (await (await client({}, tls)).send({ ...get(url), service: "identity" }, never)).status;

  it("refuses a self-signed certificate, takes it when cacert names it, and takes any with verify: false", async () => {
    const certificate = await selfSigned();
    const demo = await startDemoOpenStack({ tls: certificate });
    await assert.rejects(
      ask(demo.url),
      userError("openstack-tls", "127.0.0.1", "cacert of cloud north", "verify: false"),
    );
    assert.equal(await ask(demo.url, { cacert: certificate.certFile }), 300);
    assert.equal(await ask(demo.url, { verify: false }), 300);
    await demo.close();
    await certificate.remove();
  });

  it("refuses an expired certificate", async () => {
    const certificate = await selfSigned("127.0.0.1", -1);
    const demo = await startDemoOpenStack({ tls: certificate });
    const attempt = ask(demo.url, { cacert: certificate.certFile });
    await assert.rejects(attempt, userError("openstack-tls", "expired", "CERT_HAS_EXPIRED"));
    await demo.close();
    await certificate.remove();
  });

  it("refuses a certificate for another host", async () => {
    const certificate = await selfSigned("192.0.2.1");
    const demo = await startDemoOpenStack({ tls: certificate });
    const attempt = ask(demo.url, { cacert: certificate.certFile });
    await assert.rejects(attempt, userError("openstack-tls", "another host name"));
    await demo.close();
    await certificate.remove();
  });

  it("is told from plain HTTP", async () => {
    server = await serve(() => ({}));
    await assert.rejects(ask(server.url.replace("http", "https")), userError("openstack-tls", "plain HTTP"));
  });

  it("names the certificate file that cannot be used", async () => {
    const certificate = await selfSigned();
    const { certFile, keyFile } = certificate;
    for (const [tls, ...words] of [
      [{ cacert: "/nowhere/ca.pem" }, "cacert", "/nowhere/ca.pem", "ENOENT"],
      [{ cert: certFile }, "key"],
      [{ key: keyFile }, "cert"],
      [{ cert: certFile, key: certFile }, "key", certFile],
    ] as const) {
      await assert.rejects(client({}, tls), userError("openstack-tls-file", ...words));
    }
    await client({}, { cert: certFile, key: keyFile, cacert: certFile });
    await certificate.remove();
  });
});
