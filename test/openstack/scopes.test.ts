import assert from "node:assert/strict";
import { startDemoOpenStack, type DemoOpenStack } from "../../src/demo/openstack";
import type { AuthScope } from "../../src/formats/cloud-auth";
import type { CloudConfig } from "../../src/formats/cloud-config";
import type { CloudReport } from "../../src/model";
import { endpointOf } from "../../src/openstack/catalog";
import { authenticate } from "../../src/openstack/identity";
import { Session } from "../../src/openstack/session";
import { checkCloud } from "../../src/operations/check-cloud";
import { checkInstance } from "../../src/operations/check-instance";
import { INSTANCE_DEFAULTS, instanceServices } from "../../src/operations/instance-choices";
import { NO_PROXIES } from "../../src/openstack/proxies";
import { all, client, cloudAt, never, PASSWORD, userError } from "./support";

const domain = { id: "default" };

describe("A login for", () => {
  let demo: DemoOpenStack;
  let sent: unknown;

  before(async () => {
    demo = await startDemoOpenStack({
      password: PASSWORD,
      trust: { id: "9c1f", isTrustee: true },
      fault: ({ path, body }) => {
        if (path === "/v3/auth/tokens") sent = (body as { auth: { scope?: unknown } }).auth.scope;
        return null;
      },
    });
  });
  after(() => demo.close());

  function cloud(scope: AuthScope): CloudConfig {
    const { auth } = cloudAt("");
    assert.ok(auth.method === "password");
    return cloudAt(demo.url, { auth: { ...auth, scope } });
  }
  const login = async (scope: AuthScope) => authenticate(cloud(scope), await client(), never);

  async function report(scope: AuthScope): Promise<CloudReport> {
    const last = (await all(checkCloud(cloud(scope), never))).at(-1);
    assert.ok(last?.type === "report");
    return last.report;
  }
  const instance = (scope: AuthScope) =>
    all(
      checkInstance(
        cloud(scope),
        INSTANCE_DEFAULTS,
        instanceServices({}, "/nowhere", NO_PROXIES, () => undefined),
        never,
      ),
    );

  it("a project gives its id, and everything can be read", async () => {
    const scope: AuthScope = { kind: "project", project: { name: "demo", domain } };
    assert.notEqual((await login(scope)).project, null);
    assert.deepEqual(sent, { project: { name: "demo", domain } });
    assert.ok((await report(scope)).findings.every(({ verdict }) => verdict !== "inconclusive"));
  });

  for (const [scope, words] of [
    [{ kind: "domain", domain: { name: "Default" } }, { domain: { name: "Default" } }],
    [{ kind: "system" }, { system: { all: true } }],
  ] as const) {
    it(`${scope.kind === "system" ? "the system" : "a domain"} opens the catalog, but Nova shows it no extra specs and makes it no server`, async () => {
      const identity = await login(scope);
      assert.deepEqual(sent, words);
      assert.equal(identity.project, null);
      assert.ok(identity.catalog.length > 0);
      const flavors = (await report(scope)).findings.filter(({ rule }) => rule === "scs-0101-flavor-property");
      assert.ok(flavors.some(({ verdict }) => verdict === "inconclusive"));
      assert.ok(flavors.every(({ verdict }) => verdict !== "fail" && verdict !== "pass"));
      const { compute } = await Session.open(cloud(scope), never);
      await assert.rejects(compute.post("/servers", {}), userError("openstack-forbidden", "servers:create"));
      await assert.rejects(instance(scope), userError("openstack-project-needed", "project_name"));
    });
  }

  it("nothing gives no catalog, and that is said plainly", async () => {
    const unscoped = cloud({ kind: "unscoped" });
    const { catalog, project } = await login({ kind: "unscoped" });
    assert.deepEqual([sent, catalog, project], [undefined, [], null]);
    assert.throws(() => endpointOf("image", unscoped, catalog), userError("openstack-no-endpoint", "for no project"));
    await assert.rejects(report({ kind: "unscoped" }), userError("openstack-no-endpoint", "project_name"));
  });

  it("a trust gives the project of who trusts, and everything can be read there", async () => {
    const scope: AuthScope = { kind: "trust", id: "9c1f" };
    assert.notEqual((await login(scope)).project, null);
    assert.deepEqual(sent, { "OS-TRUST:trust": { id: "9c1f" } });
    assert.ok((await report(scope)).findings.every(({ verdict }) => verdict !== "inconclusive"));
  });

  it("a trust that there is not, or somebody else's, is refused, and the remedy names the trust", async () => {
    const refused = userError("openstack-unauthorized", "or the trust", "trustee of trust_id");
    await assert.rejects(login({ kind: "trust", id: "ended" }), refused);
    const others = await startDemoOpenStack({ password: PASSWORD, trust: { id: "9c1f", isTrustee: false } });
    try {
      const theirs = { ...cloud({ kind: "trust", id: "9c1f" }), authUrl: others.url };
      await assert.rejects(authenticate(theirs, await client(), never), refused);
    } finally {
      await others.close();
    }
  });

  it("what the user has no role on is refused", async () => {
    for (const scope of [
      { kind: "project", project: { name: "other", domain } },
      { kind: "domain", domain: { name: "Other" } },
    ] as const) {
      await assert.rejects(login(scope), userError("openstack-unauthorized", "project"));
    }
  });
});
