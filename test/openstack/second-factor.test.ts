import assert from "node:assert/strict";
import { passcodeAt } from "../../src/demo/cloud/totp";
import { startDemoOpenStack, type DemoOpenStack, type DemoOpenStackOptions } from "../../src/demo/openstack";
import type { CloudAuth } from "../../src/formats/cloud-auth";
import type { CloudConfig } from "../../src/formats/cloud-config";
import { Secret } from "../../src/formats/secret";
import { authenticate, type IdentityToken } from "../../src/openstack/identity";
import { client, cloudAt, credentialOf, never, PASSWORD, userError } from "./support";

const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
let time = 0;
const factor = { secret: SECRET, now: () => time };
const BOTH = { ...factor, rules: [["password", "totp"]] };
/** What the authenticator shows after half a minute more. */
const next = (): string => passcodeAt(SECRET, (time += 30_000));

describe("A login by passcode", () => {
  let demo: DemoOpenStack;
  let asked: (string | null)[];
  let typed: () => string | null;
  let sent: string[][];

  async function start(options: DemoOpenStackOptions): Promise<void> {
    sent = [];
    asked = [];
    typed = next;
    demo = await startDemoOpenStack({
      password: PASSWORD,
      ...options,
      fault: ({ path, body }) => {
        if (path === "/v3/auth/tokens") {
          sent.push((body as { auth: { identity: { methods: string[] } } }).auth.identity.methods);
        }
        return null;
      },
    });
  }
  afterEach(() => demo.close());

  function cloud(auth: Partial<CloudAuth & { method: "totp" }> | CloudAuth = {}): CloudConfig {
    const usual = cloudAt("").auth;
    assert.ok(usual.method === "password");
    const { user, password, scope } = usual;
    const totp = { method: "totp", user, scope, password: password as Secret | null, passcode: null } as const;
    return cloudAt(demo.url, {
      auth: "method" in auth && auth.method !== "totp" ? (auth as CloudAuth) : { ...totp, ...auth },
      askPasscode: (owner) => {
        asked.push(owner);
        return Promise.resolve(typed());
      },
    });
  }
  const login = async (config: CloudConfig): Promise<IdentityToken> => authenticate(config, await client(), never);

  it("alone asks for it and sends nothing else", async () => {
    await start({ secondFactor: { ...factor, rules: [] } });
    const identity = await login(cloud({ password: null }));
    assert.deepEqual([sent, asked], [[["totp"]], ["demo"]]);
    assert.notEqual(identity.project, null);
  });

  it("and password sends both at once, as people type it", async () => {
    await start({ secondFactor: BOTH });
    typed = () => next().replace(/(...)(...)/, " $1 $2 ");
    await login(cloud());
    assert.deepEqual([sent, asked], [[["password", "totp"]], ["demo"]]);
  });

  it("does not ask when it is given, as openstacksdk has it", async () => {
    await start({ secondFactor: BOTH });
    await login(cloud({ passcode: new Secret(next()) }));
    assert.deepEqual(asked, []);
  });

  it("follows a password where Keystone gives a receipt for it", async () => {
    await start({ secondFactor: BOTH });
    const identity = await login(cloud(cloudAt("").auth));
    assert.deepEqual([sent, asked], [[["password"], ["totp"]], ["demo"]]);
    assert.notEqual(identity.project, null);
  });

  it("is not asked for again while the login lasts, for nobody may be there at the end of a run", async () => {
    await start({ secondFactor: BOTH });
    for (const config of [cloud(), cloud(cloudAt("").auth)]) {
      asked = [];
      const first = await login(config);
      const second = await login({ ...config, region: "RegionOne" });
      assert.equal(second.token.reveal(), first.token.reveal());
      assert.deepEqual(asked, ["demo"]);
    }
  });

  it("is refused in words for people when the passcode is wrong", async () => {
    await start({ secondFactor: BOTH });
    typed = () => "no passcode";
    await assert.rejects(login(cloud()), userError("openstack-unauthorized", "passcode", "clock"));
    await assert.rejects(login(cloud(cloudAt("").auth)), userError("openstack-unauthorized", "passcode"));
  });

  it("is refused when the passcode has been used before, as Keystone has it", async () => {
    await start({ secondFactor: BOTH });
    const passcode = next();
    typed = () => passcode;
    await login(cloud());
    await assert.rejects(login(cloud()), userError("openstack-unauthorized", "passcode"));
  });

  it("is not asked for when the password is wrong", async () => {
    await start({ secondFactor: BOTH, password: "another" });
    await assert.rejects(login(cloud(cloudAt("").auth)), userError("openstack-unauthorized", "password"));
    assert.deepEqual(asked, []);
  });

  it("says how to go on when nobody types it, or nobody can", async () => {
    await start({ secondFactor: BOTH });
    typed = () => null;
    for (const config of [cloud(), { ...cloud(), askPasscode: null }, cloud(cloudAt("").auth)]) {
      await assert.rejects(
        login(config),
        userError("openstack-passcode-missing", "terminal", "application credential"),
      );
    }
    assert.ok(sent.every((methods) => !methods.includes("totp")));
  });

  it("names what is wanted when it is something else", async () => {
    await start({
      secondFactor: {
        ...factor,
        rules: [
          ["password", "oauth1"],
          ["password", "totp", "x509"],
        ],
      },
    });
    const attempt = login(cloud(cloudAt("").auth));
    await assert.rejects(attempt, userError("openstack-more-factors", "oauth1, or totp and x509"));
    assert.deepEqual(asked, []);
  });

  it("does not concern an application credential that the rules let in", async () => {
    await start({ secondFactor: { ...factor, rules: [["password", "totp"], ["application_credential"]] } });
    await login(cloud(credentialOf(demo)));
    assert.deepEqual(asked, []);
  });
});
