import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inspect } from "node:util";
import fc from "fast-check";
import { stringify } from "yaml";
import { UserError } from "../../src/errors";
import {
  findCloudsYaml,
  readCloudsYaml,
  resolveCloud,
  type AskSecret,
  type CloudConfig,
  type CloudsFiles,
} from "../../src/formats/clouds-yaml";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "clouds-yaml-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(path: string, text: string): Promise<string> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

/** Looks only below the test's own folder. */
function find(env: Record<string, string> = {}): CloudsFiles {
  return findCloudsYaml({
    folders: [join(folder, "here"), join(folder, "there")],
    home: join(folder, "home"),
    env: { XDG_CONFIG_DIRS: join(folder, "site"), ...env },
    platform: "linux",
  });
}

async function resolved(clouds: string, secure: string | null = null, askSecret?: AskSecret): Promise<CloudConfig> {
  await write("here/clouds.yaml", clouds);
  if (secure !== null) await write("here/secure.yaml", secure);
  return resolveCloud(await readCloudsYaml(find()), "c", askSecret);
}

/** A cloud named c, of the given members, with a password login that works. */
function cloud(members: Record<string, unknown>, auth: Record<string, unknown> = {}): string {
  return stringify({
    clouds: {
      c: { ...members, auth: { auth_url: "https://keystone.example/v3", username: "u", password: "p", ...auth } },
    },
  });
}

function userError(code: string, ...words: readonly string[]): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof UserError, inspect(error));
    assert.equal(error.code, code);
    for (const word of words)
      assert.ok(`${error.message} ${error.remedy}`.includes(word), `${error.message} | ${word}`);
    assert.notEqual(error.remedy, "");
    return true;
  };
}

describe("The search for clouds.yaml", () => {
  it("takes the file that OS_CLIENT_CONFIG_FILE names before all others", async () => {
    await write("here/clouds.yaml", "");
    const named = await write("elsewhere/my.yaml", "");
    assert.equal(find({ OS_CLIENT_CONFIG_FILE: named }).clouds, named);
  });

  it("goes on, as openstacksdk does, when OS_CLIENT_CONFIG_FILE names no file", async () => {
    const file = await write("here/clouds.yaml", "");
    assert.equal(find({ OS_CLIENT_CONFIG_FILE: join(folder, "nowhere") }).clouds, file);
  });

  it("looks into the folders in order, then the user's configuration, then the site's", async () => {
    const site = await write("site/openstack/clouds.yaml", "");
    assert.equal(find().clouds, site);
    const user = await write("home/.config/openstack/clouds.yaml", "");
    assert.equal(find().clouds, user);
    const second = await write("there/clouds.yaml", "");
    assert.equal(find().clouds, second);
    const first = await write("here/clouds.yaml", "");
    assert.equal(find().clouds, first);
  });

  it("takes .yaml before .yml before .json", async () => {
    const json = await write("here/clouds.json", "");
    assert.equal(find().clouds, json);
    const yml = await write("here/clouds.yml", "");
    assert.equal(find().clouds, yml);
    const yaml = await write("here/clouds.yaml", "");
    assert.equal(find().clouds, yaml);
  });

  it("looks for secure.yaml by itself, in the same places", async () => {
    await write("here/clouds.yaml", "");
    const secure = await write("home/.config/openstack/secure.yaml", "");
    assert.equal(find().secure, secure);
    const named = await write("elsewhere/s.yaml", "");
    assert.equal(find({ OS_CLIENT_SECURE_FILE: named }).secure, named);
  });

  it("looks at the same places for another user's platform", () => {
    const looked = (platform: NodeJS.Platform): string =>
      findCloudsYaml({ folders: [], home: "/home/u", env: { LOCALAPPDATA: "/local" }, platform }).lookedAt.join();
    assert.match(looked("darwin"), /\/home\/u\/Library\/Application Support\/openstack\/clouds\.yaml/);
    assert.match(looked("win32"), /OpenStack.openstack.clouds\.yaml/);
    assert.match(looked("linux"), /\/etc\/openstack\/clouds\.yaml/);
  });

  it("tells every place it looked at when there is none", async () => {
    const files = find();
    await assert.rejects(
      readCloudsYaml(files),
      userError("formats-clouds-yaml-not-found", ...files.lookedAt, "/etc/openstack/clouds.yaml"),
    );
  });
});

describe("Reading clouds.yaml", () => {
  it("keeps the line of every cloud's entry", async () => {
    const file = await write("here/clouds.yaml", "# comment\nclouds:\n  one:\n    auth: {}\n\n  'two': {}\n");
    const entries = await readCloudsYaml(find());
    assert.deepEqual(
      entries.map((entry) => [entry.name, entry.definedAt]),
      [
        ["one", { file, line: 2 }],
        ["two", { file, line: 5 }],
      ],
    );
  });

  it("lays secure.yaml deep over clouds.yaml", async () => {
    const config = await resolved(
      cloud({ region_name: "north" }, { password: "from clouds.yaml" }),
      stringify({ clouds: { c: { auth: { password: "from secure.yaml" } } } }),
    );
    assert.equal(config.region, "north");
    assert.equal(config.auth.method === "password" && config.auth.password.reveal(), "from secure.yaml");
  });

  it("lays a cloud over the profile of clouds-public.yaml that it names", async () => {
    await write(
      "here/clouds-public.yaml",
      stringify({
        "public-clouds": {
          shop: { auth: { auth_url: "https://{region_name}.shop.example/v3" }, interface: "internal" },
        },
      }),
    );
    const config = await resolved(
      stringify({ clouds: { c: { profile: "shop", region_name: "eu", auth: { username: "u", password: "p" } } } }),
    );
    assert.equal(config.authUrl, "https://eu.shop.example/v3");
    assert.equal(config.interface, "internal");
  });

  it("names the profile that nobody here knows, when it is what is missing", async () => {
    await assert.rejects(
      resolved(stringify({ clouds: { c: { profile: "vexxhost", auth: { username: "u", password: "p" } } } })),
      userError("formats-cloud-setting-missing", "auth_url", "vexxhost"),
    );
  });

  it("reads JSON", async () => {
    await write("here/clouds.json", '{"clouds": {"c": {"auth": {"auth_url": "http://k:5000", "username": "u"}}}}');
    assert.equal((await readCloudsYaml(find())).length, 1);
  });

  it("follows anchors and merge keys", async () => {
    const config = await resolved(
      "base: &base\n  region_name: north\nclouds:\n  c:\n    <<: *base\n" +
        "    auth: {auth_url: 'http://k/v3', username: u, password: p}\n",
    );
    assert.equal(config.region, "north");
  });

  it("keeps what looks like a number as it is written", async () => {
    const config = await resolved(
      "clouds: {c: {auth: {auth_url: 'http://k/v3', username: u, password: 007, project_id: 12345678901234567890e10}}}",
    );
    assert.ok(config.auth.method === "password");
    assert.equal(config.auth.password.reveal(), "007");
    assert.deepEqual(config.auth.scope, { kind: "project", project: { id: "12345678901234567890e10" } });
  });

  it("does not expand variables", async () => {
    const config = await resolved(cloud({}, { password: "$HOME ${HOME}" }));
    assert.equal(config.auth.method === "password" && config.auth.password.reveal(), "$HOME ${HOME}");
  });

  for (const [text, line] of [
    ["clouds:\n  c:\n\tauth: hunter2\n", "line 3"],
    ["clouds: {c: [hunter2}\n", "line 1"],
    ["clouds:\n  c: 'hunter2\n", "line 3"],
    ["clouds: {}\n---\nclouds: {}\n", "line 2"],
    ["clouds:\n  c: *hunter2\n", "line 2"],
  ]) {
    it(`tells the line of what is not YAML, and not its text: ${JSON.stringify(text)}`, async () => {
      await write("here/clouds.yaml", text);
      await assert.rejects(readCloudsYaml(find()), (error: unknown) => {
        userError("formats-clouds-yaml-invalid", line, "clouds.yaml")(error);
        assert.ok(!String(error).includes("hunter2"));
        return true;
      });
    });
  }

  for (const text of ["", "clouds:\n", "clouds: []", "- a", "just a text", "cloud: {c: {}}"]) {
    it(`asks for the clouds: mapping of ${JSON.stringify(text)}`, async () => {
      await write("here/clouds.yaml", text);
      await assert.rejects(readCloudsYaml(find()), userError("formats-clouds-yaml-no-clouds", "clouds:"));
    });
  }

  it("is stopped by neither an alias bomb nor a bottomless list nor a reference to itself", async () => {
    const bomb = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`).join("\n");
    await write("here/clouds.yaml", `a0: &a0 x\n${bomb}\nclouds: {c: {}}\n`);
    await assert.rejects(readCloudsYaml(find()), userError("formats-clouds-yaml-unusable"));
    await write("here/clouds.yaml", `clouds: ${"[".repeat(100_000)}`);
    await assert.rejects(readCloudsYaml(find()), userError("formats-clouds-yaml-invalid"));
    await write("here/clouds.yaml", "clouds: &c {c: *c}\n");
    await assert.rejects(readCloudsYaml(find()), userError("formats-clouds-yaml-invalid", "line 1"));
  });

  it("says so when the file cannot be read", async () => {
    await mkdir(join(folder, "here", "clouds.yaml"), { recursive: true });
    await assert.rejects(readCloudsYaml(find()), userError("formats-clouds-yaml-unreadable", "EISDIR"));
  });
});

describe("A cloud's entry", () => {
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

  it("may ask for a token of a domain, of the system, or of no scope", async () => {
    const scope = async (auth: Record<string, unknown>): Promise<unknown> => {
      const config = await resolved(cloud({}, auth));
      return config.auth.method === "password" && config.auth.scope;
    };
    assert.deepEqual(await scope({ domain_name: "D" }), { kind: "domain", domain: { name: "D" } });
    assert.deepEqual(await scope({ system_scope: "all" }), { kind: "system" });
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
    assert.equal(config.interface, "internal");
    assert.deepEqual(config.endpointOverrides, { compute: "https://nova.example/v2.1", image: null });
    assert.equal(config.timeout, 12.5);
  });

  it("takes the first of its regions when it names none, with what holds there alone", async () => {
    const regions = ["south", { name: "north", values: { interface: "internal" } }];
    assert.equal((await resolved(cloud({ regions }))).region, "south");
    const north = await resolved(cloud({ regions, region_name: "north" }));
    assert.deepEqual([north.region, north.interface], ["north", "internal"]);
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
    assert.deepEqual(questions, [{ cloud: "c", key: "password", owner: "u" }]);
    assert.equal(auth.method === "password" && auth.password.reveal(), "asked");
  });

  it("does not ask for a secret that a file holds", async () => {
    await resolved(cloud({}), null, () => assert.fail("asked"));
  });

  for (const [title, text, code, ...words] of [
    ["that does not exist", "clouds: {other: {}, another: {}}", "formats-cloud-unknown", '"c"', "other, another"],
    ["that is empty", "clouds: {c: }", "formats-cloud-setting-missing", "auth"],
    ["without auth", "clouds: {c: {region_name: x}}", "formats-cloud-setting-missing", "no auth."],
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
    [
      "with auth_type v3oidcpassword",
      cloud({ auth_type: "v3oidcpassword" }),
      "formats-auth-type-unsupported",
      "v3applicationcredential",
    ],
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

describe("Whatever the files hold", () => {
  const files = (): CloudsFiles => ({
    clouds: join(folder, "clouds.yaml"),
    secure: join(folder, "secure.yaml"),
    profiles: null,
    lookedAt: [],
  });

  async function readAll(clouds: string, secure: string): Promise<void> {
    await writeFile(join(folder, "clouds.yaml"), clouds);
    await writeFile(join(folder, "secure.yaml"), secure);
    try {
      const entries = await readCloudsYaml(files());
      for (const { name } of entries) await resolveCloud(entries, name).catch(assertUserError);
    } catch (error) {
      assertUserError(error);
    }
  }

  function assertUserError(error: unknown): void {
    assert.ok(error instanceof UserError, inspect(error));
  }

  const key = fc.constantFrom(
    ...[
      "auth",
      "auth_url",
      "username",
      "password",
      "auth_type",
      "regions",
      "region_name",
      "interface",
      "verify",
      "profile",
    ],
    ...[
      "project_name",
      "values",
      "name",
      "__proto__",
      "constructor",
      "<<",
      "api_timeout",
      "cacert",
      "application_credential_id",
    ],
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom("v3applicationcredential", "http://k/v3", "true", "{region_name}", ""),
      fc.string(),
      fc.double(),
      fc.constant(null),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(key, tie("value"), { maxKeys: 5 }),
    ),
  }));

  it("nothing but a UserError comes out of text", () =>
    fc.assert(fc.asyncProperty(fc.string({ unit: "binary" }), fc.string(), readAll), { numRuns: 100 }));

  it("nothing but a UserError comes out of settings of any shape", () =>
    fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), value), value, (clouds, secure) =>
        readAll(JSON.stringify({ clouds }), JSON.stringify({ clouds: { c: secure } })),
      ),
      { numRuns: 200 },
    ));
});
