import assert from "node:assert/strict";
import fc from "fast-check";
import { bigFloat, bitLength, compare } from "../../src/numeric/big-float";
import { generalTruncated, longDoubleOf, toLongDouble } from "../../src/numeric/long-double";

describe("x87's long double", () => {
  // glibc on x86-64 with FE_TOWARDZERO: printf("%.22Lg", strtold(...))
  for (const [value, text] of [
    [0.7, "0.6999999999999999999891"],
    [300, "300"],
    [1e-7, "9.999999999999999999845e-08"],
    [100000, "100000"],
    [123456.789, "123456.7889999999999943"],
    [1e21, "1000000000000000000000"],
  ] as const)
    it(`of ${value} is ${text} in 22 digits, rounded down`, () => {
      assert.equal(generalTruncated(longDoubleOf(value), 22), text);
    });

  it("rounds to 64 bits, to the nearest or towards zero", () => {
    const mantissa = 2n ** 65n + 3n;
    assert.equal(compare(toLongDouble(bigFloat(mantissa), "nearest"), bigFloat(2n ** 65n + 4n)), 0);
    assert.equal(compare(toLongDouble(bigFloat(mantissa), "towards-zero"), bigFloat(2n ** 65n)), 0);
    assert.equal(compare(toLongDouble(bigFloat(-mantissa), "towards-zero"), bigFloat(-(2n ** 65n))), 0);
  });

  it("is never above the number it is read from, and prints as the same double", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), (value) => {
        const read = longDoubleOf(value);
        assert.ok(bitLength(read.mantissa) <= 64);
        const printed = Number(generalTruncated(read, 22));
        assert.ok(printed <= value && value - printed <= value * 2 ** -52);
      }),
    );
  });
});
