import assert from "node:assert/strict";
import { judgeIid } from "../../src/compliance/iid";
import type { Subject } from "../../src/model";
import { iidTests, rank } from "./iid-fixtures";

const subject: Subject = { kind: "samples", id: "/noise.bin", name: "noise.bin" };

describe("the rule for the IID track", () => {
  it("says nothing where the track was not asked for", () => {
    assert.deepEqual(judgeIid(null, "non-iid", subject), []);
  });

  it("passes with the reminder that the submitter has to claim it, and with the seed as evidence", () => {
    const [{ verdict, message, evidence }] = judgeIid(iidTests({}), "iid", subject);
    assert.equal(verdict, "pass");
    assert.equal(
      message,
      "noise.bin passes the tests for independent and identically distributed samples. That alone does not make the source IID: the track also needs the submitter's claim (3.1.2).",
    );
    assert.deepEqual(evidence[0], { label: "seed", value: "42" });
  });

  it("says of a pass that hangs on few permutations how far it was from failing", () => {
    const [{ message }] = judgeIid(iidTests({ excursion: rank(9000, 0, 7) }), "iid", subject);
    assert.match(message, /, narrowly: 7 of 9007 permutations were at most as great in excursion, and 5 of 10000 /);
    const early = judgeIid(iidTests({ excursion: rank(6, 0, 40) }), "iid", subject)[0].message;
    assert.doesNotMatch(early, /narrowly/, "six of 46 would be many of 10,000");
  });

  it("says of a failure that hangs on few permutations how far it was from passing", () => {
    const ofOne = judgeIid(iidTests({ compression: rank(2, 1, 9997) }), "iid", subject)[0];
    assert.deepEqual([ofOne.verdict, ofOne.severity], ["fail", "error"]);
    assert.match(
      ofOne.message,
      /compression \(3 of 10000 permutations on its rarer side\), narrowly: 3 more permutations on that side would have passed it\. The IID track gives no entropy/,
    );
    const ofTwo = judgeIid(iidTests({ compression: rank(5, 0, 9995), excursion: rank(9996, 0, 4) }), "iid", subject)[0];
    assert.match(ofTwo.message, /narrowly: 2 more permutations on those sides would have passed them/);
  });

  it("does not call a failure narrow that another test shares, or that no permutation comes near", () => {
    for (const failed of [
      iidTests({ excursion: rank(5, 0, 9995) }, { independent: false }),
      iidTests({ excursion: rank(0, 0, 10_000) }),
    ])
      assert.doesNotMatch(judgeIid(failed, "iid", subject)[0].message, /narrowly/);
    assert.match(
      judgeIid(iidTests({}, { independent: false }), "iid", subject)[0].message,
      /: chi-square independence\. /,
    );
  });

  it("tells a failure for information where the non-IID track answers", () => {
    const [{ verdict, severity, message, remedy }] = judgeIid(iidTests({}, { independent: false }), "both", subject);
    assert.deepEqual([verdict, severity, remedy], ["fail", "info", null]);
    assert.match(message, /that of the non-IID track\.$/);
  });

  it("is inconclusive of a single symbol", () => {
    assert.equal(judgeIid(null, "both", subject)[0].verdict, "inconclusive");
  });
});
