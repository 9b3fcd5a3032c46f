import assert from "node:assert/strict";
import fc from "fast-check";
import { longestOptions, matrixSize, optionValue, parameterSets } from "../../src/boot/matrix";

describe("a matrix of parameters", () => {
  it("varies the last axis fastest, and the options of an axis together, as test-basic-config of Zircon does", () => {
    const axes = [
      { "kernel.jitterentropy.ml": [0, 128, 1], "kernel.jitterentropy.ll": [0, 16, 1] },
      { "kernel.jitterentropy.raw": [true, false] },
    ];
    const sets = parameterSets(axes).map(({ options }) => options.map(([name, value]) => `${name}=${value}`).join(" "));
    const points = ["ml=0 ll=0", "ml=128 ll=16", "ml=1 ll=1"].flatMap((p) => [`${p} raw=true`, `${p} raw=false`]);
    assert.deepEqual(
      sets,
      points.map((point) => point.replace(/\b(?=ml|ll|raw)/g, "kernel.jitterentropy.")),
    );
    assert.equal(matrixSize(axes), 6);
  });

  it("without axes is one point without options", () => {
    assert.deepEqual(parameterSets([]), [{ options: [] }]);
    assert.equal(matrixSize([]), 1);
  });

  it("counts the last of an option that comes twice", () => {
    const options = [
      ["raw", "true"],
      ["raw", "false"],
    ] as const;
    assert.equal(optionValue(options, "raw"), "false");
    assert.equal(optionValue(options, "ml"), null);
  });

  it("has its longest command line where each axis has its longest point", () => {
    const value = fc.oneof(fc.integer(), fc.boolean(), fc.string({ unit: "grapheme", maxLength: 6 }));
    const points = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 4 });
    const axis = fc
      .tuple(fc.string({ maxLength: 4 }), points)
      .map(([name, pairs]) => ({ [name]: pairs.map(([a]) => a), [`${name}'`]: pairs.map(([, b]) => b) }));
    const bytes = (options: readonly (readonly [string, string])[]): number =>
      Buffer.byteLength(options.map(([name, set]) => `${name}=${set} `).join(""));
    fc.assert(
      fc.property(fc.array(axis, { maxLength: 4 }), (axes) => {
        const lengths = parameterSets(axes).map(({ options }) => bytes(options));
        assert.equal(bytes(longestOptions(axes)), Math.max(...lengths));
      }),
    );
  });
});
