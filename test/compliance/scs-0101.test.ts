import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { judgeCloud, judgeMachine } from "../../src/compliance/scs-0101";
import type {
  CloudObservations,
  Finding,
  Fips140Result,
  Flavor,
  Image,
  MachineObservations,
  Observation,
  RngdState,
  RuleId,
  Subject,
} from "../../src/model";

const provenance = { asked: "GET /", of: "http://cloud.example", at: "2026-01-01T00:00:00.000Z" };
const measured = <T>(value: T): Observation<T> => ({ status: "measured", provenance, value, raw: "" });
const unmeasured = {
  status: "unmeasured",
  provenance,
  reason: "the service did not answer.",
  remedy: "Ask again.",
} as const;

const cloud: Subject = { kind: "cloud", id: "http://cloud.example", name: "north" };
const machine: Subject = { kind: "machine", id: "ssh://vm-1:22", name: "vm-1" };

function flavor(name: string, extraSpecs: Flavor["extraSpecs"]): Flavor {
  return { id: `id-of-${name}`, name, vcpus: 1, ram: 1024, disk: 10, isPublic: true, extraSpecs };
}

function image(name: string, properties: Image["properties"]): Image {
  return { id: `id-of-${name}`, name, status: "active", visibility: "public", minDisk: 0, minRam: 0, properties };
}

const good = {
  flavors: measured([flavor("good", { "hw_rng:allowed": "True" })]),
  images: measured([image("good", { hw_rng_model: "virtio" })]),
};

function judgedBy(rule: RuleId, observations: Partial<CloudObservations>): Finding[] {
  return judgeCloud(cloud, { ...good, ...observations }).filter((finding) => finding.rule === rule);
}

const flavors = (...list: Flavor[]): Finding[] => judgedBy("scs-0101-flavor-property", { flavors: measured(list) });
const images = (...list: Image[]): Finding[] => judgedBy("scs-0101-image-property", { images: measured(list) });

function only(findings: Finding[]): Finding {
  assert.equal(findings.length, 1);
  return findings[0];
}

describe("SCS-0101: flavors", () => {
  it("passes exactly hw_rng:allowed=True, and reports the pass", () => {
    const finding = only(flavors(flavor("good", { "hw_rng:allowed": "True" })));
    assert.equal(finding.verdict, "pass");
    assert.deepEqual(finding.subject, { kind: "flavor", id: "id-of-good", name: "good" });
    assert.equal(finding.remedy, null);
  });

  it("warns of a flavor without the extra spec, with the command that sets it", () => {
    const finding = only(flavors(flavor("SCS-2V-8", { "hw:cpu_policy": "shared" })));
    assert.equal(finding.verdict, "fail");
    assert.equal(finding.severity, "warning");
    assert.equal(finding.message, 'Flavor "SCS-2V-8" lacks hw_rng:allowed=True.');
    assert.equal(finding.remedy, "openstack flavor set --property hw_rng:allowed=True SCS-2V-8");
    assert.deepEqual(finding.evidence, [{ label: "hw_rng:allowed", value: "not set" }]);
  });

  for (const value of ["true", "TRUE", "1", "yes", "on", "t", "Y", " True"]) {
    it(`warns of ${JSON.stringify(value)}, which Nova takes as true`, () => {
      const finding = only(flavors(flavor("lax", { "hw_rng:allowed": value })));
      assert.equal(finding.verdict, "fail");
      assert.match(finding.message, /Nova takes it as true, but SCS-0101 asks for exactly True/);
    });
  }

  for (const value of ["False", "false", "0", "no", "", "maybe", "2"]) {
    it(`warns of ${JSON.stringify(value)}, which takes the device away`, () => {
      const finding = only(flavors(flavor("none", { "hw_rng:allowed": value })));
      assert.equal(finding.verdict, "fail");
      assert.match(finding.message, /may get no random number generator/);
    });
  }

  it("is inconclusive once for all flavors whose extra specs may not be read", () => {
    const finding = only(flavors(flavor("a", null), flavor("b", null), flavor("c", null)));
    assert.equal(finding.verdict, "inconclusive");
    assert.deepEqual(finding.subject, cloud);
    assert.equal(finding.message, '0 of 3 flavors of cloud "north" checked: no permission to read extra specs.');
    assert.ok(finding.remedy !== null);
  });

  it("judges the flavors that can be read and counts those that cannot", () => {
    const [judged, summary] = flavors(flavor("a", { "hw_rng:allowed": "True" }), flavor("b", null));
    assert.equal(judged.verdict, "pass");
    assert.equal(summary.verdict, "inconclusive");
    assert.match(summary.message, /^1 of 2 flavors/);
  });

  it("is inconclusive for a cloud without flavors", () => {
    assert.equal(only(flavors()).verdict, "inconclusive");
  });

  it("is inconclusive, with the reason and the remedy, when the flavors could not be listed", () => {
    const finding = only(judgedBy("scs-0101-flavor-property", { flavors: unmeasured }));
    assert.equal(finding.verdict, "inconclusive");
    assert.match(finding.message, /the service did not answer/);
    assert.equal(finding.remedy, "Ask again.");
  });

  it("does not mistake a property of Object for an extra spec", () => {
    const inherited: Record<string, string> = Object.create({ "hw_rng:allowed": "True" }) as Record<string, string>;
    assert.equal(only(flavors(flavor("proto", inherited))).verdict, "fail");
  });
});

describe("SCS-0101: images", () => {
  it("passes exactly hw_rng_model=virtio, and reports the pass", () => {
    const finding = only(images(image("Debian 12", { hw_rng_model: "virtio" })));
    assert.equal(finding.verdict, "pass");
    assert.deepEqual(finding.subject, { kind: "image", id: "id-of-Debian 12", name: "Debian 12" });
  });

  it("warns of an image without the property, with the command that sets it", () => {
    const finding = only(images(image("bare", {})));
    assert.equal(finding.verdict, "fail");
    assert.equal(finding.severity, "warning");
    assert.equal(finding.message, 'Image "bare" lacks hw_rng_model=virtio.');
    assert.equal(finding.remedy, "openstack image set --property hw_rng_model=virtio id-of-bare");
  });

  for (const value of ["bogus", "Virtio", "virtio ", ""]) {
    it(`warns of another value: ${JSON.stringify(value)}`, () => {
      assert.equal(only(images(image("odd", { hw_rng_model: value }))).verdict, "fail");
    });
  }

  it("is inconclusive for a cloud without images", () => {
    assert.equal(only(images()).verdict, "inconclusive");
  });

  it("is inconclusive when the images could not be listed", () => {
    assert.equal(only(judgedBy("scs-0101-image-property", { images: unmeasured })).verdict, "inconclusive");
  });
});

describe("Names from outside", () => {
  it("cannot break out of the command that a remedy offers", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (name) => {
        const { remedy } = only(flavors(flavor(name, {})));
        assert.ok(remedy !== null);
        const printed = execFileSync("sh", ["-c", `openstack() { printf '%s\\n' "$#"; }\n${remedy}`], {
          encoding: "utf8",
        });
        assert.equal(printed, name.startsWith("-") ? "6\n" : "5\n");
      }),
      { numRuns: 60, examples: [["$(id)"], ["a b"], ["it's"], ["-h"], ["`id`;id"], ["a\nid"], ["\u202e"]] },
    );
  });

  it("stay on one line of a message and cannot reorder it", () => {
    const { message } = only(flavors(flavor("a\n\u202eb\u001b[31m", {})));
    assert.equal(message, 'Flavor "a\uFFFD\uFFFDb\uFFFD[31m" lacks hw_rng:allowed=True.');
  });

  it("are cut when they are too long to read", () => {
    assert.ok(only(flavors(flavor("x".repeat(10_000), {}))).message.length < 300);
  });
});

const noFailures = { monobit: 0, poker: 0, runs: 0, "long-run": 0, "continuous-run": 0 };

function fips(change: Partial<Fips140Result>): Fips140Result {
  return {
    judgedBy: "rngtest",
    blocksRequested: 1000,
    successes: 1000 - (change.failures ?? 0),
    failures: 0,
    failuresByTest: noFailures,
    ...change,
  };
}

const healthy: MachineObservations = {
  kernel: measured("6.1.0"),
  rngd: measured({
    running: true,
    process: "1234 /usr/sbin/rngd -f",
    units: [{ name: "rngd.service", state: "active" }],
  }),
  hwrng: measured({ current: "virtio_rng.0", available: ["virtio_rng.0"], givesBytes: true, instructions: [] }),
  entropyAvail: measured(256),
  fips140: measured(fips({})),
};

function live(rule: RuleId, observations: Partial<MachineObservations>): Finding {
  return only(judgeMachine(machine, { ...healthy, ...observations }).filter((finding) => finding.rule === rule));
}

describe("SCS-0101: live checks", () => {
  it("pass on a healthy machine, one finding a check", () => {
    const findings = judgeMachine(machine, healthy);
    assert.deepEqual(
      findings.map(({ rule, verdict, severity }) => [rule, verdict, severity]),
      [
        ["scs-0101-rngd", "pass", "error"],
        ["scs-0101-entropy-avail", "pass", "error"],
        ["scs-0101-fips-test", "pass", "error"],
      ],
    );
  });

  it("are inconclusive, with reason and remedy, where nothing was measured", () => {
    const findings = judgeMachine(machine, {
      kernel: unmeasured,
      rngd: unmeasured,
      hwrng: unmeasured,
      entropyAvail: unmeasured,
      fips140: unmeasured,
    });
    for (const finding of findings) {
      assert.equal(finding.verdict, "inconclusive");
      assert.match(finding.message, /vm-1.*the service did not answer/);
      assert.equal(finding.remedy, "Ask again.");
    }
  });

  for (const [what, hwrng, verdict] of [
    ["a device that gives nothing", { givesBytes: false }, "inconclusive"],
    ["no device", { current: "none", available: [], givesBytes: null }, "inconclusive"],
    ["a device that may not be asked", { givesBytes: null }, "pass"],
    ["no device but an instruction", { current: "none", givesBytes: false, instructions: ["rdrand"] }, "pass"],
  ] as const) {
    it(`find of an rngd that runs with ${what}: ${verdict}`, () => {
      const state = { current: "virtio_rng.0", available: ["virtio_rng.0"], instructions: [], ...hwrng };
      assert.equal(live("scs-0101-rngd", { hwrng: measured(state) }).verdict, verdict);
    });
  }

  it("report an error when rngd does not run, and name the unit to start", () => {
    const stopped: RngdState = {
      running: false,
      process: null,
      units: [{ name: "rng-tools.service", state: "failed" }],
    };
    const finding = live("scs-0101-rngd", { rngd: measured(stopped) });
    assert.equal(finding.verdict, "fail");
    assert.match(finding.remedy ?? "", /systemctl enable --now rng-tools\.service/);
  });

  it("say how to install rngd where no unit exists", () => {
    const absent: RngdState = { running: false, process: null, units: [] };
    assert.match(live("scs-0101-rngd", { rngd: measured(absent) }).remedy ?? "", /apt-get install rng-tools5/);
  });

  for (const [bits, verdict] of [
    [256, "pass"],
    [255, "fail"],
    [3, "fail"],
    [4096, "fail"],
    [0, "fail"],
    [NaN, "inconclusive"],
    [-1, "inconclusive"],
    [256.5, "inconclusive"],
  ] as const) {
    it(`judge an entropy_avail of ${bits}: ${verdict}`, () => {
      assert.equal(live("scs-0101-entropy-avail", { entropyAvail: measured(bits) }).verdict, verdict);
    });
  }

  for (const [failures, verdict] of [
    [0, "pass"],
    [3, "pass"],
    [4, "fail"],
    [1000, "fail"],
  ] as const) {
    it(`judge ${failures} FIPS failures of 1000: ${verdict}`, () => {
      assert.equal(live("scs-0101-fips-test", { fips140: measured(fips({ failures })) }).verdict, verdict);
    });
  }

  it("carry the arithmetic of a healthy source with a FIPS failure", () => {
    const finding = live("scs-0101-fips-test", { fips140: measured(fips({ failures: 6 })) });
    assert.match(
      finding.message,
      /6 of 1000 .* more than the 3 allowed; a healthy source exceeds 3 in about 0\.9 % of runs/,
    );
    assert.deepEqual(finding.evidence.at(-1), { label: "chance of 6 or more from a healthy source", value: "0.017 %" });
  });

  for (const [title, result] of [
    ["blocks are missing", fips({ successes: 39 })],
    ["nothing was tested", fips({ successes: 0 })],
    ["fewer blocks were asked for", fips({ blocksRequested: 100, successes: 100 })],
    ["the counts are not numbers", fips({ failures: NaN, successes: NaN })],
    ["a count is negative", fips({ failures: -1, successes: 1001 })],
  ] as const) {
    it(`are inconclusive on FIPS 140-2 when ${title}`, () => {
      assert.equal(live("scs-0101-fips-test", { fips140: measured(result) }).verdict, "inconclusive");
    });
  }
});
