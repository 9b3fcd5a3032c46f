import assert from "node:assert/strict";
import {
  addressOf,
  AUTH_URL,
  EMPTY_REGION,
  INTERNAL,
  NOWHERE,
  PASSWORD,
  REGION,
} from "../../src/dev/openstack/addresses";
import { ADMIN, type Api, type Json } from "../../src/dev/openstack/api";
import { ELSEWHERE, PROJECTS, USERS } from "../../src/dev/openstack/population";
import { Session } from "../../src/openstack/session";
import { never, userError } from "../openstack/support";
import { cloudFrom, cloudOf, entryOf, memberOf, newToken, reportOf, Workplace } from "./support";

const open = async (entry: Json): Promise<Session> => Session.open(await cloudFrom(entry), never);

/** The entry with other members below `auth:`; undefined takes one away. */
const withAuth = (auth: Json, entry = entryOf()): Json => ({ ...entry, auth: { ...Object(entry["auth"]), ...auth } });

describe("Logging in to Keystone", () => {
  for (const [who, auth] of [
    ["a wrong password", { password: "wrong" }],
    ["an unknown user", { username: "nobody" }],
    ["an unknown project", { project_name: "nothing" }],
    ["a project in which the user has no role", { username: USERS.stranger }],
  ] as const) {
    it(`says the same of ${who}, and what it may be`, () =>
      assert.rejects(open(withAuth(auth)), userError("openstack-unauthorized", "401", "password", "project_name")));
  }

  it("finds version 3 behind an address without a version, and that of version 2", async () => {
    for (const version of ["", "/", "/v2.0", "/v3/"]) {
      assert.equal((await open(withAuth({ auth_url: AUTH_URL.replace("/v3", version) }))).region, REGION);
    }
  });

  it("says that an address is none of Keystone's", () =>
    assert.rejects(
      open(withAuth({ auth_url: AUTH_URL.replace("/v3", "/identity/v3") })),
      userError("openstack-not-found", "auth_url"),
    ));

  it("takes users and projects of another domain, by its name", async () => {
    const auth = { username: USERS.foreigner, password: PASSWORD, project_name: PROJECTS.away };
    const where = { user_domain_name: ELSEWHERE, project_domain_name: ELSEWHERE };
    const session = await open({ auth: { auth_url: AUTH_URL, ...auth, ...where }, region_name: REGION });
    assert.equal(session.project?.length, 32);
  });

  describe("with a token", () => {
    const byToken = (token: string, project: string = PROJECTS.demo): Json => ({
      auth_type: "v3token",
      region_name: REGION,
      auth: { auth_url: AUTH_URL, token, project_name: project, project_domain_id: "default" },
    });

    it("gets one for the project that it names", async () => {
      assert.equal((await open(byToken(await newToken()))).project, (await memberOf(PROJECTS.demo)).project);
    });

    it("gets one for another project in which the user has a role", async () => {
      const { project } = await open(byToken(await newToken(), PROJECTS.cramped));
      assert.equal(project, (await memberOf(PROJECTS.cramped)).project);
    });

    it("says that it is none", () =>
      assert.rejects(open(byToken("gAAAAAB-none")), userError("openstack-unauthorized", "the token", "expired")));

    it("says that it has been revoked", async () => {
      const revoked = await newToken();
      const headers = { "x-auth-token": revoked, "x-subject-token": revoked };
      const { status } = await fetch(`${AUTH_URL}/auth/tokens`, { method: "DELETE", headers });
      assert.equal(status, 204);
      await assert.rejects(open(byToken(revoked)), userError("openstack-unauthorized", "the token"));
    });
  });

  describe("with an application credential", () => {
    let api: Api;
    let path: string;
    const SECRET = "a secret of its own";
    const make = (name: string, more: Json = {}): Promise<string> =>
      api.make("identity", path, { application_credential: { name, secret: SECRET, ...more } });
    const by = (credential: Json, secret = SECRET): Json => ({
      auth_type: "v3applicationcredential",
      region_name: REGION,
      auth: { auth_url: AUTH_URL, application_credential_secret: secret, ...credential },
    });
    const byId = (id: string, secret?: string): Json => by({ application_credential_id: id }, secret);

    before(async () => {
      api = await memberOf(PROJECTS.demo);
      path = `/users/${api.user}/application_credentials`;
    });
    afterEach(async () => {
      for (const { id } of await api.list("identity", path, "application_credentials"))
        await api.delete("identity", `${path}/${String(id)}`);
    });

    it("takes its id, and its name with its user's, for the project that it was made in", async () => {
      const id = await make("plain");
      const user = { username: USERS.member, user_domain_id: "default" };
      for (const entry of [byId(id), by({ application_credential_name: "plain", ...user })]) {
        assert.equal((await open(entry)).project, api.project);
      }
      const place = new Workplace({ north: byId(id) });
      const { code, stderr } = await place.run(["cloud", "north"]);
      place.remove();
      assert.notEqual(code, 2, stderr);
    });

    it("says that the secret is wrong, or the credential has ended", async () => {
      const id = await make("wrong");
      await assert.rejects(
        open(byId(id, "wrong")),
        userError("openstack-unauthorized", "application_credential_secret", "may be wrong"),
      );
    });

    it("says that there is no such credential", () =>
      assert.rejects(open(byId("0".repeat(32))), userError("openstack-unauthorized", "does not exist")));

    it("says so of one that has expired", async () => {
      const soon = new Date(Date.now() + 4000).toISOString().replace("Z", "");
      const entry = byId(await make("short", { expires_at: soon }));
      const failure = async (): Promise<unknown> =>
        open(entry).then(
          () => null,
          (error: unknown) => error,
        );
      let error: unknown;
      do error = await failure();
      while (error === null);
      assert.ok(userError("openstack-unauthorized", "expired")(error));
    });

    it("says so of one that has been revoked", async () => {
      const id = await make("gone");
      await open(byId(id));
      await api.delete("identity", `${path}/${id}`);
      await assert.rejects(open(byId(id)), userError("openstack-unauthorized"));
    });

    it("tells what its access rules do not let it do", async () => {
      const rule = { service: "compute", method: "GET", path: "/v2.1/servers" };
      const id = await make("narrow", { access_rules: [rule] });
      const { findings, observations } = await reportOf(cloudFrom(byId(id)));
      assert.ok(observations.flavors.status === "unmeasured");
      assert.match(observations.flavors.remedy, /access rules/);
      assert.deepEqual(new Set(findings.map(({ verdict }) => verdict)), new Set(["inconclusive"]));
    });
  });

  describe("for something else than a project", () => {
    const by = (username: string, scope: Json = {}): Json => ({
      auth: { auth_url: AUTH_URL, password: PASSWORD, user_domain_id: "default", username, ...scope },
      region_name: REGION,
    });

    it("says that a login for nothing has no catalog, and what to add", () =>
      assert.rejects(open(by(USERS.stranger)), userError("openstack-no-endpoint", "project_name")));

    it("sees the flavors with a login for the system, and says what it may not see", async () => {
      const { observations } = await reportOf(cloudFrom(by(ADMIN.user, { system_scope: "all" })));
      assert.equal(observations.images.status, "measured", JSON.stringify(observations.images));
      assert.equal(observations.flavors.status, "measured", JSON.stringify(observations.flavors));
    });

    it("comes to a report with a login for a domain", async () => {
      const { observations } = await reportOf(cloudFrom(by(ADMIN.user, { domain_id: "default" })));
      assert.equal(observations.flavors.status, "measured", JSON.stringify(observations.flavors));
    });
  });

  describe("and its catalog", () => {
    it("is asked for the interface that clouds.yaml names", async () => {
      for (const from of ["internal", "admin"] as const) {
        const session = await open(entryOf(USERS.member, { interface: from }));
        assert.equal(new URL(session.compute.url).hostname, INTERNAL);
      }
    });

    it("is asked for the region that clouds.yaml names", () =>
      assert.rejects(
        open(entryOf(USERS.member, { region_name: EMPTY_REGION })),
        userError("openstack-unreachable", NOWHERE, "region_name"),
      ));

    it("gives all services of one region where none is named, though Keystone lists them in no order", async () => {
      const { observations } = await reportOf(cloudOf(USERS.member, { region_name: "" }));
      for (const { provenance } of [observations.flavors, observations.images])
        assert.notEqual(new URL(provenance.of).origin, NOWHERE);
    });

    it("is told where it has no such region or interface", async () => {
      const offers = ["RegionThree", `compute public ${REGION}`, `image internal ${REGION}`];
      await assert.rejects(
        open(entryOf(USERS.member, { region_name: "RegionThree" })),
        userError("openstack-no-endpoint", ...offers),
      );
      await assert.rejects(
        open(entryOf(USERS.member, { region_name: EMPTY_REGION, interface: "admin" })),
        userError("openstack-no-endpoint", `admin ${EMPTY_REGION}`),
      );
    });

    it("gives way to the addresses of clouds.yaml, with a version in them or without", async () => {
      const { project } = await memberOf(PROJECTS.demo);
      const nova = addressOf("compute", INTERNAL);
      const glance = addressOf("image", INTERNAL);
      for (const [compute, image] of [
        [nova.replace("/v2.1", ""), glance],
        [nova, `${glance}/v2`],
        [`${nova}/${project}`, glance],
      ]) {
        const overrides = { compute_endpoint_override: compute, image_endpoint_override: image };
        const { observations } = await reportOf(cloudOf(USERS.member, overrides));
        assert.deepEqual([observations.flavors.status, observations.images.status], ["measured", "measured"]);
        assert.deepEqual([observations.flavors.provenance.of, observations.images.provenance.of], [compute, image]);
      }
    });
  });

  it("ends a command that was given a wrong password with exit code 2, and no word of it", async () => {
    const place = new Workplace({ north: withAuth({ password: "a wrong one" }) });
    const { code, stdout, stderr } = await place.run(["cloud", "north"]);
    place.remove();
    assert.equal(code, 2);
    assert.match(stderr, /refuses the user name, the password or the project \(401\)/);
    assert.ok(!`${stdout}${stderr}`.includes("a wrong one"));
  });
});
