import assert from "node:assert/strict";
import fc from "fast-check";
import { fixed, general } from "../../src/report/c-format";

describe("numbers as C prints them", () => {
  // glibc's printf
  for (const [value, text] of [
    [0, "0"],
    [1, "1"],
    [500055, "500055"],
    [0.1, "0.10000000000000001"],
    [0.7, "0.69999999999999996"],
    [2.5, "2.5"],
    [0.0001, "0.0001"],
    [0.00001, "1.0000000000000001e-05"],
    [9.2270177388872835e-21, "9.2270177388872835e-21"],
    [-0.25, "-0.25"],
    [1e16, "10000000000000000"],
    [1e17, "1e+17"],
    [1.5e300, "1.5000000000000001e+300"],
    [-0, "-0"],
    [2 ** -25, "2.9802322387695312e-08"],
    [3 * 2 ** -25, "8.9406967163085938e-08"],
    [0.5 + 2 ** -18, "0.50000381469726562"],
  ] as const)
    it(`%.17g of ${value} is ${text}`, () => assert.equal(general(value), text));

  it("%.17g reads back as the same double", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        assert.equal(Number(general(value)), value);
      }),
    );
  });

  it("%.4g rounds to four digits, the exponent included", () => {
    assert.deepEqual([general(9999.6, 4), general(0.00099996, 4), general(1234.5, 4)], ["1e+04", "0.001", "1234"]);
  });

  it("%f has six digits", () => assert.deepEqual([fixed(7.5878928077), fixed(0)], ["7.587893", "0.000000"]));

  it("%f gives a negative zero its sign, and the even text to what lies between two", () => {
    assert.deepEqual([-0, 0.0078125, 0.0234375, -0.0078125].map(fixed), [
      "-0.000000",
      "0.007812",
      "0.023438",
      "-0.007812",
    ]);
  });
});
