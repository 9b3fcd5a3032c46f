import assert from "node:assert/strict";
import { passcodeAt, passcodesAt } from "../../src/demo/cloud/totp";

/** The secret of RFC 6238's test vectors, "12345678901234567890", as Base32. */
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

describe("A passcode", () => {
  // appendix B has eight digits, of which these are the last six
  for (const [seconds, passcode] of [
    [59, "287082"],
    [1_111_111_109, "081804"],
    [1_111_111_111, "050471"],
    [1_234_567_890, "005924"],
    [2_000_000_000, "279037"],
    [20_000_000_000, "353130"],
  ] as const) {
    it(`is that of RFC 6238 at ${seconds} s`, () => {
      assert.equal(passcodeAt(SECRET, 1000 * seconds), passcode);
    });
  }

  it("holds until the next one has passed", () => {
    const [now, before] = passcodesAt(SECRET, 60_000);
    assert.deepEqual([now, before], [passcodeAt(SECRET, 89_999), passcodeAt(SECRET, 59_999)]);
  });
});
