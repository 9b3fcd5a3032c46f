import assert from "node:assert/strict";
import { judgeIid } from "../../src/compliance/iid";
import type { Subject } from "../../src/model";
import type { IidTests, PermutationRank, PermutationStatistic } from "../../src/model/iid";
import { mapStatistics } from "../../src/sp800-90b/iid/statistics";

const subject: Subject = { kind: "samples", id: "/noise.bin", name: "noise.bin" };

/** As the permutation tests count it: six on either side pass. */
function rank(greater: number, equal: number, less: number): PermutationRank {
  const rarer = equal + Math.min(greater, less);
  const passed = rarer > 5;
  return { original: 1, greater, equal, less, margin: passed ? rarer - 5 : 6 - rarer, passed };
}

/** Tests that pass but for what is given. */
function tests(
  ranks: Partial<Record<PermutationStatistic, PermutationRank>>,
  { independent = true }: { readonly independent?: boolean } = {},
): IidTests {
  const permutation = { ...mapStatistics(() => rank(100, 0, 100)), ...ranks };
  const permutationPassed = Object.values(permutation).every(({ passed }) => passed);
  const chiSquare = { score: 1, df: 1, pValue: 0.5, passed: true, notComputed: null };
  return {
    seed: 42,
    permutations: 200,
    permutation,
    permutationPassed,
    chiSquareIndependence: { ...chiSquare, passed: independent },
    chiSquareGoodnessOfFit: chiSquare,
    longestRepeatedSubstring: { pCol: 0.1, length: 3, pValue: 0.9, passed: true },
    verdict: permutationPassed && independent ? "pass" : "fail",
  };
}

describe("the rule for the IID track", () => {
  it("says nothing where the track was not asked for", () => {
    assert.deepEqual(judgeIid(null, "non-iid", subject), []);
  });

  it("passes with the reminder that the submitter has to claim it, and with the seed as evidence", () => {
    const [{ verdict, message, evidence }] = judgeIid(tests({}), "iid", subject);
    assert.equal(verdict, "pass");
    assert.equal(
      message,
      "noise.bin passes the tests for independent and identically distributed samples. That alone does not make the source IID: the track also needs the submitter's claim (3.1.2).",
    );
    assert.deepEqual(evidence[0], { label: "seed", value: "42" });
  });

  it("says of a pass that hangs on few permutations how far it was from failing", () => {
    const [{ message }] = judgeIid(tests({ excursion: rank(9000, 0, 7) }), "iid", subject);
    assert.match(message, /, narrowly: 7 of 9007 permutations were at most as great in excursion, and 5 of 10000 /);
    const early = judgeIid(tests({ excursion: rank(6, 0, 40) }), "iid", subject)[0].message;
    assert.doesNotMatch(early, /narrowly/, "six of 46 would be many of 10,000");
  });

  it("says of a failure that hangs on few permutations how far it was from passing", () => {
    const ofOne = judgeIid(tests({ compression: rank(2, 1, 9997) }), "iid", subject)[0];
    assert.deepEqual([ofOne.verdict, ofOne.severity], ["fail", "error"]);
    assert.match(
      ofOne.message,
      /compression \(3 of 10000 permutations on its rarer side\), narrowly: 3 more permutations on that side would have passed it\. The IID track gives no entropy/,
    );
    const ofTwo = judgeIid(tests({ compression: rank(5, 0, 9995), excursion: rank(9996, 0, 4) }), "iid", subject)[0];
    assert.match(ofTwo.message, /narrowly: 2 more permutations on those sides would have passed them/);
  });

  it("does not call a failure narrow that another test shares, or that no permutation comes near", () => {
    for (const failed of [
      tests({ excursion: rank(5, 0, 9995) }, { independent: false }),
      tests({ excursion: rank(0, 0, 10_000) }),
    ])
      assert.doesNotMatch(judgeIid(failed, "iid", subject)[0].message, /narrowly/);
    assert.match(
      judgeIid(tests({}, { independent: false }), "iid", subject)[0].message,
      /: chi-square independence\. /,
    );
  });

  it("tells a failure for information where the non-IID track answers", () => {
    const [{ verdict, severity, message, remedy }] = judgeIid(tests({}, { independent: false }), "both", subject);
    assert.deepEqual([verdict, severity, remedy], ["fail", "info", null]);
    assert.match(message, /that of the non-IID track\.$/);
  });

  it("is inconclusive of a single symbol", () => {
    assert.equal(judgeIid(null, "both", subject)[0].verdict, "inconclusive");
  });
});
