import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { parse } from "yaml";
import { COMMANDS, SECTION, SETTINGS } from "../../../src/vscode/manifest";
import { startProxy, type LoopbackProxy } from "../../openstack/proxy-server";
import { check, cloudId, demoFolder } from "./demo";

/** Nobody has this name, so who reaches it has gone through the proxy. */
const FAR = "http://cloud.invalid:5000";
const LOGIN = `POST ${FAR}/v3/auth/tokens`;

interface CloudsYaml {
  readonly clouds: { readonly demo: { readonly auth: Readonly<Record<string, string>> } };
}

const read = (name: string): CloudsYaml => parse(readFileSync(join(demoFolder(), name), "utf8")) as CloudsYaml;

describe("Check Cloud with VS Code's proxy settings", () => {
  // not in the demo's own file, which the demo writes anew
  const folder = mkdtempSync(join(tmpdir(), "entropy-check-far-"));
  const file = join(folder, "clouds.yaml");
  const farId = `cloud:far@${file}`;
  let proxy: LoopbackProxy;

  const set = async (key: string, value: unknown): Promise<void> =>
    vscode.workspace.getConfiguration("http").update(key, value, vscode.ConfigurationTarget.Global);

  /** Checks the far cloud. @returns which requests the proxy got */
  async function asked(): Promise<readonly string[]> {
    const before = proxy.asked.length;
    await check(farId);
    return proxy.asked.slice(before);
  }

  before(async () => {
    // the demo's cloud runs from its first check on
    await check(cloudId());
    const { demo } = read("clouds.yaml").clouds;
    const secure = read("secure.yaml");
    proxy = await startProxy({ port: Number(new URL(demo.auth["auth_url"]).port) });
    const far = { ...demo, auth: { ...demo.auth, ...secure.clouds.demo.auth, auth_url: FAR } };
    writeFileSync(file, JSON.stringify({ clouds: { far } }));
    await vscode.workspace
      .getConfiguration(SECTION)
      .update(SETTINGS.cloudsFiles.key, [file], vscode.ConfigurationTarget.Global);
    await set("proxy", proxy.url);
  });

  after(async () => {
    for (const key of ["proxy", "proxySupport", "proxyAuthorization"]) await set(key, undefined);
    await vscode.commands.executeCommand(COMMANDS.removeResult, farId);
    await vscode.workspace
      .getConfiguration(SECTION)
      .update(SETTINGS.cloudsFiles.key, undefined, vscode.ConfigurationTarget.Global);
    await proxy.close();
    rmSync(folder, { recursive: true });
  });

  for (const support of ["override", "on", "fallback"])
    it(`goes through the proxy, once, when its support is ${support}`, async () => {
      await set("proxySupport", support);
      const requests = await asked();
      assert.equal(requests.filter((request) => request === LOGIN).length, 1, requests.join("\n"));
      assert.ok(requests.every((request) => request.includes(FAR) || request.includes("127.0.0.1")));
    });

  it("tells the proxy the authorization of the settings, which VS Code itself does not", async () => {
    await set("proxyAuthorization", "Bearer for-the-proxy");
    for (const support of ["override", "on"]) {
      await set("proxySupport", support);
      const requests = await asked();
      assert.equal(requests.filter((request) => request === LOGIN).length, 1, requests.join("\n"));
      assert.equal(proxy.headers.at(-1)?.["proxy-authorization"], "Bearer for-the-proxy");
    }
    await set("proxyAuthorization", undefined);
  });

  it("leaves the proxy alone when proxies are turned off", async () => {
    await set("proxySupport", "off");
    assert.deepEqual(await asked(), []);
  });
});
