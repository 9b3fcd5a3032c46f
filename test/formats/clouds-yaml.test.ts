import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import fc from "fast-check";
import { stringify } from "yaml";
import { UserError } from "../../src/errors";
import { findCloudsYaml, readCloudsYaml, resolveCloud, type CloudsFiles } from "../../src/formats/clouds-yaml";
import { cloud, find, folder, resolved, useFolder, userError, write } from "./clouds-folder";

/** Each anchor holds nine times the one before. */
function aliasBomb(levels: number): string {
  return Array.from({ length: levels }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i} ,`.repeat(9)}]`).join("\n");
}

describe("The search for clouds.yaml", () => {
  useFolder();

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

  it("takes the secure.yaml beside the file that OS_CLIENT_CONFIG_FILE names when there is no other", async () => {
    const env = { OS_CLIENT_CONFIG_FILE: await write("elsewhere/my.yaml", "") };
    assert.equal(find(env).secure, null);
    const beside = await write("elsewhere/secure.yaml", "");
    assert.equal(find(env).secure, beside);
    assert.equal(find().secure, null);
    const user = await write("home/.config/openstack/secure.yaml", "");
    assert.equal(find(env).secure, user);
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
  useFolder();

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
    assert.equal(config.services.compute.interface, "internal");
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

  for (const [title, text] of [
    ["an alias bomb", `a0: &a0 x\n${aliasBomb(12)}\nclouds: {c: {}}\n`],
    ["aliases without end", `a: &a x\nclouds: {c: [${"*a ,".repeat(2000)}]}`],
    ["brackets without end", `clouds: ${"[".repeat(100_000)}`],
    ["a list in a list in a list", `clouds:\n  ${"- ".repeat(50_000)}`],
    ["a file that is too long", `clouds: {c: "${"x".repeat(200_000)}"}`],
    ["a merge of what is no mapping", "clouds: {c: {<<: text}}"],
  ]) {
    it(`is not drawn into ${title}`, async () => {
      await write("here/clouds.yaml", text);
      await assert.rejects(readCloudsYaml(find()), userError("formats-clouds-yaml-unusable"));
    });
  }

  it("is not led round in a circle by an alias", async () => {
    await write("here/clouds.yaml", "clouds: &c {c: *c}\n");
    await assert.rejects(readCloudsYaml(find()), userError("formats-clouds-yaml-invalid", "line 1"));
  });

  it("takes brackets in a password for what they are", async () => {
    const { auth } = await resolved(cloud({}, { password: "[".repeat(200) }));
    assert.equal(auth.method === "password" && auth.password.reveal(), "[".repeat(200));
  });

  it("says so when the file cannot be read", async () => {
    await mkdir(join(folder, "here", "clouds.yaml"), { recursive: true });
    await assert.rejects(readCloudsYaml(find()), userError("formats-clouds-yaml-unreadable", "EISDIR"));
  });
});

describe("Whatever the files hold", () => {
  useFolder();

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
