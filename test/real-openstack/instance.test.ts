import assert from "node:assert/strict";
import type { Api } from "../../src/dev/openstack/api";
import { PROJECTS, USERS } from "../../src/dev/openstack/population";
import type { InstanceReport } from "../../src/model";
import { INSTANCE_DEFAULTS, type InstanceChoices } from "../../src/operations/instance-choices";
import { systemClock, type Clock } from "../../src/openstack/clock";
import { never } from "../openstack/support";
import { InstanceRuns, inventory, verdicts, type Circumstances } from "./instance-runs";
import { administrator, cloudOf, entryOf, Made, memberOf, Workplace } from "./support";

const FLAVOR = "SCS-1V-4-10";
const IMAGE = "Debian 12";

describe("A sample instance of a real cloud", () => {
  let admin: Api;
  let made: Made;
  let member: Api;
  let runs: InstanceRuns;

  before(async () => {
    admin = await administrator();
    made = new Made(admin);
    member = await memberOf(PROJECTS.demo);
    await made.network("outside", { "router:external": true });
    await made.flavor(FLAVOR, { "hw_rng:allowed": "True" });
    await made.flavor("huge", {}, { vcpus: 64, ram: 2 ** 26 });
    await made.bootable(IMAGE, { visibility: "public", hw_rng_model: "virtio", os_distro: "debian", os_version: "12" });
    runs = await InstanceRuns.in(member);
  });
  after(async () => {
    runs.end();
    await made.unmake();
  });

  /**
   * A run, and its report. The fake driver's servers are no machines: as soon as one is asked, the time is over that the
   * run gives it.
   */
  function run(choices: Partial<InstanceChoices> = {}, circumstances: Circumstances = {}): Promise<InstanceReport> {
    let gone = 0;
    const clock: Clock = { ...systemClock, now: () => systemClock.now() + gone };
    const heard = (message: string): void => {
      if (/Watching the console|Logging in to \w+@/.test(message))
        gone = 1000 * (choices.timeout ?? INSTANCE_DEFAULTS.timeout);
      circumstances.heard?.(message);
    };
    return runs.run(choices, { ...circumstances, clock, heard });
  }

  const NOTHING_LEARNT = {
    "scs-0101-rngd": "inconclusive",
    "scs-0101-entropy-avail": "inconclusive",
    "scs-0101-fips-test": "inconclusive",
    "probe-rng-device": "inconclusive",
    "probe-clean-up": "pass",
  };
  const reason = ({ instances }: InstanceReport): string => {
    const { fips140 } = instances[0].observations;
    assert.ok(fips140.status === "unmeasured");
    return fips140.reason;
  };

  it("has a network of its own, says nothing on a console that is none, and is gone afterwards", async () => {
    const heard: string[] = [];
    const report = await run({}, { heard: (message) => heard.push(message) });
    assert.deepEqual(verdicts(report), NOTHING_LEARNT);
    assert.match(reason(report), /did not run the check within \d+ s; the last line of its console is "/);
    assert.equal(report.instances[0].flavor?.name, FLAVOR);
    for (const kind of ["server", "router", "subnet", "network"])
      assert.ok(
        heard.some((message) => message.includes(`Deleting the ${kind} `)),
        `${kind}: ${heard.join("\n")}`,
      );
    await runs.nothingIsLeft();
  });

  it("over SSH has a key, a group that lets SSH in and a floating address, and they are gone afterwards", async () => {
    const report = await run({ askedBy: "ssh" });
    assert.deepEqual(verdicts(report), NOTHING_LEARNT);
    await runs.nothingIsLeft();
  });

  it("is gone when the run is cancelled while the server starts", async () => {
    const stop = new AbortController();
    const heard = (message: string): void => {
      if (message.includes("Watching the console")) stop.abort();
    };
    await assert.rejects(run({}, { heard, signal: stop.signal }), { name: "AbortError" });
    await runs.nothingIsLeft();
  });

  it("is told when the quota does not allow it, and its network is gone", async () => {
    const path = `/os-quota-sets/${member.project}`;
    await admin.put("compute", path, { quota_set: { ram: 512 } });
    try {
      const report = await run();
      assert.deepEqual(verdicts(report), NOTHING_LEARNT);
      assert.match(reason(report), /more than the project's quota \(403\).*[Qq]uota exceeded for ram/);
    } finally {
      await admin.delete("compute", path);
    }
    await runs.nothingIsLeft();
  });

  it("is told when Neutron's quota does not allow its network", async () => {
    const path = `/v2.0/quotas/${member.project}`;
    await admin.put("network", path, { quota: { network: 0 } });
    try {
      const report = await run();
      assert.deepEqual(verdicts(report), NOTHING_LEARNT);
      assert.match(reason(report), /more than the project's quota \(409\)/);
    } finally {
      await admin.delete("network", path);
    }
    await runs.nothingIsLeft();
  });

  it("is told when no host is large enough, and what was made for it is gone", async () => {
    const path = `/os-quota-sets/${member.project}`;
    await admin.put("compute", path, { quota_set: { ram: -1, cores: -1 } });
    try {
      const report = await run({ flavor: "huge" });
      assert.deepEqual(verdicts(report), NOTHING_LEARNT);
      assert.match(reason(report), /No host of the cloud takes the server/);
    } finally {
      await admin.delete("compute", path);
    }
    await runs.nothingIsLeft();
  });

  it("is told when the policy does not let the role make servers, and its network is gone", async () => {
    const report = await run({}, { cloud: cloudOf(USERS.restricted) });
    assert.deepEqual(verdicts(report), NOTHING_LEARNT);
    assert.match(reason(report), /does not allow this to your role \(403\).*os_compute_api:servers:create/);
    await runs.nothingIsLeft();
  });

  it("is made by the command line, interrupted by Ctrl+C, and gone", async () => {
    const place = new Workplace({ north: entryOf() });
    const stop = new AbortController();
    const running = place.run(["instance", "north"], stop.signal);
    while (!(await inventory(member)).some((thing) => thing.startsWith("servers ")))
      await systemClock.sleep(200, never);
    stop.abort();
    const { code, stderr } = await running;
    assert.equal(code, 130, stderr);
    assert.deepEqual(place.journals(), []);
    place.remove();
    await runs.nothingIsLeft();
  });

  it("is made by the command line, which leaves with exit code 3: nothing was learnt", async () => {
    const place = new Workplace({ north: entryOf() });
    const { code, stdout, stderr } = await place.run(["instance", "north", "--timeout", "1"]);
    assert.equal(code, 3, stderr);
    assert.match(stdout, /Nothing that was made in cloud "north" is left behind/);
    assert.deepEqual(place.journals(), []);
    place.remove();
    await runs.nothingIsLeft();
  });
});
