import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { PROFILES } from "../../src/compliance/profiles";
import type { DemoFault } from "../../src/demo/openstack";
import { UserError } from "../../src/errors";
import type { Finding, InstanceReport } from "../../src/model";
import { cleanUpRun, unfinishedRuns } from "../../src/operations/clean-up";
import { reportToText } from "../../src/report/text";
import { cloudAt } from "../openstack/support";
import { onStage, Stage } from "./instance-support";

const verdicts = (report: InstanceReport): Record<string, string> =>
  Object.fromEntries(report.findings.map(({ rule, verdict }) => [rule, verdict]));

const of = (report: InstanceReport, rule: Finding["rule"]): Finding => {
  const finding = report.findings.find((one) => one.rule === rule);
  assert.ok(finding !== undefined);
  return finding;
};

/** A run has fewer; one that does not end must not go on for ever. */
const MOST_STEPS = 200;

const ALL_PASS = {
  "scs-0101-rngd": "pass",
  "scs-0101-entropy-avail": "pass",
  "scs-0101-fips-test": "pass",
  "probe-rng-device": "pass",
  "probe-clean-up": "pass",
};

const INCONCLUSIVE = {
  "scs-0101-rngd": "inconclusive",
  "scs-0101-entropy-avail": "inconclusive",
  "scs-0101-fips-test": "inconclusive",
  "probe-rng-device": "inconclusive",
  "probe-clean-up": "pass",
};

/** What a script says when a shell runs it. */
function shell(script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile("/bin/sh", { maxBuffer: 1e8 }, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(new Error(error.message));
    });
    child.stdin?.end(script);
  });
}

describe("A sample instance", () => {
  it("is made of the newest public Debian, asked over its console, judged, and deleted", () =>
    onStage({}, async (stage) => {
      const report = await stage.report();
      assert.equal(report.verdict, "pass");
      assert.deepEqual(verdicts(report), ALL_PASS);
      const [{ image, flavor, volume, observations }] = report.instances;
      assert.deepEqual([image.name, flavor?.name, volume], ["Debian 13", "SCS-1L-1", 8]);
      assert.ok(observations.fips140.status === "measured");
      assert.equal(observations.fips140.value.judgedBy, "probe-script");
      assert.equal(of(report, "scs-0101-rngd").subject.name, "Debian 13");
      stage.nothingIsLeft();
    }));

  it("is one for each image that was named by a pattern, and one network serves them all", () =>
    onStage({}, async (stage) => {
      const report = await stage.report({ images: { by: "name", names: ["Ubuntu*", "CirrOS 0.6.2"] } });
      assert.deepEqual(
        report.instances.map(({ image }) => image.name),
        ["Ubuntu 22.04", "Ubuntu 24.04", "CirrOS 0.6.2"],
      );
      assert.equal(stage.requests.filter((request) => request === "POST network /v2.0/networks").length, 1);
      stage.nothingIsLeft();
    }));

  it("answers by the very script that it is given", async () => {
    // once, however often somebody looks at the console; without the pauses, and not on this computer's console
    const said = new Map<string, Promise<string>>();
    const runScript = ({ id, userData }: { readonly id: string; readonly userData: string }): Promise<string> => {
      const script = userData.replace("sleep 3", ":").replaceAll("/dev/console", "/dev/null");
      const output = said.get(id) ?? shell(script);
      said.set(id, output);
      return output;
    };
    await onStage({ servers: { console: runScript } }, async (stage) => {
      const { kernel, rngd, hwrng, entropyAvail, fips140 } = (await stage.report()).instances[0].observations;
      for (const { status } of [kernel, rngd, hwrng, entropyAvail, fips140]) assert.equal(status, "measured");
      stage.nothingIsLeft();
    });
  }).timeout(120_000);

  it("of an image that does not ask for a generator has one all the same, and the report says so", () =>
    onStage({}, async (stage) => {
      const report = await stage.report({ images: { by: "name", names: ["CirrOS 0.6.2"] } });
      assert.match(
        of(report, "probe-rng-device").message,
        /has a random number generator.*although the image has no hw_rng_model/,
      );
      stage.nothingIsLeft();
    }));

  it("of a flavor that denies the generator has none, and fails with the command that mends it", () =>
    onStage({}, async (stage) => {
      const finding = of(await stage.report({ flavor: "hpc.dedicated" }), "probe-rng-device");
      assert.equal(finding.verdict, "fail");
      assert.match(finding.remedy ?? "", /openstack flavor set --property hw_rng:allowed=True f1a70000/);
      stage.nothingIsLeft();
    }));

  it("of an image that is poor fails", () =>
    onStage({}, async (stage) => {
      const report = await stage.report({ images: { by: "name", names: ["appliance-2019"] } });
      assert.equal(of(report, "scs-0101-rngd").verdict, "fail");
      assert.equal(of(report, "scs-0101-entropy-avail").verdict, "fail");
      assert.equal(report.verdict, "fail");
      stage.nothingIsLeft();
    }));

  it("boots from a larger volume when the image is larger than its min_disk says", () =>
    onStage({ imageSize: () => 20 }, async (stage) => {
      const [{ volume, notes }] = (await stage.report()).instances;
      assert.equal(volume, 32);
      assert.match(notes[0], /more than the 8 GiB/);
      stage.nothingIsLeft();
    }));

  it("boots from the flavor's own disk in a cloud without volumes", () =>
    onStage({ volumes: null }, async (stage) => {
      const [{ volume, flavor }] = (await stage.report()).instances;
      assert.deepEqual([volume, flavor?.name], [null, "SCS-1V-4-10"]);
      stage.nothingIsLeft();
    }));

  it("is plugged into a network that was named, and leaves that alone", () =>
    onStage({}, async (stage) => {
      assert.equal((await stage.report({ network: "shared" })).verdict, "pass");
      assert.ok(!stage.requests.some((request) => /^(POST|DELETE) network/.test(request)));
      stage.nothingIsLeft();
    }));

  it("is written as text, with what judged it", () =>
    onStage({ imageSize: () => 10 }, async (stage) => {
      const text = reportToText(await stage.report({ profile: PROFILES["v1.1-2026"] }));
      assert.match(text, /^Sample instances of cloud north \(http.*\), by their consoles, run [0-9a-f]{12}$/m);
      assert.match(text, /^Image Debian 13, flavor SCS-1L-1, from a volume of 16 GiB$/m);
      assert.match(text, /^ {2}The image needs more than the 8 GiB/m);
      assert.match(text, /^Judged by scs-0101 v1\.1, 2026-06-25$/m);
      assert.match(text, /^-- {3}scs-0101 v1\.1, 2026-06-25 does not ask for scs-0101-rngd/m);
      assert.match(text, /^Passed: 0 errors/m);
    }));

  it("takes the patience that busy services ask for", async () => {
    const busy = new Map<string, number>();
    await onStage(
      {
        fault: ({ method, service, path }) => {
          const key = `${method} ${service} ${path.replace(/[0-9a-f-]{36}/g, "ID")}`;
          const times = busy.get(key) ?? 0;
          busy.set(key, times + 1);
          if (service === "identity" || method === "GET" || times >= 2) return null;
          const status = method === "DELETE" ? 409 : times === 0 ? 429 : 503;
          return { status, body: {}, headers: { "Retry-After": "3" } };
        },
      },
      async (stage) => {
        assert.deepEqual(verdicts(await stage.report()), ALL_PASS);
        stage.nothingIsLeft();
      },
    );
  });
});

describe("A sample instance that does not come to be is inconclusive, with the reason, and leaves nothing", () => {
  for (const [what, options, reason] of [
    [
      "no host takes the server",
      { servers: { fault: () => "No valid host was found. " } },
      /No host of the cloud takes/,
    ],
    [
      "the server ends in ERROR",
      { servers: { fault: () => "Build of instance aborted" } },
      /Build of instance aborted/,
    ],
    ["the quota of servers is used up", { servers: { quota: 0 } }, /more than the project's quota/],
    ["the quota of volumes is used up", { volumes: 0 }, /more than the project's quota/],
    ["the quota of networks is used up", { networkQuotas: { networks: 0 } }, /more than the project's quota/],
    ["the quota of routers is used up", { networkQuotas: { routers: 0 } }, /more than the project's quota/],
    ["the console stays empty", { servers: { console: () => Promise.resolve("") } }, /its console is empty/],
    [
      "the console shows a login and no answer",
      { servers: { console: () => Promise.resolve("Debian GNU/Linux 13 ttyS0\n\nlogin: ") } },
      /the last line of its console is "login:"/,
    ],
  ] as const) {
    it(`when ${what}`, () =>
      onStage(options, async (stage) => {
        const report = await stage.report();
        assert.deepEqual(verdicts(report), INCONCLUSIVE);
        assert.equal(report.verdict, "inconclusive");
        assert.match(of(report, "scs-0101-rngd").message, reason);
        stage.nothingIsLeft();
      }));
  }

  it("when no flavor is called as was asked", () =>
    onStage({}, async (stage) => {
      assert.match(of(await stage.report({ flavor: "none" }), "scs-0101-rngd").message, /No flavor is called "none"/);
      stage.nothingIsLeft();
    }));

  it("is not even begun when no image is called as was asked, or none is public", () =>
    onStage({ images: [] }, async (stage) => {
      await assert.rejects(stage.report({ images: { by: "name", names: ["none"] } }), {
        code: "openstack-image-not-found",
      });
      await assert.rejects(stage.report(), { code: "openstack-no-public-image" });
      stage.nothingIsLeft();
    }));
});

/** How many requests a run makes that nothing disturbs. */
async function undisturbed(): Promise<readonly string[]> {
  const stage = await Stage.set();
  await stage.report();
  await stage.strike();
  return stage.requests;
}

describe("Nothing of a run is left behind", () => {
  for (const fault of ["cut", "cut-after"] as const) {
    it(`when the connection is cut ${fault === "cut" ? "before" : "after"} any single request is done`, async () => {
      const requests = await undisturbed();
      assert.ok(requests.length > 40);
      for (const at of requests.keys()) {
        let seen = 0;
        const disturb = (): DemoFault | null => (seen++ === at ? fault : null);
        await onStage({ fault: disturb }, async (stage) => {
          const report = await stage.report().catch((error: unknown) => {
            assert.ok(error instanceof UserError, String(error));
            return null;
          });
          if (report !== null) assert.ok(report.verdict !== "fail", requests[at]);
          stage.nothingIsLeft(`${fault} ${requests[at]}`);
        });
      }
    }).timeout(120_000);
  }

  it("when it is cancelled at any moment", async () => {
    const stages = await undisturbed();
    for (const at of stages.keys()) {
      const stop = new AbortController();
      let seen = 0;
      const disturb = (): null => {
        if (seen++ === at) stop.abort();
        return null;
      };
      await onStage({ fault: disturb }, async (stage) => {
        let reported = false;
        try {
          for await (const event of stage.events({}, stop.signal)) reported ||= event.type === "report";
        } catch (error) {
          assert.equal(error, stop.signal.reason);
        }
        // what is cancelled while it cleans up has its report already as good as written
        assert.ok(reported || stop.signal.aborted);
        stage.nothingIsLeft(`cancelled at ${stages[at]}`);
      });
    }
  }).timeout(120_000);

  it("when nobody listens any more, at any moment", async () => {
    const leaveAt = (at: number): Promise<boolean> =>
      onStage({}, async (stage) => {
        let seen = 0;
        let last = "";
        for await (const event of stage.events()) {
          last = event.type;
          if (++seen === at) break;
        }
        stage.nothingIsLeft(`left at ${at}`);
        return last === "report";
      });
    let at = 1;
    while (!(await leaveAt(at))) assert.ok(++at < MOST_STEPS);
    assert.ok(at > 15);
  }).timeout(120_000);

  it("when its process is killed, as soon as somebody cleans up after it", async () => {
    const killAt = (at: number): Promise<boolean> =>
      onStage({}, async (stage) => {
        // a run that is never continued is what a killed process leaves
        const events = stage.events();
        const steps: unknown[] = [];
        while (steps.length < at) steps.push((await events.next()).done);
        for (const { journal } of await unfinishedRuns(stage.folder, null)) {
          assert.deepEqual(await cleanUpRun(journal, cloudAt(stage.cloud.url), stage.services, () => undefined), []);
        }
        stage.nothingIsLeft(`killed at ${at}`);
        return steps.includes(true);
      });
    let at = 1;
    while (!(await killAt(at))) assert.ok(++at < MOST_STEPS);
    assert.ok(at > 15);
  }).timeout(120_000);

  it("but what does not bear the run's name, even if it is in the journal's way", () =>
    onStage({}, async (stage) => {
      const before = stage.cloud.inventory();
      await stage.report();
      assert.deepEqual(stage.cloud.inventory(), before);
    }));
});

describe("A clean-up that fails", () => {
  const stubborn = {
    fault: ({ method, service, path }: { method: string; service: string; path: string }) =>
      method === "DELETE" && service === "compute" && path.includes("/servers/")
        ? {
            status: 403,
            body: { forbidden: { code: 403, message: "Policy doesn't allow os_compute_api:servers:delete" } },
          }
        : null,
  };

  it("is an error that names what is left, its id, and how to delete it by hand; the journal stays", () =>
    onStage(stubborn, async (stage) => {
      const report = await stage.report();
      assert.equal(report.verdict, "fail");
      const finding = of(report, "probe-clean-up");
      const [server] = report.leftBehind;
      assert.match(finding.message, /The server entropy-check-[0-9a-f]{12}-server-1 is left in cloud "north"/);
      assert.match(finding.message, /Policy doesn't allow/);
      assert.equal(finding.remedy?.startsWith(`openstack server delete --wait ${server.id ?? "none"}`), true);
      // the rest of the answers count all the same
      assert.equal(of(report, "scs-0101-rngd").verdict, "pass");
      assert.equal(readdirSync(stage.folder).length, 1);
    }));

  it("is told also when the run itself has failed", () =>
    onStage(stubborn, async (stage) => {
      for await (const event of stage.events()) {
        if (event.type === "progress" && event.message.includes("console")) break;
      }
      assert.match(stage.remarks.join("\n"), /Left behind: the server .* By hand: openstack server delete/);
    }));
});
