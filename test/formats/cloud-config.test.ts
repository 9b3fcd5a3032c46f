import assert from "node:assert/strict";
import { join } from "node:path";
import { inspect } from "node:util";
import { readCloudsYaml, regionsOf, resolveCloud } from "../../src/formats/clouds-yaml";
import { cloud, find, folder, resolved, useFolder, userError, write } from "./clouds-folder";

describe("A cloud's entry", () => {
  useFolder();

  it("names a user by name in a domain, and a project likewise", async () => {
    const { auth } = await resolved(
      cloud({}, { user_domain_name: "Users", project_name: "p", project_domain_id: "d1" }),
    );
    assert.ok(auth.method === "password");
    assert.deepEqual(auth.user, { name: "u", domain: { name: "Users" } });
    assert.deepEqual(auth.scope, { kind: "project", project: { name: "p", domain: { id: "d1" } } });
  });

  it("names a user and a project by id, which need no domain", async () => {
    const { auth } = await resolved(cloud({}, { user_id: "u1", project_id: "p1" }));
    assert.ok(auth.method === "password");
    assert.deepEqual(auth.user, { id: "u1" });
    assert.deepEqual(auth.scope, { kind: "project", project: { id: "p1" } });
  });

  it("uses one domain for user and project, by any of its keys, else the domain default", async () => {
    for (const [keys, domain] of [
      [{ domain_name: "D" }, { name: "D" }],
      [{ domain_id: "d" }, { id: "d" }],
      [{ default_domain: "d" }, { id: "d" }],
      [{ default_domain_name: "D" }, { name: "D" }],
      [{ "user-domain-id": "d", "project-domain-id": "d" }, { id: "d" }],
      [{}, { id: "default" }],
    ] as const) {
      const { auth } = await resolved(cloud({}, { project_name: "p", ...keys }));
      assert.ok(auth.method === "password");
      assert.deepEqual(auth.user, { name: "u", domain });
      assert.deepEqual(auth.scope, { kind: "project", project: { name: "p", domain } });
    }
  });

  it("may ask for a token of a domain, of the system, of a trust, or of no scope", async () => {
    const scope = async (auth: Record<string, unknown>): Promise<unknown> => {
      const config = await resolved(cloud({}, auth));
      return config.auth.method === "password" && config.auth.scope;
    };
    assert.deepEqual(await scope({ domain_name: "D" }), { kind: "domain", domain: { name: "D" } });
    assert.deepEqual(await scope({ system_scope: "all" }), { kind: "system" });
    assert.deepEqual(await scope({ trust_id: "t", project_name: "p" }), { kind: "trust", id: "t" });
    assert.deepEqual(await scope({}), { kind: "unscoped" });
  });

  it("may hold an application credential by id", async () => {
    const { auth } = await resolved(
      cloud(
        { auth_type: "v3applicationcredential" },
        { application_credential_id: "i", application_credential_secret: "s" },
      ),
    );
    assert.ok(auth.method === "application-credential");
    assert.deepEqual(auth.credential, { id: "i" });
    assert.equal(auth.secret.reveal(), "s");
  });

  it("may hold an application credential by name and user", async () => {
    const { auth } = await resolved(
      cloud(
        { auth_type: "v3applicationcredential" },
        { application_credential_name: "n", application_credential_secret: "s" },
      ),
    );
    assert.ok(auth.method === "application-credential");
    assert.deepEqual(auth.credential, { name: "n", user: { name: "u", domain: { id: "default" } } });
  });

  it("may hold a token, which needs no auth_type", async () => {
    const { auth } = await resolved(cloud({}, { token: "t" }));
    assert.equal(auth.method === "token" && auth.token.reveal(), "t");
  });

  it("may log in by a passcode, which is asked for later unless it is given", async () => {
    const { auth } = await resolved(cloud({ auth_type: "v3totp" }, { password: null, project_id: "p" }), null, () =>
      assert.fail("asked"),
    );
    assert.deepEqual(auth, {
      method: "totp",
      user: { name: "u", domain: { id: "default" } },
      scope: { kind: "project", project: { id: "p" } },
      password: null,
      passcode: null,
    });
    const given = (await resolved(cloud({ auth_type: "v3totp" }, { passcode: "123456" }))).auth;
    assert.equal(given.method === "totp" && given.passcode?.reveal(), "123456");
  });

  it("may log in by password and passcode together, however auth_methods is written", async () => {
    for (const auth_methods of [["v3password", "v3totp"], "v3password,v3totp", ["totp", "password"]]) {
      const { auth } = await resolved(cloud({ auth_type: "v3multifactor", auth_methods }));
      assert.ok(auth.method === "totp");
      assert.equal(auth.password?.reveal(), "p");
    }
    const one = await resolved(cloud({ auth_type: "v3multifactor" }, { auth_methods: ["v3password"] }));
    assert.equal(one.auth.method, "password");
  });

  it("lets what stands beside auth: win over what stands in it, as openstacksdk does", async () => {
    const { auth } = await resolved(cloud({ username: "outer" }));
    assert.deepEqual(auth.method === "password" && auth.user, { name: "outer", domain: { id: "default" } });
  });

  it("may choose region, interface, endpoints and limits", async () => {
    const config = await resolved(
      cloud({
        region_name: "north",
        endpoint_type: "internalURL",
        compute_endpoint_override: "https://nova.example/v2.1/",
        api_timeout: 12.5,
        identity_api_version: 3,
      }),
    );
    assert.equal(config.region, "north");
    assert.equal(config.services.image.interface, "internal");
    const overrides = Object.entries(config.services).map(([service, { override }]) => [service, override]);
    assert.deepEqual(Object.fromEntries(overrides), {
      compute: "https://nova.example/v2.1",
      image: null,
      network: null,
      "block-storage": null,
    });
    assert.equal(config.timeout, 12.5);
  });

  it("takes the first of its regions when it names none, with what holds there alone", async () => {
    const regions = ["south", { name: "north", values: { interface: "internal" } }];
    assert.equal((await resolved(cloud({ regions }))).region, "south");
    const north = await resolved(cloud({ regions, region_name: "north" }));
    assert.deepEqual([north.region, north.services.compute.interface], ["north", "internal"]);
  });

  it("lists its regions, and can be taken to any of them", async () => {
    const regions = ["south", { name: "north", values: { interface: "internal" } }];
    const of = async (members: Record<string, unknown>) => {
      await write("here/clouds.yaml", cloud(members));
      const entries = await readCloudsYaml(find());
      const names = entries.flatMap(regionsOf);
      const configs = await Promise.all(names.map((name) => resolveCloud(entries, "c", undefined, name)));
      return configs.map((config) => [config.region, config.services.compute.interface]);
    };
    const both = [
      ["south", "public"],
      ["north", "internal"],
    ];
    assert.deepEqual(await of({ regions }), both);
    assert.deepEqual(await of({ regions, "region-name": "north" }), both);
    assert.deepEqual(await of({ region_name: "south, north" }), [
      ["south", "public"],
      ["north", "public"],
    ]);
    assert.deepEqual(await of({}), []);
  });

  it("refuses a region that its list lacks, and takes any when it has no list", async () => {
    await write("here/clouds.yaml", cloud({ regions: ["south", "north"] }));
    const entries = await readCloudsYaml(find());
    await assert.rejects(
      resolveCloud(entries, "c", undefined, "North"),
      userError("formats-region-unknown", "North", "south, north"),
    );
    await write("here/clouds.yaml", cloud({ region_name: "south" }));
    assert.equal((await resolveCloud(await readCloudsYaml(find()), "c", undefined, "west")).region, "west");
  });

  it("verifies TLS unless it says otherwise", async () => {
    assert.equal((await resolved(cloud({}))).tls.verify, true);
    for (const members of [{ verify: false }, { verify: "no" }, { insecure: true }]) {
      assert.equal((await resolved(cloud(members))).tls.verify, false);
    }
  });

  it("finds certificates from the folder of clouds.yaml", async () => {
    const { tls } = await resolved(cloud({ cacert: "ca.pem", cert: "/etc/cert.pem", key: "~/key.pem" }));
    assert.equal(tls.cacert, join(folder, "here", "ca.pem"));
    assert.equal(tls.cert, "/etc/cert.pem");
    assert.match(tls.key ?? "", /^\/.*\/key\.pem$/);
  });

  it("asks for a secret that no file holds, and says whose it is", async () => {
    const questions: unknown[] = [];
    const { auth } = await resolved(cloud({}, { password: null }), null, (question) => {
      questions.push(question);
      return Promise.resolve("asked");
    });
    assert.deepEqual(questions, [{ cloud: "c", key: "password", owner: "u", again: false }]);
    assert.equal(auth.method === "password" && auth.password.reveal(), "asked");
  });

  it("does not ask for a secret that a file holds", async () => {
    await resolved(cloud({}), null, () => assert.fail("asked"));
  });

  for (const [title, text, code, ...words] of [
    ["that does not exist", "clouds: {other: {}, another: {}}", "formats-cloud-unknown", '"c"', "other, another"],
    ["that is empty", "clouds: {c: }", "formats-cloud-setting-missing", "auth"],
    ["without auth", "clouds: {c: {region_name: x}}", "formats-cloud-setting-missing", "no auth_url"],
    ["without auth_url", "clouds: {c: {auth: {username: u}}}", "formats-cloud-setting-missing", "auth_url"],
    ["with an auth_url that is none", cloud({}, { auth_url: "keystone" }), "formats-cloud-setting-invalid", "auth_url"],
    ["with a file as auth_url", cloud({}, { auth_url: "file:///v3" }), "formats-cloud-setting-invalid", "auth_url"],
    [
      "with a password in auth_url",
      cloud({}, { auth_url: "http://u:p@k/" }),
      "formats-cloud-setting-invalid",
      "auth_url",
    ],
    ["without username", cloud({}, { username: null }), "formats-cloud-setting-missing", "username"],
    ["without password", cloud({}, { password: null }), "formats-cloud-secret-missing", "password", "secure.yaml"],
    ["with an empty password", cloud({}, { password: "" }), "formats-cloud-secret-empty", "password"],
    ["with a list as password", cloud({}, { password: ["p"] }), "formats-cloud-setting-invalid", "password"],
    ...[
      ["v3oidcpassword", "OpenID Connect"],
      ["v3samlpassword", "SAML"],
      ["v3kerberos", "Kerberos"],
      ["v3oauth1", "OAuth"],
      ["v3tokenlessauth", "certificate"],
      ["http_basic", "without the Identity service"],
      ["none", "without the Identity service"],
      ["admin_token", "without the Identity service"],
      ["v2password", "v2"],
      ["hologram", '"hologram", which is not supported'],
    ].map(([authType, ...words]) => [
      `with auth_type ${authType}`,
      cloud({ auth_type: authType }),
      "formats-auth-type-unsupported",
      "openstack --os-cloud c application credential create entropy-check",
      "v3applicationcredential",
      ...words,
    ]),
    [
      "with a factor that is not supported",
      cloud({ auth_type: "v3multifactor", auth_methods: ["v3password", "v3oauth1"] }),
      "formats-auth-type-unsupported",
      "v3oauth1",
    ],
    [
      "with several factors of no name",
      cloud({ auth_type: "v3multifactor" }),
      "formats-cloud-setting-missing",
      "auth_methods",
    ],
    ["with a part of the system", cloud({}, { system_scope: "some" }), "formats-cloud-setting-invalid", "system_scope"],
    [
      "with an application credential of no id",
      cloud({ auth_type: "v3applicationcredential" }),
      "formats-cloud-setting-missing",
      "application_credential_id",
    ],
    [
      "with an application credential of no secret",
      cloud({ auth_type: "v3applicationcredential" }, { application_credential_id: "i" }),
      "formats-cloud-secret-missing",
      "application_credential_secret",
    ],
    [
      "with another interface",
      cloud({ interface: "outer" }),
      "formats-cloud-setting-invalid",
      "public, internal or admin",
    ],
    ["with verify: maybe", cloud({ verify: "maybe" }), "formats-cloud-setting-invalid", "verify"],
    ["with no time", cloud({ api_timeout: 0 }), "formats-cloud-setting-invalid", "api_timeout"],
  ]) {
    it(`${title} is refused with a remedy`, async () => {
      await assert.rejects(resolved(text), userError(code, ...words));
    });
  }
});

describe("Secrets", () => {
  useFolder();

  it("leak neither by printing nor by JSON, from an entry or from a configuration", async () => {
    const config = await resolved(cloud({}, { password: "hunter2" }));
    const entries = await readCloudsYaml(find());
    for (const value of [config, entries]) {
      for (const shown of [inspect(value, { depth: 9, showHidden: true }), JSON.stringify(value)]) {
        assert.ok(!shown.includes("hunter2"), shown);
      }
    }
  });
});
