import assert from "node:assert/strict";
import { startDemoOpenStack, type DemoOpenStack } from "../../src/demo/openstack";
import type { UserError } from "../../src/errors";
import type { CloudAuth } from "../../src/formats/cloud-auth";
import type { CloudOrigin } from "../../src/formats/cloud-origin";
import { environmentCloud, openrcCloud } from "../../src/formats/cloud-variables";
import { readCloudsYaml, resolveCloud, type CloudEntry } from "../../src/formats/clouds-yaml";
import { answerError, loginRefused } from "../../src/openstack/answer-errors";
import * as connection from "../../src/openstack/connection-errors";
import * as errors from "../../src/openstack/errors";
import { HttpClient } from "../../src/openstack/http";
import { authenticate } from "../../src/openstack/identity";
import { httpRefusal, proxyRefused, proxyTimedOut } from "../../src/openstack/proxy-errors";
import { tlsFailed, tlsFileUnusable } from "../../src/openstack/tls-errors";
import { find, folder, useFolder, write } from "../formats/clouds-folder";
import { cloudAt, never, ORIGINS, PASSWORD, userError } from "./support";

/** Every error of the room that names a setting, with the keys that it names. */
const NAMING: Readonly<Record<string, readonly [(origin: CloudOrigin) => UserError, ...string[]]>> = {
  "no connection": [(o) => connection.unreachable(asked(o), "ECONNREFUSED", null), "auth_url"],
  "no connection to a service": [
    (o) => connection.unreachable(asked(o, "block-storage"), "ECONNREFUSED", null),
    ...["region_name", "interface", "block_storage_endpoint_override"],
  ],
  "no answer in time": [(o) => connection.timedOut(asked(o), 60), "api_timeout"],
  "a redirect": [(o) => connection.redirected(asked(o), "https://other/"), "auth_url"],
  "a redirect of a service": [(o) => connection.redirected(asked(o, "image"), "https://other/"), "region_name"],
  "an endless answer": [(o) => connection.answerTooLarge(asked(o), 9), "auth_url"],
  "another kind of server": [(o) => connection.notOpenStack(asked(o), "no versions"), "auth_url"],
  "TLS that fails": [(o) => tlsFailed(asked(o), "ERR_SSL_OTHER", null), "cacert", "cert", "key"],
  "an unknown authority": [(o) => tlsFailed(asked(o), "SELF_SIGNED_CERT_IN_CHAIN", null), "cacert"],
  "a server without TLS": [(o) => tlsFailed(asked(o), "EPROTO", null), "auth_url"],
  "a certificate for another name": [(o) => tlsFailed(asked(o), "ERR_TLS_CERT_ALTNAME_INVALID", null), "auth_url"],
  "a client's certificate that is turned away": [
    (o) => tlsFailed(asked(o), "EPROTO", new Error("sslv3 alert handshake failure: SSL alert number 40")),
    ...["cert", "key"],
  ],
  "a certificate's file": [(o) => tlsFileUnusable("cacert", "/ca.pem", "ENOENT", o), "cacert", "cert", "key"],
  "a proxy that finds no way": [(o) => proxyRefused(proxy, "keystone:5000", httpRefusal(502), asked(o)), "auth_url"],
  "a proxy that is silent": [(o) => proxyTimedOut(proxy, "keystone:5000", 30, asked(o)), "auth_url"],
  "an address without Keystone": [(o) => answerError({ ...asked(o), status: 404, json: {} }), "auth_url"],
  "an address without a service": [
    (o) => answerError({ ...asked(o, "compute"), status: 404, json: {} }),
    "compute_endpoint_override",
  ],
  "a secret that is too long": [(o) => answerError({ ...asked(o), status: 413, json: {} })],
  "a request that is refused": [(o) => answerError({ ...asked(o), status: 400, json: {} })],
  "a password that is refused": [(o) => refused(o, "password"), "username", "password", "project_name"],
  "a passcode that is refused": [(o) => refused(o, "totp"), "username", "password", "project_name"],
  "a token that is refused": [(o) => refused(o, "token"), "token"],
  "a credential that is refused": [(o) => refused(o, "application-credential"), "application_credential_secret"],
  "a credential that does not exist": [(o) => refused(o, "application-credential", 404), "application_credential_id"],
  "a catalog without the region": [
    (o) => errors.endpointMissing("image", "public X", cloudAt("", { origin: o }), ["image public Y"]),
    ...["region_name", "interface", "image_endpoint_override"],
  ],
  "an empty catalog": [
    (o) => errors.endpointMissing("image", "public", cloudAt("", { origin: o }), []),
    "project_name",
  ],
  "a login for no project": [(o) => errors.projectNeeded(cloudAt("", { origin: o })), "project_name", "system_scope"],
  "a login for another project": [(o) => errors.otherProject(cloudAt("", { origin: o }), "r1")],
  "a microversion that is not spoken": [
    (o) => errors.microversionUnspoken("2.1", "2.2", "2.90", o),
    ...["compute_default_microversion", "compute_api_version"],
  ],
};

const proxy = { name: "proxy:3128", scheme: "http", namedBy: "HTTPS_PROXY", exceptions: "NO_PROXY" };

function asked(origin: CloudOrigin, service: connection.Service = "identity"): connection.Asked {
  return { service, url: "https://keystone:5000/v3", origin };
}

function refused(origin: CloudOrigin, method: CloudAuth["method"], status = 401): UserError {
  return loginRefused(cloudAt("", { origin }), method, { ...asked(origin), status, json: { error: {} } });
}

describe("A message that names a setting", () => {
  for (const [what, [error, ...keys]] of Object.entries(NAMING)) {
    it(`names it as it is called where it is written: ${what}`, () => {
      for (const [kind, place] of [
        ["clouds.yaml", "of cloud north in /etc/openstack/clouds.yaml"],
        ["environment", "in the environment"],
        ["openrc", "in /home/me/north-openrc.sh"],
      ] as const) {
        const { message, remedy } = error(ORIGINS[kind]);
        const told = `${message} ${remedy}`;
        const names = keys.map((key) => (kind === "clouds.yaml" ? key : `OS_${key.toUpperCase()}`));
        for (const words of [place, ...names]) assert.ok(told.includes(words), `${words}: ${told}`);
        const others = kind === "clouds.yaml" ? /\bOS_|environment/ : /clouds\.yaml|\b[a-z]+_(name|url|id|secret)\b/;
        assert.doesNotMatch(told, others);
      }
    });
  }
});

describe("A login that is refused leads to", () => {
  useFolder();
  let demo: DemoOpenStack;
  before(async () => (demo = await startDemoOpenStack({ password: PASSWORD })));
  after(() => demo.close());

  async function refusal(entry: CloudEntry | null | undefined, ...words: readonly string[]): Promise<void> {
    assert.ok(entry);
    const cloud = await resolveCloud([entry], entry.name);
    const http = await HttpClient.create(cloud);
    await assert.rejects(authenticate(cloud, http, never), userError("openstack-unauthorized", ...words));
  }
  const variables = (): Record<string, string> => ({
    ...{ OS_AUTH_URL: demo.url, OS_USERNAME: "demo", OS_PASSWORD: "wrong", OS_PROJECT_NAME: "demo" },
  });

  it("the entry, and both of its files", async () => {
    const auth = `{auth_url: "${demo.url}", username: demo, project_name: demo}`;
    const file = await write("here/clouds.yaml", `clouds: {north: {auth: ${auth}}}`);
    const secure = await write("here/secure.yaml", "clouds: {north: {auth: {password: wrong}}}");
    await refusal((await readCloudsYaml(find())).at(0), `password of cloud north in ${file} and ${secure}`);
  });

  it("the variable of the environment", async () => {
    await refusal(environmentCloud(variables()), "OS_PASSWORD in the environment");
  });

  it("the variable of the openrc file", async () => {
    const lines = Object.entries(variables()).map(([name, value]) => `export ${name}='${value}'\n`);
    const file = await write("openrc.sh", lines.join(""));
    await refusal(await openrcCloud(file, folder), `OS_PASSWORD in ${file}`);
  });
});
