import assert from "node:assert/strict";
import fc from "fast-check";
import { parseNoProxy } from "../../src/openstack/no-proxy";
import { environmentProxies, type HttpProxy, type Proxies } from "../../src/openstack/proxies";
import { userError } from "./support";

const covers = (list: string, url: string): boolean => parseNoProxy(list).covers(new URL(url));

describe("NO_PROXY", () => {
  for (const [list, covered, not] of [
    ["", [], ["https://cloud.example/", "http://192.0.2.1/"]],
    ["*", ["https://cloud.example/", "http://192.0.2.1/", "https://[2001:db8::1]/"], []],
    ["cloud.example", ["https://cloud.example:5000/", "http://api.cloud.example/"], ["https://mycloud.example/"]],
    [".cloud.example", ["https://cloud.example/", "https://api.cloud.example/"], ["https://mycloud.example/"]],
    ["*.cloud.example", ["https://api.cloud.example/"], ["https://cloud.example.org/"]],
    ["CLOUD.Example.", ["https://cloud.example/", "https://cloud.example./"], []],
    ["bücher.example", ["https://xn--bcher-kva.example/"], []],
    [
      "a.example, b.example c.example",
      ["http://a.example/", "http://b.example/", "http://c.example/"],
      ["http://d.example/"],
    ],
    ["cloud.example:5000", ["https://cloud.example:5000/"], ["https://cloud.example/", "https://cloud.example:8774/"]],
    ["cloud.example:443", ["https://cloud.example/"], ["http://cloud.example/"]],
    ["192.0.2.1", ["http://192.0.2.1/", "http://192.0.2.1:80/"], ["http://192.0.2.10/", "http://1.192.0.2.1.example/"]],
    ["10.0.0.0/8", ["https://10.255.0.1/"], ["https://11.0.0.1/", "https://10.example/"]],
    ["192.0.2.128/25", ["https://192.0.2.128/"], ["https://192.0.2.127/"]],
    ["2001:db8::1", ["https://[2001:db8:0:0::1]/"], ["https://[2001:db8::2]/"]],
    ["[2001:db8::1]:5000", ["https://[2001:db8::1]:5000/"], ["https://[2001:db8::1]/"]],
    ["fd00::/8", ["https://[fd12::1]/"], ["https://[fe80::1]/", "https://10.0.0.1/"]],
    ["10.0.0.0/33, /8, :5000, http://cloud.example/, -", [], ["https://10.0.0.1/", "https://cloud.example/"]],
  ] as const) {
    it(`${JSON.stringify(list)} covers ${covered.join(", ") || "nothing"}`, () => {
      for (const url of covered) assert.ok(covers(list, url), url);
      for (const url of not) assert.ok(!covers(list, url), url);
    });
  }

  it("covers this computer in every spelling, unless <-loopback> is in it", () => {
    for (const host of ["localhost", "api.localhost", "127.0.0.1", "127.9.9.9", "[::1]", "[::ffff:127.0.0.1]"]) {
      assert.ok(covers("", `http://${host}:5000/`), host);
      assert.ok(!covers("cloud.example,<-loopback>", `http://${host}:5000/`), host);
      assert.ok(covers("<-loopback> *", `http://${host}:5000/`), host);
    }
  });

  it("takes any text", () => {
    fc.assert(
      fc.property(fc.string(), (list) => {
        assert.equal(typeof covers(list, "https://cloud.example/"), "boolean");
      }),
    );
  });

  it("has a network cover exactly the addresses that share its first bits", () => {
    const dotted = (n: number): string => [24, 16, 8, 0].map((shift) => (n >>> shift) & 255).join(".");
    const address = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(address, address, fc.integer({ min: 1, max: 32 }), fc.boolean(), (network, other, bits, near) => {
        const host = near ? (network ^ (other >>> (bits - 1))) >>> 0 : other;
        const same = network >>> (32 - bits) === host >>> (32 - bits) || host >>> 24 === 127;
        assert.equal(covers(`${dotted(network)}/${bits}`, `http://${dotted(host)}/`), same);
      }),
    );
  });

  it("lists hosts that each cover themselves and what is below them, and leave the others alone", () => {
    const host = fc
      .domain()
      .map((name) => name.toLowerCase())
      .filter((name) => URL.canParse(`https://${name}/`));
    fc.assert(
      fc.property(fc.array(host, { maxLength: 4 }), host, (hosts, other) => {
        const list = hosts.join(",");
        for (const name of hosts) assert.ok(covers(list, `https://${name}/`) && covers(list, `https://x.${name}/`));
        const below = hosts.some((name) => other === name || other.endsWith(`.${name}`));
        assert.equal(covers(list, `https://${other}/`), below);
      }),
    );
  });
});

describe("The environment", () => {
  const http = (proxies: Proxies, url: string): HttpProxy | null => {
    const proxy = proxies.proxyFor(new URL(url));
    if (proxy?.kind === "socks") assert.fail("it is a SOCKS proxy");
    return proxy;
  };
  const proxyFor = (env: Record<string, string>, url: string): string | null =>
    http(environmentProxies(env), url)?.url.href ?? null;

  it("names a proxy for each scheme, and one for all", () => {
    const env = { HTTP_PROXY: "http://plain:1", HTTPS_PROXY: "http://secure:2" };
    assert.equal(proxyFor(env, "http://cloud.example/"), "http://plain:1/");
    assert.equal(proxyFor(env, "https://cloud.example/"), "http://secure:2/");
    const all = { ALL_PROXY: "https://all:3", HTTPS_PROXY: " " };
    assert.equal(proxyFor(all, "https://cloud.example/"), "https://all:3/");
    assert.equal(proxyFor({ HTTP_PROXY: "http://plain:1" }, "https://cloud.example/"), null);
  });

  it("may spell its variables in lower case, which then counts", () => {
    const env = { https_proxy: "lower:1", HTTPS_PROXY: "upper:2", no_proxy: "a.example", NO_PROXY: "b.example" };
    assert.equal(proxyFor(env, "https://b.example/"), "http://lower:1/");
    assert.equal(proxyFor(env, "https://a.example/"), null);
    assert.equal(environmentProxies(env).proxyFor(new URL("https://b.example/"))?.namedBy, "https_proxy");
  });

  it("keeps the login of a proxy out of everything that is shown", () => {
    const proxy = http(environmentProxies({ HTTPS_PROXY: "http://alice:a%3Ab@proxy:1" }), "https://c/");
    assert.equal(proxy?.authorization?.reveal(), `Basic ${Buffer.from("alice:a:b").toString("base64")}`);
    assert.doesNotMatch(JSON.stringify(proxy), /alice|a%3Ab/);
  });

  for (const [address, ...read] of [
    ["socks4://proxy", 4, "here", "proxy", 1080, null],
    ["socks4a://alice@proxy:9", 4, "there", "proxy", 9, ["alice", ""]],
    ["SOCKS5://proxy:443", 5, "here", "proxy", 443, null],
    ["socks5h://alice:p%40ss%25@[::1]:80", 5, "there", "::1", 80, ["alice", "p@ss%"]],
  ] as const) {
    it(`may name a SOCKS proxy, as curl reads it: ${address}`, () => {
      const proxy = environmentProxies({ ALL_PROXY: address }).proxyFor(new URL("https://c/"));
      assert.ok(proxy?.kind === "socks");
      const { version, names, host, port, login } = proxy;
      const told = login === null ? null : [login.user, login.password.reveal()];
      assert.deepEqual([version, names, host, port, told], read);
      assert.doesNotMatch(JSON.stringify({ ...proxy, login: login?.password }), /alice|p@ss/);
    });
  }

  it("is told what is no proxy when it is used, by the variable's name, not by what it holds", () => {
    for (const [address, code] of [
      ["http://secret:secret@", "openstack-proxy-malformed"],
      ["http://[secret", "openstack-proxy-malformed"],
      ["socks5://alice:secret@", "openstack-proxy-malformed"],
      ["socks://alice:secret@proxy:1080", "openstack-proxy-unsupported"],
      ["ftp://alice:secret@proxy:21", "openstack-proxy-unsupported"],
    ] as const) {
      const proxies = environmentProxies({ ALL_PROXY: address, NO_PROXY: "near.example" });
      assert.equal(proxies.proxyFor(new URL("https://near.example/")), null);
      assert.throws(
        () => proxies.proxyFor(new URL("https://cloud.example/")),
        (error) => {
          assert.doesNotMatch(String(error), /secret/);
          return userError(code, "ALL_PROXY", "http://HOST:PORT", "socks5h://HOST:PORT")(error);
        },
      );
    }
  });
});
