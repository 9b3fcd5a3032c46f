import assert from "node:assert/strict";
import { inspect } from "node:util";
import { Secret } from "../../src/formats/secret";
import { authenticate } from "../../src/openstack/identity";
import { client, cloudAt, exchange, never, replay, serve, userError, type RecordedName } from "./support";

const credential = {
  method: "application-credential",
  credential: { id: "cc45c357839143d3af21781c2177ed26" },
  secret: new Secret("REDACTED"),
} as const;

/** A login to a cloud that answers it as recorded. */
async function login(name: RecordedName, change: Parameters<typeof cloudAt>[1] = {}, path = "/v3") {
  const server = await replay("disc-keystone-root", name);
  try {
    const identity = await authenticate(cloudAt(server.url + path, change), await client(), never);
    return { identity, server, sent: JSON.parse(server.requests.at(-1)?.body ?? "") as unknown };
  } finally {
    await server.close();
  }
}

describe("A login to Keystone", () => {
  it("by password sends what the real one accepted, and takes the token from the header", async () => {
    const auth = cloudAt("").auth;
    assert.ok(auth.method === "password");
    const { identity, sent } = await login("auth-password-member-project", {
      auth: { ...auth, password: new Secret("REDACTED") },
    });
    assert.deepEqual(sent, exchange("auth-password-member-project").request.body);
    assert.equal(identity.token.reveal(), "REDACTED");
  });

  it("by application credential sends no scope, for it has its own", async () => {
    const { sent } = await login("auth-appcred-by-id", { auth: credential });
    assert.deepEqual(sent, exchange("auth-appcred-by-id").request.body);
  });

  it("by an application credential's name sends its user", async () => {
    const user = { name: "demo", domain: { id: "default" } };
    const { sent } = await login("auth-appcred-by-id", {
      auth: { ...credential, credential: { name: "vscode", user } },
    });
    assert.deepEqual(sent, {
      auth: {
        identity: {
          methods: ["application_credential"],
          application_credential: { name: "vscode", user, secret: "REDACTED" },
        },
      },
    });
  });

  it("by token, or for a domain, the system or no scope, sends what Keystone documents", async () => {
    const token = { method: "token", token: new Secret("t") } as const;
    const sent = async (scope: Extract<Parameters<typeof cloudAt>[1], object>["auth"]) =>
      (await login("auth-password-unscoped", scope === undefined ? {} : { auth: scope })).sent;
    const identity = { methods: ["token"], token: { id: "t" } };
    assert.deepEqual(await sent({ ...token, scope: { kind: "unscoped" } }), { auth: { identity } });
    assert.deepEqual(await sent({ ...token, scope: { kind: "trust", id: "t" } }), {
      auth: { identity, scope: { "OS-TRUST:trust": { id: "t" } } },
    });
    assert.deepEqual(await sent({ ...token, scope: { kind: "system" } }), {
      auth: { identity, scope: { system: { all: true } } },
    });
    assert.deepEqual(await sent({ ...token, scope: { kind: "domain", domain: { name: "D" } } }), {
      auth: { identity, scope: { domain: { name: "D" } } },
    });
  });

  for (const path of ["", "/v2.0"]) {
    it(`finds version 3 from an auth_url that ends in ${JSON.stringify(path)}`, async () => {
      const { server } = await login("auth-password-member-project", {}, path);
      assert.deepEqual(
        server.requests.map((request) => `${request.method} ${request.path}`),
        ["GET /", "POST /v3/auth/tokens"],
      );
    });
  }

  it("stays on the host of auth_url when the version document names another", async () => {
    const server = await serve(({ method }) =>
      method === "GET"
        ? {
            status: 300,
            body: {
              versions: {
                values: [{ id: "v3.14", links: [{ rel: "self", href: "http://10.9.8.7:5000/identity/v3/" }] }],
              },
            },
          }
        : { status: 201, headers: { "X-Subject-Token": "t" }, body: { token: {} } },
    );
    await authenticate(cloudAt(`${server.url}/identity`), await client(), never);
    assert.equal(server.requests.at(-1)?.path, "/identity/v3/auth/tokens");
    await server.close();
  });

  it("gives the catalog's endpoints", async () => {
    const { identity } = await login("auth-password-member-project");
    assert.equal(identity.catalog.length, 9);
    const found = identity.catalog.find(
      (endpoint) => endpoint.service === "compute" && endpoint.interface === "public",
    );
    assert.equal(found?.region, "RegionOne");
    assert.match(found.url, /\/v2\.1$/);
  });

  it("gives nothing away when it is printed", async () => {
    const { identity } = await login("auth-password-member-project");
    assert.ok(!inspect(identity, { depth: 9 }).includes("REDACTED"));
  });
});

describe("A refused login says what to check", () => {
  for (const [name, code, change, ...words] of [
    ["auth-wrong-password", "openstack-unauthorized", {}, "password", "username", "user_domain_name", "project_name"],
    ["auth-appcred-wrong-secret", "openstack-unauthorized", { auth: credential }, "secret", "expired", "deleted"],
    ["auth-appcred-expired", "openstack-unauthorized", { auth: credential }, "expired"],
    [
      "auth-appcred-unknown",
      "openstack-unauthorized",
      { auth: credential },
      "does not exist",
      "application_credential_id",
    ],
    ["auth-body-too-large", "openstack-too-large", {}, "max_request_body_size (114688)"],
  ] as const) {
    it(`as recorded: ${name}`, async () => {
      await assert.rejects(login(name, change), userError(code, ...words));
    });
  }

  it("when auth_url is not Keystone's: the real one's page for an unknown address", async () => {
    const server = await serve(() => ({
      status: 404,
      headers: { "content-type": "text/html" },
      body: String(exchange("auth-v2.0").response.body),
    }));
    for (const auth of [cloudAt("").auth, credential]) {
      const attempt = authenticate(cloudAt(`${server.url}/v3`, { auth }), await client(), never);
      await assert.rejects(attempt, userError("openstack-not-found", "auth_url"));
    }
    await server.close();
  });

  for (const [title, body] of [
    ["a login page", "<html>Please log in</html>"],
    ["another JSON", { hello: "world" }],
    ["nothing", ""],
    ["versions without 3", { versions: { values: [{ id: "v2.0", links: [] }] } }],
    ["versions of no shape", { versions: [{ id: 3 }, null] }],
  ] as const) {
    it(`when auth_url answers ${title}`, async () => {
      const server = await serve(() => ({ status: 200, body }));
      const attempt = authenticate(cloudAt(server.url), await client(), never);
      await assert.rejects(attempt, userError("openstack-unexpected-answer", "auth_url"));
      await server.close();
    });
  }

  it("when the login is accepted without a token", async () => {
    const server = await serve(() => ({ status: 201, body: { token: {} } }));
    const attempt = authenticate(cloudAt(`${server.url}/v3`), await client(), never);
    await assert.rejects(attempt, userError("openstack-unexpected-answer", "no token"));
    await server.close();
  });
});
