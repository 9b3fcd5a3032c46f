import assert from "node:assert/strict";
import { matrixSize, optionValue, parameterSets } from "../../src/boot/matrix";

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
});
