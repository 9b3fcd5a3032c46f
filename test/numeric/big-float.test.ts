import assert from "node:assert/strict";
import fc from "fast-check";
import {
  add,
  bigFloat,
  compare,
  divide,
  log2,
  log2OnePlus,
  multiply,
  negate,
  powerOfTwo,
  squareRoot,
  subtract,
  type BigFloat,
} from "../../src/numeric/big-float";
import { generalTruncated } from "../../src/numeric/long-double";

const integers = fc.bigInt({ min: -(2n ** 300n), max: 2n ** 300n });
const positive = fc
  .tuple(fc.bigInt({ min: 1n, max: 2n ** 100n }), fc.integer({ min: -300, max: 200 }))
  .map(([mantissa, exponent]) => bigFloat(mantissa, exponent));

/** |a - b| <= 2^-180 |b| */
function close(a: BigFloat, b: BigFloat): void {
  const difference = subtract(a, b);
  const size = b.mantissa < 0n ? negate(b) : b;
  const off = difference.mantissa < 0n ? negate(difference) : difference;
  assert.ok(compare(off, multiply(size, bigFloat(1, -180))) <= 0);
}

describe("192-bit floating-point numbers", () => {
  // mpmath 1.3, 60 digits
  for (const [what, value, expected] of [
    ["sqrt 2", squareRoot(bigFloat(2)), "1.4142135623730950488016887242096980785696718753769"],
    ["sqrt 2^-301", squareRoot(bigFloat(1, -301)), "4.9543382329518674845061333376957199462737460514700e-46"],
    ["2^-1.5", powerOfTwo(bigFloat(-3, -1)), "0.35355339059327376220042218105242451964241796884423"],
    ["log2 3", log2(bigFloat(3)), "1.5849625007211561814537389439478165087598144076924"],
    ["log2 (1 + 2^-100)", log2OnePlus(bigFloat(1, -100)), "1.1380857159135323136872512111519108002220429445545e-30"],
    ["log2 10", log2OnePlus(bigFloat(9)), "3.3219280948873623478703194294893901758648313930245"],
  ] as const)
    it(`have 50 digits of ${what}`, () => {
      const [mantissa, power = ""] = expected.split("e");
      const exact = mantissa.replace(/0+$/, "") + (power === "" ? "" : `e${power}`);
      assert.equal(generalTruncated(value, 50), exact);
    });

  it("add, subtract and multiply whole numbers exactly as long as they fit", () => {
    const small = fc.bigInt({ min: -(2n ** 90n), max: 2n ** 90n });
    fc.assert(
      fc.property(small, small, (a, b) => {
        assert.equal(compare(add(bigFloat(a), bigFloat(b)), bigFloat(a + b)), 0);
        assert.equal(compare(subtract(bigFloat(a), bigFloat(b)), bigFloat(a - b)), 0);
        assert.equal(compare(multiply(bigFloat(a), bigFloat(b)), bigFloat(a * b)), 0);
      }),
    );
  });

  it("cut longer ones towards zero, by less than the last place", () => {
    fc.assert(
      fc.property(integers, (n) => {
        const cut = bigFloat(n);
        const value = cut.mantissa << BigInt(cut.exponent);
        const [size, kept] = n < 0n ? [-n, -value] : [n, value];
        assert.ok(kept <= size && size - kept < size / 2n ** 190n + 1n);
      }),
    );
  });

  it("undo division by multiplication, roots by squares, powers by logarithms", () => {
    fc.assert(
      fc.property(positive, positive, (a, b) => {
        close(multiply(divide(a, b), b), a);
        const root = squareRoot(a);
        close(multiply(root, root), a);
        close(powerOfTwo(log2(a)), a);
      }),
    );
  });
});
