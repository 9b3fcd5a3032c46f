import assert from "node:assert/strict";
import { passcodeAt } from "../../src/demo/cloud/totp";
import { startDemoOpenStack, type DemoOpenStack, type DemoOpenStackOptions } from "../../src/demo/openstack";
import type { CloudConfig } from "../../src/formats/cloud-config";
import { cloudSettingMissing } from "../../src/formats/errors";
import { Secret } from "../../src/formats/secret";
import type { FleetReport } from "../../src/model/fleet";
import { workAtOnce } from "../../src/operations/at-once";
import { checkClouds, FLEET_DEFAULTS, type FleetChoices, type FleetEntry } from "../../src/operations/check-clouds";
import { all, cloudAt, never, PASSWORD } from "../openstack/support";

const running: DemoOpenStack[] = [];

async function start(options: DemoOpenStackOptions = {}): Promise<DemoOpenStack> {
  const cloud = await startDemoOpenStack({ password: PASSWORD, ...options });
  running.push(cloud);
  return cloud;
}

function entry(name: string, cloud: CloudConfig, regions: FleetEntry["regions"] = [null]): FleetEntry {
  const resolve = (region: string | null) => Promise.resolve({ ...cloud, name, region: region ?? cloud.region });
  return { name, definedAt: null, regions, resolve };
}

async function check(entries: readonly FleetEntry[], choices: Partial<FleetChoices> = {}): Promise<FleetReport> {
  const last = (await all(checkClouds(entries, { ...FLEET_DEFAULTS, ...choices }, never))).at(-1);
  assert.ok(last?.type === "report");
  return last.report;
}

describe("Check Clouds", () => {
  afterEach(async () => {
    for (const cloud of running.splice(0)) await cloud.close();
  });

  it("reports each cloud as a check of it alone would, in the order asked for, and tells each when it is done", async () => {
    const slow = cloudAt((await start()).url);
    const quick = cloudAt((await start({ flavors: [], images: [] })).url);
    const events = await all(checkClouds([entry("slow", slow), entry("quick", quick)], FLEET_DEFAULTS, never));
    const last = events.at(-1);
    assert.ok(last?.type === "report");
    const { clouds, verdict, kind } = last.report;
    assert.deepEqual(
      clouds.map(({ report }) => [report.source.name, report.source.region, report.kind]),
      [
        ["slow", "RegionOne", "cloud"],
        ["quick", "RegionOne", "cloud"],
      ],
    );
    assert.equal(clouds[0].report.findings.length, 20);
    assert.deepEqual([kind, verdict === "fail"], ["fleet", false]);
    const checked = events.flatMap((event) => (event.type === "checked" ? [event.cloud] : []));
    assert.deepEqual(new Set(checked), new Set(clouds));
    const fractions = events.flatMap((event) => (event.type === "progress" ? [event.fraction ?? 0] : []));
    assert.deepEqual(fractions, fractions.toSorted());
  });

  it("tells a cloud that cannot be checked, or not even be read, as inconclusive, and hides no other", async () => {
    const good = cloudAt((await start()).url);
    const other = cloudAt((await start({ password: "another" })).url);
    const broken: FleetEntry = {
      ...entry("broken", good),
      resolve: () => Promise.reject(cloudSettingMissing("broken", "auth_url", "Write it.")),
    };
    const { clouds, verdict } = await check([entry("refusing", other), broken, entry("good", good)]);
    assert.deepEqual(
      clouds.map(({ failure }) => failure?.code ?? null),
      ["openstack-unauthorized", "formats-cloud-setting-missing", null],
    );
    assert.equal(verdict, "inconclusive");
    for (const { report, failure } of clouds.slice(0, 2)) {
      assert.equal(report.verdict, "inconclusive");
      assert.ok(report.findings.length > 0 && report.findings.every((f) => f.verdict === "inconclusive"));
      assert.ok(report.observations.flavors.status === "unmeasured");
      assert.equal(report.observations.flavors.reason, failure?.message);
    }
    assert.equal(clouds[2].report.findings.length, 20);
  });

  it("checks every region that an entry lists, or that the catalog has, and tells one that the catalog has not", async () => {
    const cloud = cloudAt((await start()).url);
    const { clouds } = await check([
      entry("listed", cloud, ["RegionOne", "Atlantis"]),
      entry("catalog", cloud, "catalog"),
      entry("refused", cloudAt("http://127.0.0.1:1"), "catalog"),
    ]);
    assert.deepEqual(
      clouds.map(({ report: { source }, failure }) => [source.name, source.region, failure?.code ?? null]),
      [
        ["listed", "RegionOne", null],
        ["listed", "Atlantis", "openstack-no-endpoint"],
        ["catalog", "RegionOne", null],
        ["refused", null, "openstack-unreachable"],
      ],
    );
  });

  describe("of one user", () => {
    const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    let time = 0;
    let logins: string[][] = [];
    let asked: [name: string, again: boolean][] = [];

    /** A cloud that wants password and passcode, and an entry of it by which the next passcode is typed. */
    async function twoFactors(): Promise<(name: string, change?: Partial<CloudConfig>) => FleetEntry> {
      [logins, asked] = [[], []];
      const { url } = await start({
        secondFactor: { secret: SECRET, now: () => time, rules: [["password", "totp"]] },
        fault: ({ path, body }) => {
          if (path === "/v3/auth/tokens") {
            logins.push((body as { auth: { identity: { methods: string[] } } }).auth.identity.methods);
          }
          return null;
        },
      });
      return (name, change = {}) => ({
        ...entry(name, cloudAt(url)),
        // read anew for each region, as from a file
        regions: ["RegionOne", null],
        resolve: (region) =>
          Promise.resolve(
            cloudAt(url, {
              ...{ name, region, ...change },
              askPasscode: (_, again) => {
                asked.push([name, again]);
                return Promise.resolve(passcodeAt(SECRET, (time += 30_000)));
              },
            }),
          ),
      });
    }
    const failures = ({ clouds }: FleetReport): unknown[] => clouds.map(({ failure }) => failure?.code ?? null);

    for (const atOnce of [1, 4]) {
      it(`asks for one passcode and logs in once, for every region and entry, ${atOnce} at a time`, async () => {
        const of = await twoFactors();
        const report = await check([of("north"), of("south")], { atOnce });
        assert.deepEqual(failures(report), [null, null, null, null]);
        assert.deepEqual([asked, logins], [[["north", false]], [["password"], ["totp"]]]);
      });
    }

    it("asks for the next passcode, as one, where another scope is another login", async () => {
      const of = await twoFactors();
      const { auth } = cloudAt("");
      assert.ok(auth.method === "password");
      const system = { auth: { ...auth, scope: { kind: "system" } } } as const;
      const report = await check([of("north"), of("system", system)], { atOnce: 1 });
      assert.deepEqual(failures(report), [null, null, null, null]);
      const next = [
        ["north", false],
        ["system", true],
      ];
      assert.deepEqual([asked, logins.length], [next, 4]);
    });

    it("is told of each by its own name that the login is refused, which is tried once: Keystone may lock out", async () => {
      const of = await twoFactors();
      const { auth } = cloudAt("");
      assert.ok(auth.method === "password");
      const wrong = { auth: { ...auth, password: new Secret("wrong") } };
      const { clouds } = await check([of("north", wrong), of("south", wrong)]);
      assert.deepEqual(
        clouds.map(({ failure }) => [failure?.code, /Cloud "(\w+)"/.exec(failure?.message ?? "")?.[1]]),
        ["north", "north", "south", "south"].map((name) => ["openstack-unauthorized", name]),
      );
      assert.deepEqual([asked, logins], [[], [["password"]]]);
    });

    it("logs in again by another password or another proof of the cloud", async () => {
      const of = await twoFactors();
      const { auth } = cloudAt("");
      assert.ok(auth.method === "password");
      const tls = { verify: false, cacert: null, cert: null, key: null };
      const wrong = { auth: { ...auth, password: new Secret("wrong") } };
      const report = await check([of("north"), of("unverified", { tls }), of("wrong", wrong)], { atOnce: 1 });
      const refused = "openstack-unauthorized";
      assert.deepEqual(failures(report), [null, null, null, null, refused, refused]);
      assert.equal(logins.length, 5);
    });
  });

  it("is at no more clouds at a time than it may", async () => {
    let now = 0;
    let most = 0;
    const clouds = [];
    for (let i = 0; i < 5; i++) clouds.push(await start());
    const entries = clouds.map(({ url }, i) => entry(`cloud-${i}`, cloudAt(url)));
    const began = new Set<string>();
    for await (const event of checkClouds(entries, { ...FLEET_DEFAULTS, atOnce: 2 }, never)) {
      if (event.type === "progress") {
        const name = /(cloud-\d): Logging in/.exec(event.message)?.[1];
        if (name !== undefined && !began.has(name)) most = Math.max(most, ++now);
        if (name !== undefined) began.add(name);
      } else if (event.type === "checked") now--;
    }
    assert.deepEqual([began.size, most], [5, 2]);
  });

  it("asks for the secrets of one cloud after the other, before anything else", async () => {
    const { url } = await start();
    let asking = 0;
    const shy = (name: string): FleetEntry => ({
      ...entry(name, cloudAt(url)),
      resolve: async () => {
        assert.equal(asking++, 0);
        await new Promise((resolve) => setImmediate(resolve));
        asking--;
        return cloudAt(url, { name });
      },
    });
    assert.equal((await check(["a", "b", "c"].map(shy))).clouds.length, 3);
  });

  it("stops all of them when it is cancelled", async () => {
    const { url } = await start({ silent: ["compute"] });
    const stop = new AbortController();
    const entries = ["a", "b", "c"].map((name) => entry(name, cloudAt(url)));
    const run = async (): Promise<void> => {
      for await (const event of checkClouds(entries, { ...FLEET_DEFAULTS, atOnce: 2 }, stop.signal))
        if (event.type === "progress" && event.message.includes("Listing flavors")) stop.abort();
    };
    await assert.rejects(run(), { name: "AbortError" });
  });
});

describe("Work on many things at once", () => {
  it("ends with the first failure, when all have come to their end, and begins nothing more", async () => {
    const ended: number[] = [];
    const attempt = workAtOnce([1, 2, 3, 4], 2, never, async (thing, signal) => {
      if (thing === 2) throw new Error("two");
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      ended.push(thing);
    });
    await assert.rejects(attempt, /two/);
    assert.deepEqual(ended, [1]);
  });

  it("has nothing to do with nothing", async () => {
    await workAtOnce([], 4, never, () => Promise.reject(new Error("what?")));
  });
});
