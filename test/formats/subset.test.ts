import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../src/errors";
import { parseSubset, requireSubset, withinSubset } from "../../src/formats/subset";

describe("a subset", () => {
  it("INDEX,COUNT is COUNT samples from sample INDEX * COUNT on, as with the NIST tools' -l", () => {
    assert.deepEqual(parseSubset("0,1000000"), { first: 0, count: 1_000_000 });
    assert.deepEqual(parseSubset(" 3 , 1000 "), { first: 3000, count: 1000 });
  });

  for (const text of ["", "5", "1,0", "-1,5", "1,2,3", "1.5,2", "99999999999,99999999999"]) {
    it(`"${text}" is refused`, () => assert.throws(() => parseSubset(text), UserError));
  }

  it("must lie within the file", () => {
    requireSubset({ first: 5, count: 5 }, "f", 10);
    assert.throws(
      () => requireSubset({ first: 6, count: 5 }, "f", 10),
      (error) => error instanceof UserError && error.message.includes("has 10 samples"),
    );
  });

  it("is the same slice of the samples, however they come in blocks", () => {
    const blocks = fc.array(fc.array(fc.nat(0xffffffff), { maxLength: 9 }), { maxLength: 9 });
    fc.assert(
      fc.property(blocks, fc.nat(40), fc.integer({ min: 1, max: 40 }), (numbers, first, count) => {
        const seen: number[] = [];
        const visit = withinSubset({ first, count }, (lo, hi, length) => {
          assert.equal(hi.length, lo.length);
          seen.push(...lo.subarray(0, length));
        });
        for (const block of numbers) visit(Uint32Array.from(block), new Uint32Array(block.length), block.length);
        assert.deepEqual(seen, numbers.flat().slice(first, first + count));
      }),
    );
  });
});
