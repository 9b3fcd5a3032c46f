import assert from "node:assert/strict";
import { inspect } from "node:util";
import { defaultCloud, readClouds } from "../../src/formats/cloud-entries";
import { environmentCloud, openrcCloud } from "../../src/formats/cloud-variables";
import { resolveCloud, type CloudConfig, type CloudsFiles } from "../../src/formats/clouds-yaml";
import { find, folder, useFolder, userError, write } from "./clouds-folder";

const LOGIN = { OS_AUTH_URL: "https://k.example/v3", OS_USERNAME: "u", OS_PASSWORD: "hunter2" };
const NO_FILES: CloudsFiles = { clouds: null, secure: null, profiles: null, lookedAt: ["/x/clouds.yaml"] };

async function ofEnvironment(env: Record<string, string>): Promise<CloudConfig> {
  return resolveCloud(await readClouds(NO_FILES, { ...LOGIN, ...env }), "envvars");
}

describe("The OS_ variables of the environment", () => {
  useFolder();

  it("are a cloud called envvars, or as OS_CLOUD_NAME says, and need no file", async () => {
    const config = await ofEnvironment({});
    assert.deepEqual([config.name, config.authUrl, config.definedAt], ["envvars", "https://k.example/v3", null]);
    assert.equal(environmentCloud({ ...LOGIN, OS_CLOUD_NAME: "mine" })?.name, "mine");
  });

  it("are none when they only choose among clouds, or are of OpenStack's tests", () => {
    const selectors = { OS_CLOUD: "a", OS_REGION_NAME: "r", OS_CLIENT_CONFIG_FILE: "f", OS_CLIENT_SECURE_FILE: "s" };
    assert.equal(environmentCloud({ ...selectors, OS_TEST_PATH: "t", OS_LOG_CAPTURE: "1", PATH: "p" }), null);
  });

  it("name user, project and domains in all the ways that the entries of clouds.yaml have", async () => {
    for (const [env, scope] of [
      [{ OS_PROJECT_NAME: "p" }, { kind: "project", project: { name: "p", domain: { id: "default" } } }],
      [{ OS_PROJECT_ID: "i" }, { kind: "project", project: { id: "i" } }],
      [
        { OS_TENANT_NAME: "t", OS_DEFAULT_DOMAIN: "d" },
        { kind: "project", project: { name: "t", domain: { id: "d" } } },
      ],
      [{ OS_TENANT_ID: "i" }, { kind: "project", project: { id: "i" } }],
      [
        { OS_PROJECT_NAME: "p", OS_PROJECT_DOMAIN_NAME: "D" },
        { kind: "project", project: { name: "p", domain: { name: "D" } } },
      ],
      [{ OS_DOMAIN_NAME: "D" }, { kind: "domain", domain: { name: "D" } }],
      [{ OS_DOMAIN_ID: "d" }, { kind: "domain", domain: { id: "d" } }],
      [{ OS_SYSTEM_SCOPE: "all" }, { kind: "system" }],
      [{ OS_TRUST_ID: "t" }, { kind: "trust", id: "t" }],
    ] as const) {
      const { auth } = await ofEnvironment(env);
      assert.deepEqual(auth.method === "password" && auth.scope, scope, inspect(env));
    }
    const { auth } = await ofEnvironment({ OS_USER_DOMAIN_ID: "d" });
    assert.deepEqual(auth.method === "password" && auth.user, { name: "u", domain: { id: "d" } });
    const byId = (await ofEnvironment({ OS_USER_ID: "i" })).auth;
    assert.deepEqual(byId.method === "password" && byId.user, { id: "i" });
  });

  it("hold a token, an application credential, or several methods", async () => {
    const token = (await ofEnvironment({ OS_AUTH_TYPE: "token", OS_TOKEN: "t" })).auth;
    assert.equal(token.method === "token" && token.token.reveal(), "t");
    const credential = (
      await ofEnvironment({
        OS_AUTH_TYPE: "v3applicationcredential",
        OS_APPLICATION_CREDENTIAL_ID: "i",
        OS_APPLICATION_CREDENTIAL_SECRET: "s",
      })
    ).auth;
    assert.deepEqual(credential.method === "application-credential" && credential.credential, { id: "i" });
    const both = (await ofEnvironment({ OS_AUTH_TYPE: "v3multifactor", OS_AUTH_METHODS: "v3password,v3totp" })).auth;
    assert.ok(both.method === "totp");
    assert.deepEqual([both.password?.reveal(), both.passcode], ["hunter2", null]);
  });

  it("choose region, interface, endpoints and certificates", async () => {
    const config = await ofEnvironment({
      OS_REGION_NAME: "north",
      OS_ENDPOINT_TYPE: "internalURL",
      OS_IMAGE_ENDPOINT_OVERRIDE: "https://glance.example/",
      OS_VOLUMEV3_ENDPOINT_OVERRIDE: "https://cinder.example/v3",
      OS_COMPUTE_SERVICE_TYPE: "compute_legacy",
      OS_COMPUTE_API_VERSION: "2.60",
      OS_INSECURE: "true",
      OS_CACERT: "/etc/ca.pem",
      OS_CERT: "/etc/me.pem",
      OS_KEY: "/etc/me.key",
    });
    assert.deepEqual([config.region, config.services.network.interface], ["north", "internal"]);
    assert.equal(config.services.image.override, "https://glance.example");
    assert.equal(config.services["block-storage"].override, "https://cinder.example/v3");
    assert.deepEqual(config.services.compute.types, ["compute_legacy"]);
    assert.deepEqual(config.computeMicroversion, [2, 60]);
    assert.deepEqual(config.tls, { verify: false, cacert: "/etc/ca.pem", cert: "/etc/me.pem", key: "/etc/me.key" });
    assert.equal((await ofEnvironment({ OS_INTERFACE: "admin" })).services.compute.interface, "admin");
  });

  for (const [what, env, code, ...words] of [
    ["OS_AUTH_URL is missing", { OS_AUTH_URL: "" }, "formats-cloud-setting-missing", "OS_AUTH_URL", "environment"],
    ["OS_AUTH_URL is no address", { OS_AUTH_URL: "keystone" }, "formats-cloud-setting-invalid", "OS_AUTH_URL"],
    ["nobody is named", { OS_USERNAME: "" }, "formats-cloud-setting-missing", "OS_USERNAME or OS_USER_ID"],
    ["the password is empty", { OS_PASSWORD: "" }, "formats-cloud-secret-empty", "OS_PASSWORD", "unset"],
    ["the system is scoped to a part", { OS_SYSTEM_SCOPE: "some" }, "formats-cloud-setting-invalid", "OS_SYSTEM_SCOPE"],
    [
      "OS_AUTH_TYPE is not supported",
      { OS_AUTH_TYPE: "v3oidcpassword" },
      "formats-auth-type-unsupported",
      "OS_AUTH_TYPE",
    ],
    ["the microversion is none", { OS_COMPUTE_API_VERSION: "3" }, "formats-cloud-setting-invalid", "OS_COMPUTE_API"],
  ] as const) {
    it(`are told by their names when ${what}`, async () => {
      await assert.rejects(ofEnvironment(env), userError(code, ...words));
    });
  }

  it("appear in nothing that is printed", async () => {
    const entries = await readClouds(NO_FILES, LOGIN);
    const shown = inspect([entries, await resolveCloud(entries, "envvars")], { depth: 9, showHidden: true });
    assert.ok(!shown.includes("hunter2") && !JSON.stringify(entries).includes("hunter2"));
  });
});

describe("The cloud that is meant when none is named", () => {
  useFolder();

  const chosen = async (clouds: string | null, env: Record<string, string>): Promise<string> => {
    if (clouds !== null) await write("here/clouds.yaml", clouds);
    return defaultCloud(await readClouds(find(), env), env);
  };

  it("is that of OS_CLOUD, else that of the variables, else the only one", async () => {
    assert.equal(await chosen("clouds: {a: , b: }", { ...LOGIN, OS_CLOUD: "b" }), "b");
    assert.equal(await chosen("clouds: {a: , b: }", LOGIN), "envvars");
    assert.equal(await chosen("clouds: {a: , b: }", { ...LOGIN, OS_CLOUD_NAME: "mine" }), "mine");
    assert.equal(await chosen("clouds: {a: }", { OS_REGION_NAME: "r" }), "a");
  });

  it("is asked for when there are several", async () => {
    await assert.rejects(chosen("clouds: {a: , b: }", {}), userError("formats-cloud-not-chosen", "a, b", "OS_CLOUD"));
  });

  it("is an error when there is neither a file nor a variable", async () => {
    await assert.rejects(readClouds(NO_FILES, {}), userError("formats-clouds-yaml-not-found"));
  });

  it("is an error when clouds.yaml has one of the same name as the environment", async () => {
    await assert.rejects(chosen("clouds: {envvars: }", LOGIN), userError("formats-cloud-twice", "OS_CLOUD_NAME"));
  });
});

describe("The cloud of an openrc file", () => {
  useFolder();

  const HORIZON = `export OS_AUTH_URL=https://k.example/v3\nexport OS_USERNAME=u
export OS_CACERT=ca.pem\nread -sr OS_PASSWORD_INPUT\nexport OS_PASSWORD=$OS_PASSWORD_INPUT\n`;

  it("is called as the file, asks for what the file asks for, and finds certificates beside it", async () => {
    const file = await write("p-openrc.sh", HORIZON);
    const entry = await openrcCloud(file, "/home/u");
    const asked: unknown[] = [];
    const config = await resolveCloud([entry], "p-openrc.sh", (question) => {
      asked.push(question);
      return Promise.resolve("typed");
    });
    assert.deepEqual(config.definedAt, { file, line: 0 });
    assert.deepEqual(asked, [{ cloud: "p-openrc.sh", key: "password", owner: "u", again: false }]);
    assert.equal(config.auth.method === "password" && config.auth.password.reveal(), "typed");
    assert.equal(config.tls.cacert, `${folder}/ca.pem`);
  });

  it("says how to go on where nobody can be asked", async () => {
    const entry = await openrcCloud(await write("openrc", HORIZON), "/home/u");
    await assert.rejects(resolveCloud([entry], "openrc"), userError("formats-cloud-secret-missing", "OS_PASSWORD"));
  });

  it("is none when the file sets nothing of OpenStack, is no text, or is not there", async () => {
    const read = async (name: string, text: string) => openrcCloud(await write(name, text), "/home/u");
    await assert.rejects(read("a", "echo hello"), userError("formats-openrc-empty", "Horizon"));
    await assert.rejects(read("b", "x".repeat(100_000)), userError("formats-openrc-empty"));
    await assert.rejects(openrcCloud(`${folder}/c`, "/home/u"), userError("formats-clouds-yaml-unreadable", "ENOENT"));
  });
});
