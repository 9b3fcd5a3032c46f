import assert from "node:assert/strict";
import type { Environment, HttpProxy, Proxy } from "../../src/openstack/proxies";
import { editorProxies, type ProxySettings } from "../../src/vscode/proxy-model";

const NOTHING_SET: ProxySettings = {
  proxy: "",
  noProxy: [],
  proxyAuthorization: null,
  proxyStrictSSL: true,
  proxySupport: "override",
};
const ENV = { HTTPS_PROXY: "http://env:1", NO_PROXY: "near.example" };
const CLOUD = new URL("https://cloud.example/");

function httpOnly(proxy: Proxy | null): HttpProxy | null {
  if (proxy?.kind === "socks") assert.fail("it is a SOCKS proxy");
  return proxy;
}

describe("VS Code's proxy settings", () => {
  const named = (settings: Partial<ProxySettings>, url = CLOUD, patched = false) =>
    httpOnly(editorProxies({ ...NOTHING_SET, ...settings }, ENV, patched).proxyFor(url));

  it("are left to VS Code where it puts proxies in by itself, so that there are never two", () => {
    for (const settings of [{}, { proxy: "http://own:1" }]) {
      const proxies = editorProxies({ ...NOTHING_SET, ...settings }, ENV, true);
      assert.equal(proxies.proxyFor(CLOUD), null);
      assert.equal(proxies.host?.namedBy, "http.proxy");
    }
  });

  it("are read where it does not, before the environment", () => {
    assert.equal(named({})?.url.host, "env:1");
    const own = named({ proxy: "http://own:1" });
    assert.deepEqual([own?.url.host, own?.namedBy, own?.verify], ["own:1", "http.proxy", true]);
    assert.equal(named({ proxy: "https://own:1", proxyStrictSSL: false })?.verify, false);
    assert.equal(named({ proxy: "http://own:1" }, new URL("http://cloud.example/"))?.url.host, "own:1");
  });

  it("have exceptions that take the place of the environment's", () => {
    const near = new URL("https://near.example/");
    assert.equal(named({}, near), null);
    assert.equal(named({ noProxy: ["cloud.example", 7] }, near)?.url.host, "env:1");
    const proxy = named({ noProxy: ["far.example", " cloud.example "] });
    assert.equal(proxy, null);
    assert.equal(named({ noProxy: ["far.example"] })?.exceptions, "http.noProxy");
  });

  it("have an authorization that VS Code does not send for extensions, so it is sent by us", () => {
    for (const patched of [false, true]) {
      const proxy = named({ proxy: "http://alice:x@own:1", proxyAuthorization: "Bearer t" }, CLOUD, patched);
      assert.equal(proxy?.authorization?.reveal(), "Bearer t");
    }
  });

  it("are read by us where they, or the environment, name a SOCKS proxy, of which VS Code knows but a part", () => {
    const socks = (settings: Partial<ProxySettings>, env: Environment): unknown => {
      const proxy = editorProxies({ ...NOTHING_SET, ...settings }, env, true).proxyFor(CLOUD);
      return proxy && [proxy.kind, proxy.name, proxy.namedBy];
    };
    assert.deepEqual(socks({ proxy: "socks5h://own:1" }, ENV), ["socks", "own:1", "http.proxy"]);
    assert.deepEqual(socks({}, { ALL_PROXY: "socks5h://env:2" }), ["socks", "env:2", "ALL_PROXY"]);
    assert.equal(socks({ proxy: "http://own:1" }, { ALL_PROXY: "socks5h://env:2" }), null);
    assert.equal(socks({ noProxy: ["cloud.example"], proxy: "socks4a://own:1" }, {}), null);
  });

  it("may turn proxies off, the environment's, too", () => {
    const proxies = editorProxies({ ...NOTHING_SET, proxy: "http://own:1", proxySupport: "off" }, ENV, true);
    assert.deepEqual([proxies.proxyFor(CLOUD), proxies.host], [null, null]);
  });

  it("may hold anything", () => {
    const odd = { proxy: 7, noProxy: "x", proxyAuthorization: {}, proxyStrictSSL: "no", proxySupport: undefined };
    assert.equal(named(odd)?.url.host, "env:1");
  });
});
