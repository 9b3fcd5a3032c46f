import assert from "node:assert/strict";
import { DEFAULT_PROFILE, PROFILES } from "../../src/compliance/profiles";
import { judgeCloud, judgeMachine } from "../../src/compliance/scs-0101";
import type {
  Finding,
  Fips140Result,
  MachineObservations,
  Observation,
  ProfileId,
  RuleId,
  Subject,
} from "../../src/model";
import { binomialPmf } from "../../src/numeric/binomial";

const provenance = { asked: "cat", of: "vm-1", at: "2026-01-01T00:00:00Z" };
const measured = <T>(value: T): Observation<T> => ({ status: "measured", provenance, value, raw: "" });
const subject: Subject = { kind: "image", id: "1", name: "Debian 13" };

function withFailures(failures: number): MachineObservations {
  const failuresByTest = { monobit: 0, poker: 0, runs: failures, "long-run": 0, "continuous-run": 0 };
  const fips: Fips140Result = {
    ...{ judgedBy: "rngtest", blocksRequested: 1000, successes: 1000 - failures, failures, failuresByTest },
  };
  return {
    kernel: measured("Linux 6.1.0"),
    rngd: measured({ running: false, process: null, units: [] }),
    hwrng: measured({ current: "virtio_rng.0", available: ["virtio_rng.0"], givesBytes: true, instructions: [] }),
    entropyAvail: measured(256),
    fips140: measured(fips),
  };
}

function judged(profile: ProfileId, rule: RuleId, failures = 0): Finding {
  const found = judgeMachine(subject, withFailures(failures), PROFILES[profile]).filter((one) => one.rule === rule);
  assert.equal(found.length, 1);
  return found[0];
}

describe("The versions of SCS-0101", () => {
  for (const [profile, failures, verdict] of [
    ["w1-2024", 3, "pass"],
    ["w1-2024", 4, "fail"],
    ["lenient-2025", 3, "pass"],
    ["lenient-2025", 4, "pass"],
    ["lenient-2025", 5, "pass"],
    ["lenient-2025", 6, "fail"],
    ["v1.1-2026", 5, "pass"],
    ["v1.1-2026", 6, "fail"],
  ] as const) {
    it(`${profile} lets ${failures} of 1000 blocks ${verdict}`, () => {
      assert.equal(judged(profile, "scs-0101-fips-test", failures).verdict, verdict);
    });
  }

  it("that are lenient say when the strict limit is exceeded", () => {
    assert.match(judged("lenient-2025", "scs-0101-fips-test", 4).message, /the strict limit of 3 is exceeded/);
    assert.doesNotMatch(judged("lenient-2025", "scs-0101-fips-test", 3).message, /strict/);
  });

  it("ask for rngd, but the newest does not", () => {
    assert.equal(judged("w1-2024", "scs-0101-rngd").verdict, "fail");
    assert.equal(judged("lenient-2025", "scs-0101-rngd").verdict, "fail");
    assert.equal(judged("v1.1-2026", "scs-0101-rngd").verdict, "not-applicable");
  });

  it("ask for the properties of flavors and images, but the newest does not, and says so once each", () => {
    const unmeasured = { status: "unmeasured" as const, provenance, reason: "nobody asked.", remedy: "Ask." };
    const findings = judgeCloud(subject, { flavors: unmeasured, images: unmeasured }, PROFILES["v1.1-2026"]);
    assert.deepEqual(
      findings.map(({ rule, verdict }) => [rule, verdict]),
      [
        ["scs-0101-flavor-property", "not-applicable"],
        ["scs-0101-image-property", "not-applicable"],
      ],
    );
  });

  it("are named by every finding, with the clause and the test case", () => {
    assert.equal(DEFAULT_PROFILE.id, "w1-2024");
    assert.deepEqual(judged("w1-2024", "scs-0101-fips-test").basis, {
      profile: "w1-2024",
      document: "scs-0101 w1, 2024-03-08",
      clause: "Automated Tests, Errors: FIPS 140-2",
      testCase: "scs-0101-fips-test",
      limit: 3,
    });
    assert.equal(judged("lenient-2025", "scs-0101-fips-test").basis?.limit, 5);
    assert.equal(judged("w1-2024", "scs-0101-rngd").basis?.limit, undefined);
    assert.equal(judged("v1.1-2026", "scs-0101-rngd").basis?.clause, null);
  });
});

describe("The arithmetic of a FIPS count", () => {
  const evidence = (failures: number): Readonly<Record<string, string>> =>
    Object.fromEntries(
      judged("w1-2024", "scs-0101-fips-test", failures).evidence.map(({ label, value }) => [label, value]),
    );

  it("is the exact binomial chance of a healthy source, passed or failed", () => {
    const rate = 2379 / 3_000_000;
    const within = [0, 1, 2, 3].reduce((sum, k) => sum + binomialPmf(1000, rate, k), 0);
    const expected = `${Number((100 * (1 - within)).toPrecision(2))} %`;
    assert.equal(expected, "0.88 %");
    for (const failures of [0, 3, 4]) {
      assert.equal(evidence(failures)["chance of more than 3 from a healthy source"], expected);
    }
    assert.equal(evidence(4)["chance of 4 or more from a healthy source"], expected);
  });

  it("offers a repeat as long as chance may have done it, without softening the verdict", () => {
    const borderline = judged("w1-2024", "scs-0101-fips-test", 4);
    assert.equal(borderline.verdict, "fail");
    assert.match(borderline.remedy ?? "", /^Run the check again: chance alone may have done this/);
    assert.ok(Math.abs((borderline.chance ?? 0) - 0.0088) < 0.0001, String(borderline.chance));
    assert.equal(judged("w1-2024", "scs-0101-fips-test", 3).chance, undefined);
    assert.equal(judged("w1-2024", "scs-0101-fips-test", 400).chance, undefined);
    assert.doesNotMatch(judged("w1-2024", "scs-0101-fips-test", 400).remedy ?? "", /again/);
  });
});
