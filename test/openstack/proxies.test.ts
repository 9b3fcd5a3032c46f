import assert from "node:assert/strict";
import { createServer } from "node:https";
import { inspect } from "node:util";
import { startDemoOpenStack } from "../../src/demo/openstack";
import { UserError } from "../../src/errors";
import type { CloudReport } from "../../src/model";
import type { HttpRequest } from "../../src/openstack/http";
import { environmentProxies, namedProxies, type Environment } from "../../src/openstack/proxies";
import { checkCloud } from "../../src/operations/check-cloud";
import { selfSigned, type Certificate } from "./certificate";
import { startProxy, type LoopbackProxy, type ProxyOptions } from "./proxy-server";
import { all, client, cloudAt, never, PASSWORD, serve, userError, type LoopbackServer } from "./support";

/** An address for documentation (RFC 5737): nothing answers there, so what is answered came through the proxy. */
const FAR = "192.0.2.1";

const ask = (url: string, method: HttpRequest["method"] = "GET"): HttpRequest => ({ service: "compute", method, url });

const closing: (() => Promise<void>)[] = [];

function closeAfterEach(): void {
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });
}

async function proxy(options: ProxyOptions = {}): Promise<LoopbackProxy> {
  const started = await startProxy(options);
  closing.push(() => started.close());
  return started;
}

async function server(...how: Parameters<typeof serve>): Promise<LoopbackServer> {
  const started = await serve(...how);
  closing.push(() => started.close());
  return started;
}

const portOf = (url: string): number => Number(new URL(url).port);
const through = (env: Environment): Parameters<typeof client>[2] => environmentProxies(env);

describe("A request to an http: cloud through a proxy", () => {
  closeAfterEach();

  it("names the whole address to the proxy, and carries JSON both ways", async () => {
    const cloud = await server(({ body, method, path }) => ({ status: 201, body: { body, method, path } }));
    const { url, asked } = await proxy({ port: portOf(cloud.url) });
    const http = await client({}, {}, through({ HTTP_PROXY: url }));
    const answer = await http.send({ ...ask(`http://${FAR}:5000/v3?a=b`, "POST"), body: { a: "ä" } }, never);
    assert.deepEqual(answer.json, { body: '{"a":"ä"}', method: "POST", path: "/v3?a=b" });
    assert.equal(cloud.requests[0].headers.host, `${FAR}:5000`);
    assert.deepEqual(asked, [`POST http://${FAR}:5000/v3?a=b`]);
  });

  it("logs in to the proxy with what stands in its address, and the cloud never sees that", async () => {
    const cloud = await server(() => ({ body: {} }));
    const authorization = `Basic ${Buffer.from("alice:p@ss%").toString("base64")}`;
    const { url } = await proxy({ port: portOf(cloud.url), authorization });
    const http = await client({}, {}, through({ http_proxy: url.replace("//", "//alice:p%40ss%25@") }));
    assert.equal((await http.send(ask(`http://${FAR}/`), never)).status, 200);
    assert.equal(cloud.requests[0].headers["proxy-authorization"], undefined);
  });

  it("is told from a refusal of the proxy's: 407, and 403 without JSON; a service's own 403 is the service's", async () => {
    const cloud = await server(() => ({ status: 403, body: { forbidden: { code: 403 } } }));
    const open = await proxy({ port: portOf(cloud.url) });
    const service = await client({}, {}, through({ HTTP_PROXY: open.url }));
    assert.equal((await service.send(ask(`http://${FAR}/`), never)).status, 403);
    for (const [status, code] of [
      [407, "openstack-proxy-login"],
      [403, "openstack-proxy-refused"],
    ] as const) {
      const { url } = await proxy({ refuse: () => status });
      const http = await client({}, {}, through({ HTTP_PROXY: url }));
      await assert.rejects(
        http.send(ask(`http://${FAR}:5000/`), never),
        userError(code, "HTTP_PROXY", new URL(url).host, String(status)),
      );
    }
  });

  it("is tried again when the proxy has no way for the moment", async () => {
    const cloud = await server(() => ({ body: {} }));
    let left = 2;
    const { url, asked } = await proxy({ port: portOf(cloud.url), refuse: () => (left-- > 0 ? 503 : null) });
    const http = await client({}, {}, through({ HTTP_PROXY: url }));
    assert.equal((await http.send(ask(`http://${FAR}/`), never)).status, 200);
    assert.equal(asked.length, 3);
  });
});

describe("A request to an https: cloud through a proxy", () => {
  closeAfterEach();

  let certificate: Certificate;
  before(async () => {
    certificate = await selfSigned(FAR);
  });
  after(() => certificate.remove());

  /** A cloud that has the certificate for the far address, and a proxy that takes everybody there to it. */
  async function farCloud(options: ProxyOptions = {}): Promise<LoopbackProxy> {
    const demo = await startDemoOpenStack({ tls: certificate, password: PASSWORD });
    closing.push(() => demo.close());
    return proxy({ port: demo.port, ...options });
  }

  it("goes through a tunnel, with TLS to the cloud itself: its certificate is verified as without a proxy", async () => {
    const { url, asked } = await farCloud();
    const proxies = through({ HTTPS_PROXY: url, HTTP_PROXY: "http://127.0.0.1:1" });
    const request = { ...ask(`https://${FAR}:5000/`), service: "identity" as const };
    const trusting = await client({}, { cacert: certificate.certFile }, proxies);
    assert.equal((await trusting.send(request, never)).status, 300);
    assert.deepEqual(asked, [`CONNECT ${FAR}:5000`]);
    await assert.rejects(
      (await client({}, {}, proxies)).send(request, never),
      userError("openstack-tls", FAR, "cacert of cloud"),
    );
    assert.equal((await (await client({}, { verify: false }, proxies)).send(request, never)).status, 300);
    const other = { ...request, url: "https://192.0.2.7:5000/" };
    await assert.rejects(trusting.send(other, never), userError("openstack-tls", "192.0.2.7", "another host name"));
  });

  it("shows the client certificate to the cloud, not to the proxy", async () => {
    const { cert, key, certFile, keyFile } = certificate;
    const wanting = createServer({ cert, key, ca: cert, requestCert: true, rejectUnauthorized: true }, (_, response) =>
      response.end('{"seen":true}'),
    );
    await new Promise<void>((resolve) => wanting.listen(0, "127.0.0.1", resolve));
    closing.push(async () => {
      wanting.closeAllConnections();
      await new Promise((resolve) => wanting.close(resolve));
    });
    const address = wanting.address();
    assert.ok(address !== null && typeof address === "object");
    const { url } = await proxy({ port: address.port });
    const tls = { cacert: certFile, cert: certFile, key: keyFile };
    const http = await client({}, tls, through({ HTTPS_PROXY: url }));
    assert.deepEqual((await http.send(ask(`https://${FAR}/`), never)).json, { seen: true });
  });

  it("logs in to the proxy, in the request for the tunnel alone", async () => {
    const authorization = `Basic ${Buffer.from("alice:secret").toString("base64")}`;
    const { url, headers } = await farCloud({ authorization });
    const env = { ALL_PROXY: url.replace("//", "//alice:secret@") };
    const http = await client({}, { cacert: certificate.certFile }, through(env));
    const request = { ...ask(`https://${FAR}:5000/`), service: "identity" as const };
    assert.equal((await http.send({ ...request, headers: { "x-auth-token": "t" } }, never)).status, 300);
    assert.equal(headers[0]["x-auth-token"], undefined);
  });

  it("goes through a proxy that speaks TLS itself, whose certificate is verified, too", async () => {
    const own = await selfSigned();
    closing.push(() => own.remove());
    const { url } = await farCloud({ tls: own });
    const http = await client({}, { cacert: certificate.certFile }, through({ HTTPS_PROXY: url }));
    await assert.rejects(
      http.send(ask(`https://${FAR}/`), never),
      userError("openstack-proxy-unreachable", "HTTPS_PROXY", "SELF_SIGNED"),
    );
    const named = { namedBy: "http.proxy", address: url };
    const lenient = namedProxies({
      proxy: { http: named, https: named },
      exceptions: { namedBy: "http.noProxy", list: "" },
      authorization: null,
      verify: false,
    });
    const trusting = await client({}, { cacert: certificate.certFile }, lenient);
    assert.equal((await trusting.send({ ...ask(`https://${FAR}/`), service: "identity" }, never)).status, 300);
  });

  for (const [status, code, ...words] of [
    [407, "openstack-proxy-login", "wants a login", "HTTPS_PROXY", "http://USER:PASSWORD@HOST:PORT"],
    [403, "openstack-proxy-refused", `${FAR}:5000`, "HTTPS_PROXY", `add ${FAR} to NO_PROXY`],
    [502, "openstack-proxy-no-way", `cannot reach ${FAR}:5000`, "HTTPS_PROXY", "NO_PROXY"],
  ] as const)
    it(`is told that the proxy refuses with ${status}, which variable names it, and never its password`, async () => {
      const { url } = await proxy({ refuse: () => status });
      const env = { HTTPS_PROXY: url.replace("//", "//alice:hunter2@") };
      const http = await client({}, {}, through(env));
      await assert.rejects(http.send(ask(`https://${FAR}:5000/v3`), never), (error) => {
        assert.ok(error instanceof UserError);
        assert.doesNotMatch(inspect(error, { depth: 9 }), /hunter2|alice|YWxpY2U6/);
        return userError(code, new URL(url).host, ...words)(error);
      });
    });

  it("is told that the proxy cannot be reached", async () => {
    const gone = await startProxy();
    await gone.close();
    for (const scheme of ["http", "https"]) {
      const http = await client({}, {}, through({ ALL_PROXY: gone.url }));
      const attempt = http.send(ask(`${scheme}://${FAR}/`), never);
      await assert.rejects(attempt, userError("openstack-proxy-unreachable", "ALL_PROXY", "ECONNREFUSED"));
    }
  });

  it("ends when the proxy does not answer, or the cloud in the tunnel does not, and lets go of the connection", async () => {
    const mute = await proxy({ silent: true });
    const request = ask(`https://${FAR}/`);
    const idle = await client({ idle: 50 }, {}, through({ HTTPS_PROXY: mute.url }));
    await assert.rejects(idle.send(request, never), userError("openstack-proxy-timeout", "HTTPS_PROXY", "0.05 s"));
    const total = await client({ total: 50 }, {}, through({ HTTPS_PROXY: mute.url }));
    await assert.rejects(total.send(request, never), userError("openstack-timeout", "0.05 s"));
    const silent = await server(() => null);
    const tunnel = await proxy({ port: portOf(silent.url) });
    const inside = await client({ idle: 50 }, {}, through({ HTTPS_PROXY: tunnel.url }));
    // what is no TLS may say so, or nothing
    await assert.rejects(inside.send(request, never), UserError);
    await mute.letGo();
    await tunnel.letGo();
  });

  it("stops with the reason of its signal while the proxy is silent, and lets go of the connection", async () => {
    const mute = await proxy({ silent: true });
    const stop = new AbortController();
    const reason = new Error("the user has had enough");
    const http = await client({}, {}, through({ HTTPS_PROXY: mute.url }));
    const attempt = http.send(ask(`https://${FAR}/`), stop.signal);
    await mute.firstAsked;
    stop.abort(reason);
    await assert.rejects(attempt, (error) => error === reason);
    await mute.letGo();
  });
});

describe("Check Cloud through a proxy", () => {
  closeAfterEach();

  it("asks every service through it", async () => {
    const demo = await startDemoOpenStack({ password: PASSWORD });
    closing.push(() => demo.close());
    const { url, asked } = await proxy();
    const proxies = environmentProxies({ HTTP_PROXY: url, NO_PROXY: "<-loopback>" });
    const last = (await all(checkCloud(cloudAt(demo.url), never, undefined, { proxies }))).at(-1);
    assert.ok(last?.type === "report");
    const report: CloudReport = last.report;
    assert.equal(report.findings.length, 20);
    for (const line of [/^POST .*\/v3\/auth\/tokens$/, /^GET .*\/flavors\/detail/, /^GET .*\/v2\/images/])
      assert.ok(
        asked.some((request) => line.test(request)),
        asked.join("\n"),
      );
  });

  it("leaves the proxy alone for this computer, unless that is asked for", async () => {
    const demo = await startDemoOpenStack({ password: PASSWORD });
    closing.push(() => demo.close());
    const { url, asked } = await proxy();
    await all(checkCloud(cloudAt(demo.url), never, undefined, { proxies: environmentProxies({ ALL_PROXY: url }) }));
    assert.deepEqual(asked, []);
  });
});
