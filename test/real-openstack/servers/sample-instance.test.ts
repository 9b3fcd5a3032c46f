import assert from "node:assert/strict";
import type { Json } from "../../../src/dev/openstack/api";
import { PHYSICAL_NETWORK } from "../../../src/dev/openstack/configuration";
import { guestSystem } from "../../../src/dev/openstack/guest";
import { PROJECTS } from "../../../src/dev/openstack/population";
import { rootFolder } from "../../../src/dev/openstack/root";
import type { Finding, Fips140Result, InstanceReport, RuleId } from "../../../src/model";
import type { InstanceChoices } from "../../../src/operations/instance-choices";
import { InstanceRuns, verdicts, type Circumstances } from "../instance-runs";
import { administrator, Made, memberOf } from "../support";

const ALLOWS = "SCS-1V-1-10";
const DENIES = "no-rng";
const OUTSIDE = "outside";
const HEALTHY = "Debian 12";

/** Where a server's disks and its console are; Debian's kernel for clouds knows no others. */
const HARDWARE = { hw_cdrom_bus: "scsi", hw_scsi_model: "virtio-scsi", os_distro: "debian", os_version: "12" };
const VIRTIO_RNG = { hw_rng_model: "virtio" };

/** More of 1000 blocks than any working source fails: 11 or more fail in one run of 10^9. */
const TOO_MANY = 11;

describe("A sample instance that is a machine", () => {
  let made: Made;
  let runs: InstanceRuns;

  before(async () => {
    made = new Made(await administrator());
    const { kernel, initramfs } = await guestSystem(rootFolder("libvirt"));
    const part = (name: string, format: string, content: Uint8Array): Promise<string> =>
      made.bootable(name, { disk_format: format, container_format: format, visibility: "public" }, content);
    const parts = {
      kernel_id: await part("kernel", "aki", kernel),
      ramdisk_id: await part("ramdisk", "ari", initramfs),
    };
    /** @param lacks programs that the image is without */
    const image = (name: string, lacks: readonly string[] = [], properties: Json = VIRTIO_RNG): Promise<string> => {
      const os_command_line = `console=ttyS0 quiet lacks=${lacks.join(",")}`;
      const all = { ...parts, ...HARDWARE, ...properties, os_command_line, visibility: "public" };
      return made.bootable(name, all, new Uint8Array(2 ** 20));
    };
    await image(HEALTHY);
    await image("no-model", [], {});
    await image("no-rngtest", ["rngtest"]);
    await image("no-rngd", ["rngd"]);
    await image("bare", ["rngtest", "rngd"]);
    await made.flavor(ALLOWS, { "hw_rng:allowed": "True" });
    await made.flavor(DENIES, { "hw_rng:allowed": "False" });
    const provider = { "provider:network_type": "flat", "provider:physical_network": PHYSICAL_NETWORK };
    await made.network(OUTSIDE, { ...provider, "router:external": true, shared: true });
    runs = await InstanceRuns.in(await memberOf(PROJECTS.demo));
  });
  after(async () => {
    runs.end();
    await made.unmake();
  });
  afterEach(() => runs.nothingIsLeft());

  const check = (
    image: string,
    choices: Partial<InstanceChoices> = {},
    circumstances: Circumstances = {},
  ): Promise<InstanceReport> =>
    runs.run({ images: { by: "name", names: [image] }, flavor: ALLOWS, ...choices }, circumstances);
  const overSsh = { askedBy: "ssh", network: OUTSIDE } as const;

  const of = ({ findings }: InstanceReport, rule: RuleId): Finding => {
    const found = findings.find((finding) => finding.rule === rule);
    assert.ok(found !== undefined, rule);
    return found;
  };

  /** The blocks that were counted, of which a few may fail; and everything else as expected. */
  function counted(report: InstanceReport, expected: Readonly<Record<string, string>> = {}): Fips140Result {
    const { "scs-0101-fips-test": fips, ...others } = verdicts(report);
    const healthy = { "scs-0101-rngd": "pass", "scs-0101-entropy-avail": "pass", "probe-rng-device": "pass" };
    const { observations } = report.instances[0];
    assert.deepEqual(others, { ...healthy, "probe-clean-up": "pass", ...expected }, JSON.stringify(report, null, 1));
    assert.ok(observations.fips140.status === "measured", JSON.stringify(observations.fips140));
    const { value } = observations.fips140;
    assert.equal(fips, value.failures > 3 ? "fail" : "pass");
    assert.equal(value.successes + value.failures, 1000);
    assert.ok(value.failures < TOO_MANY, `${value.failures} blocks failed`);
    return value;
  }

  describe("asked over its console", () => {
    it("passes where image and flavor are right and rngd runs", async () => {
      const report = await check(HEALTHY);
      assert.equal(counted(report).judgedBy, "rngtest");
    });

    it("has the device of a flavor that allows it also where its image does not ask for it", async () => {
      const report = await check("no-model");
      counted(report);
      assert.match(of(report, "probe-rng-device").message, /virtio_rng\.0\), although the image has no hw_rng_model/);
    });

    it("has none of a flavor that denies it, whatever its image asks for", async () => {
      const report = await check(HEALTHY, { flavor: DENIES });
      counted(report, { "scs-0101-rngd": "fail", "probe-rng-device": "fail" });
      assert.match(of(report, "probe-rng-device").message, /the flavor's hw_rng:allowed denies it/);
    });

    it("counts the blocks itself where the image has no rngtest", async () => {
      assert.equal(counted(await check("no-rngtest")).judgedBy, "probe-script");
    });

    it("fails where no rngd runs", async () => {
      const report = await check("no-rngd");
      counted(report, { "scs-0101-rngd": "fail" });
      assert.equal(report.verdict, "fail");
    });

    it("is gone when the run is cancelled while it answers", async () => {
      const stop = new AbortController();
      const heard = (message: string): void => {
        if (/Watching the console \((?!the server is starting)/.test(message)) stop.abort();
      };
      await assert.rejects(check(HEALTHY, {}, { heard, signal: stop.signal }), { name: "AbortError" });
      assert.ok(stop.signal.aborted);
    });
  });

  describe("asked over SSH", () => {
    it("is reached with a key of the run, by the host key that its console shows, and passes", async () => {
      const report = await check(HEALTHY, overSsh);
      assert.equal(counted(report).judgedBy, "rngtest");
      assert.deepEqual(report.instances[0].notes, ["The server's host key is that which its console shows."]);
    });

    it("has its bytes judged here where its image has no rngtest, and fails without rngd", async () => {
      const report = await check("bare", overSsh);
      assert.equal(counted(report, { "scs-0101-rngd": "fail" }).judgedBy, "entropy-check");
    });

    it("is gone when the run is cancelled while it is being asked", async () => {
      const stop = new AbortController();
      const heard = (message: string): void => {
        if (message.includes("FIPS 140-2")) stop.abort();
      };
      await assert.rejects(check(HEALTHY, overSsh, { heard, signal: stop.signal }), { name: "AbortError" });
      assert.ok(stop.signal.aborted);
    });
  });
});
