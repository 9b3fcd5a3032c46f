import assert from "node:assert/strict";
import fc from "fast-check";
import { judgeHealthTests } from "../../src/compliance/health-tests";
import type { HealthTestParameters } from "../../src/model/health-tests";
import { overallVerdict } from "../../src/report/build";
import { HEALTH_TEST_DEFAULTS, healthTests } from "../../src/sp800-90b/health-tests";
import { keystream } from "../datasets";

const SUBJECT = { kind: "samples", id: "/lab/noise.bin", name: "noise.bin" } as const;
const EIGHT: HealthTestParameters = { ...HEALTH_TEST_DEFAULTS, binary: false, minEntropy: 7 };

describe("What the rules say of health tests", () => {
  const noise = keystream("health", 100_000);
  const judge = (samples: ArrayLike<number>, parameters = EIGHT) =>
    judgeHealthTests(healthTests(samples, parameters), SUBJECT);

  it("is a finding for each of the three tests, of error severity", () => {
    assert.deepEqual(
      judge(noise).map(({ rule, verdict, severity }) => [rule, verdict, severity]),
      [
        ["sp800-90b-repetition-count", "pass", "error"],
        ["sp800-90b-adaptive-proportion", "pass", "error"],
        ["sp800-90b-start-up", "pass", "error"],
      ],
    );
  });

  it("counts the failures, names the first, and says how many chance explains", () => {
    const [repetition] = judge(Uint8Array.from(noise).fill(7, 50_000, 50_040).fill(9, 60_000, 60_004));
    assert.equal(repetition.message, 'The repetition count test fails 2 times on "noise.bin", first at sample 50,003.');
    assert.deepEqual(
      repetition.evidence.map(({ value }) => value),
      ["4 of one value in a row", "40", "0.095", "value 7 too often from sample 50000 to sample 50003"],
    );
  });

  it("fails the start-up test for a failure among the first samples only", () => {
    assert.equal(judge(Uint8Array.from(noise).fill(7, 100, 110))[2].verdict, "fail");
    assert.equal(judge(Uint8Array.from(noise).fill(7, 1100, 1110))[2].verdict, "pass");
  });

  it("is inconclusive of too few samples, and asks for more", () => {
    const findings = judge(noise.subarray(0, 3));
    assert.deepEqual(
      findings.map(({ verdict }) => verdict),
      ["inconclusive", "inconclusive", "inconclusive"],
    );
    assert.match(findings[0].remedy ?? "", /Record more samples/);
  });

  it("says of a cutoff greater than the window that no recording helps", () => {
    const [, proportion] = judge(noise, { ...EIGHT, minEntropy: 0.001 });
    assert.equal(proportion.verdict, "inconclusive");
    assert.match(proportion.remedy ?? "", /cutoff is greater than the window/);
  });

  it("comes together to the verdict of the tests, whatever the samples", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(3), { maxLength: 3000 }),
        fc.double({ min: 0.01, max: 2, noNaN: true }),
        (samples, minEntropy) => {
          const result = healthTests(samples, { ...EIGHT, minEntropy });
          assert.equal(overallVerdict(judgeHealthTests(result, SUBJECT)), result.verdict);
        },
      ),
      { numRuns: 50 },
    );
  });
});
