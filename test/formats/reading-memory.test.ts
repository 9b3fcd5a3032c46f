import assert from "node:assert/strict";
import fc from "fast-check";
import { estimateReadingMemory } from "../../src/formats/reading-memory";
import { meaningOfNumbers, parseSampleFormat, SAMPLE_FORMAT_IDS } from "../../src/formats/sample-format";
import { encode, greatest } from "./sample-data";

describe("the memory that reading a file takes", () => {
  it("is told for no fewer samples than the file has, and for exactly as many if it is binary", () => {
    const formats = fc.constantFrom(...SAMPLE_FORMAT_IDS.map(parseSampleFormat));
    fc.assert(
      fc.property(formats, fc.integer({ min: 1, max: 50 }), fc.boolean(), (format, count, small) => {
        const numbers = Array<bigint>(8 * count).fill(small ? 0n : greatest(format));
        const samples = numbers.length - (meaningOfNumbers(format) === "samples" ? 0 : 1);
        const file = encode(format, numbers);
        const estimate = estimateReadingMemory(format, file.length, null);
        assert.ok(estimate.samples >= samples);
        assert.ok(estimate.bytes > estimate.samples);
        if (format.kind !== "lines") assert.equal(estimate.samples, samples);
        // the last line need not end
        else assert.ok(estimateReadingMemory(format, file.length - 1, null).samples >= samples);
      }),
    );
  });

  it("is that of the subset's symbols where there is one, and of buffers that do not grow with the file", () => {
    const format = parseSampleFormat("u64le");
    const subset = { first: 0, count: 1_000_000 };
    const small = estimateReadingMemory(format, 8e6, subset);
    assert.equal(estimateReadingMemory(format, 8e12, subset).bytes, small.bytes);
    assert.ok(small.bytes > 1_000_000 && small.bytes < 3_000_000);
    assert.equal(estimateReadingMemory(format, 8e8, null).samples, 100_000_000);
  });
});
