import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { inspect } from "node:util";
import { startDemoOpenStack, type DemoOpenStack } from "../../src/demo/openstack";
import { UserError } from "../../src/errors";
import type { HttpAnswer, HttpLimits, HttpRequest } from "../../src/openstack/http";
import { environmentProxies } from "../../src/openstack/proxies";
import { checkCloud } from "../../src/operations/check-cloud";
import {
  freePort,
  generateKey,
  publicKey,
  startDynamicForward,
  startSshd,
  temporaryFolder,
  type Sshd,
} from "../ssh/sshd";
import { selfSigned, type Certificate } from "./certificate";
import { all, client, cloudAt, never, PASSWORD, userError } from "./support";

/** An address for documentation (RFC 5737): nothing answers there. */
const FAR = "192.0.2.1";
/** So that the proxy is used for this computer, too. */
const NO_PROXY = "<-loopback>";

describe("A request through ssh -D", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let certificate: Certificate;
  let demo: DemoOpenStack;
  let sshd: Sshd;
  let ssh: Awaited<ReturnType<typeof startDynamicForward>>;

  before(async () => {
    certificate = await selfSigned("localhost");
    demo = await startDemoOpenStack({ tls: certificate, password: PASSWORD });
    const key = generateKey(folder.path, "user");
    const hostKeys = [generateKey(folder.path, "host")];
    sshd = await startSshd(folder.path, { hostKeys, authorizedKeys: [publicKey(key)] });
    ssh = await startDynamicForward(sshd, key);
  });
  after(async () => {
    await ssh.stop();
    await sshd.stop();
    await demo.close();
    await certificate.remove();
    folder.remove();
  });

  async function get(scheme: string, url: string): Promise<HttpAnswer> {
    const proxies = environmentProxies({ ALL_PROXY: `${scheme}://127.0.0.1:${ssh.port}`, NO_PROXY });
    const http = await client({}, { cacert: certificate.certFile }, proxies);
    return http.send({ service: "identity", method: "GET", url }, never);
  }

  for (const [scheme, version, host] of [
    ["socks5h", 5, "localhost"],
    ["socks5", 5, "127.0.0.1"],
    ["socks4a", 4, "localhost"],
    ["socks4", 4, "127.0.0.1"],
  ] as const) {
    it(`by ${scheme} reaches a cloud with TLS, whose name is looked up ${host === "localhost" ? "there" : "here"}`, async () => {
      const before = ssh.said.length;
      assert.equal((await get(scheme, `https://localhost:${demo.port}/`)).status, 300);
      const told = ssh.said.slice(before).filter((line) => line.includes("dynamic request"));
      assert.equal(told.length, 1, ssh.said.join("\n"));
      assert.match(told[0], new RegExp(`socks${version}a? host ${host.replaceAll(".", "\\.")} port ${demo.port}\\b`));
    });
  }

  it("verifies the certificate for the name that was asked for", async () => {
    await assert.rejects(
      get("socks5h", `https://127.0.0.1:${demo.port}/`),
      userError("openstack-tls", "another host name"),
    );
  });

  it("is told that there is no way where ssh hangs up, and that of a name that only the proxy could know", async () => {
    const url = `https://localhost:${await freePort()}/`;
    await assert.rejects(get("socks5h", url), userError("openstack-proxy-no-way", "closes the connection", "auth_url"));
    for (const [scheme, better] of [
      ["socks5", "socks5h://"],
      ["socks4", "socks4a://"],
    ] as const) {
      const attempt = get(scheme, "https://cloud.invalid:5000/");
      await assert.rejects(attempt, userError("openstack-proxy-name-unknown", "cloud.invalid", better));
    }
  });

  it("has Check Cloud ask every service that way, also in the open", async () => {
    const open = await startDemoOpenStack({ password: PASSWORD });
    try {
      const before = ssh.said.length;
      const proxies = environmentProxies({ HTTP_PROXY: `socks5h://127.0.0.1:${ssh.port}`, NO_PROXY });
      const last = (await all(checkCloud(cloudAt(open.url), never, undefined, { proxies }))).at(-1);
      assert.ok(last?.type === "report");
      assert.equal(last.report.findings.length, 20);
      const told = ssh.said.slice(before).filter((line) => line.includes("dynamic request"));
      assert.ok(told.length >= 3, String(told.length));
    } finally {
      await open.close();
    }
  });
});

describe("A SOCKS proxy", () => {
  let server: ReturnType<typeof createServer>;
  let sockets: Socket[];
  let heard: Buffer;
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  /** Answers each message that comes by the next of the list; "end" hangs up, null says nothing. */
  async function proxy(...answers: readonly (readonly number[] | string | null)[]): Promise<string> {
    sockets = [];
    heard = Buffer.alloc(0);
    server = createServer((socket) => {
      sockets.push(socket);
      const left = [...answers];
      socket
        .on("error", () => undefined)
        .on("data", (bytes) => {
          heard = Buffer.concat([heard, bytes]);
          const answer = left.shift() ?? null;
          if (answer === "end") socket.end();
          else if (answer !== null) socket.write(typeof answer === "string" ? answer : Buffer.from(answer));
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const request = (url: string): HttpRequest => ({ service: "compute", method: "GET", url });
  const far = request(`http://${FAR}:8774/v2.1`);

  async function send(
    address: string,
    { url, ...rest }: HttpRequest = far,
    signal = never,
    limits: Partial<HttpLimits> = {},
  ): Promise<HttpAnswer> {
    return (await client(limits, {}, environmentProxies({ ALL_PROXY: address }))).send({ url, ...rest }, signal);
  }

  const YES = [5, 0, 0, 1, 0, 0, 0, 0, 0, 0];
  const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

  it("is told user and password (RFC 1929), and an address in its own form (RFC 1928, 5)", async () => {
    const at = await proxy([5, 2], [1, 0], YES, OK);
    assert.deepEqual((await send(`socks5h://alice:p%40ss@${at}`)).json, {});
    const [login, connect] = ["\x01\x05alice\x04p@ss", `\x05\x01\x00\x01${String.fromCharCode(192, 0, 2, 1)}\x22\x46`];
    assert.ok(heard.toString("latin1").startsWith(`\x05\x02\x00\x02${login}${connect}GET /v2.1 HTTP/1.1`));
  });

  it("is told an IPv6 address in its 16 bytes, and may answer with any kind of address", async () => {
    for (const answer of [YES, [5, 0, 0, 3, 2, 97, 98, 0, 80], [5, 0, 0, 4, ...new Array<number>(18).fill(1)]]) {
      const at = await proxy([5, 0], answer, OK);
      assert.equal((await send(`socks5h://${at}`, request("http://[2001:db8::a:1]/"))).status, 200);
      const bytes = "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\x0a\0\x01\0\x50";
      assert.equal(heard.subarray(3, 25).toString("latin1"), `\x05\x01\0\x04${bytes}`);
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    }
    server = createServer().listen(0);
  });

  it("may send its answers in pieces, and the cloud's first bytes with the last", async () => {
    const at = await proxy([5, 0], [...YES, ...Buffer.from(OK)]);
    server.prependListener("connection", (socket: Socket) => socket.setNoDelay(true));
    assert.deepEqual((await send(`socks5h://${at}`)).json, {});
  });

  it("of version 4 is told the user's name, and the host's behind an address that there is none", async () => {
    const at = await proxy([0, 0x5a, 0, 0, 0, 0, 0, 0], OK);
    await send(`socks4a://alice@${at}`, request("http://cloud.example/"));
    assert.ok(heard.toString("latin1").startsWith("\x04\x01\0\x50\0\0\0\x01alice\0cloud.example\0GET"));
  });

  for (const [what, scheme, answers, code, ...words] of [
    ["wants a login and has none", "socks5h", [[5, 0xff]], "openstack-proxy-login", "socks5h://USER:PASSWORD@"],
    [
      "refuses the login",
      "socks5h://alice:hunter2@",
      [
        [5, 2],
        [1, 1],
      ],
      "openstack-proxy-login",
      "ALL_PROXY",
    ],
    [
      "does not allow it",
      "socks5h",
      [
        [5, 0],
        [5, 2, 0, 1],
      ],
      "openstack-proxy-refused",
      `${FAR}:8774`,
      "rules",
    ],
    [
      "finds the host unreachable",
      "socks5h",
      [
        [5, 0],
        [5, 4, 0, 1],
      ],
      "openstack-proxy-no-way",
      "unreachable",
      "NO_PROXY",
    ],
    [
      "is refused the connection",
      "socks5h",
      [
        [5, 0],
        [5, 5, 0, 1],
      ],
      "openstack-proxy-no-way",
      "connection is refused",
    ],
    ["refuses as version 4 does", "socks4a", [[0, 0x5b, 0, 0, 0, 0, 0, 0]], "openstack-proxy-no-way", FAR],
    ["knows nobody of that name", "socks4://alice@", [[0, 0x5d, 0, 0, 0, 0, 0, 0]], "openstack-proxy-login", "socks4"],
    ["speaks HTTP", "socks5h", ["HTTP/1.1 400 Bad Request\r\n\r\n"], "openstack-proxy-unreachable", "no SOCKS proxy"],
    ["speaks SSH", "socks4", ["SSH-2.0-OpenSSH_9.2\r\n"], "openstack-proxy-unreachable", "no SOCKS proxy"],
    ["hangs up", "socks5h", ["end"], "openstack-proxy-unreachable", "no SOCKS proxy"],
    ["hangs up later", "socks5h", [[5, 0], "end"], "openstack-proxy-no-way", "closes the connection"],
  ] as const) {
    it(`that ${what} is told by name, and never with its password`, async () => {
      const at = await proxy(...answers);
      await assert.rejects(send(`${scheme.includes("@") ? scheme : `${scheme}://`}${at}`), (error) => {
        assert.ok(error instanceof UserError);
        assert.doesNotMatch(inspect(error, { depth: 9 }), /hunter2|alice/);
        return userError(code, at, "ALL_PROXY", ...words)(error);
      });
    });
  }

  it("that is none, or is too far, is told so before anything is sent", async () => {
    const at = await proxy([5, 2]);
    await assert.rejects(
      send(`socks4a://${at}`, request("http://[2001:db8::1]/")),
      userError("openstack-proxy-no-way", "no IPv6"),
    );
    const gone = `127.0.0.1:${await freePort()}`;
    await assert.rejects(send(`socks5h://${gone}`), userError("openstack-proxy-unreachable", gone, "ECONNREFUSED"));
    const long = `socks5h://${"x".repeat(256)}:p@${at}`;
    await assert.rejects(send(long), userError("openstack-proxy-login", "too long"));
  });

  it("that is silent is waited for no longer than the limits say, nor after the signal", async () => {
    const at = `socks5h://${await proxy([5, 0], null)}`;
    await assert.rejects(send(at, far, never, { idle: 50 }), userError("openstack-proxy-timeout", "0.05 s"));
    await assert.rejects(send(at, far, never, { total: 50 }), userError("openstack-timeout", "0.05 s"));
    const stop = new AbortController();
    const reason = new Error("the user has had enough");
    const asked = once(server, "connection");
    const attempt = send(at, far, stop.signal);
    const closed = asked.then(([socket]: Socket[]) => once(socket, "close"));
    await asked;
    stop.abort(reason);
    await assert.rejects(attempt, (error) => error === reason);
    await closed;
  });
});
