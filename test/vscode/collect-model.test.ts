import assert from "node:assert/strict";
import { parseSampleFormat } from "../../src/formats/sample-format";
import { limitOf } from "../../src/operations/intake";
import { fileNameFor, readingChoices, sourceChoices, testedBits } from "../../src/vscode/collect-model";

describe("what is asked before samples are collected", () => {
  it("is one of every source, noise sources first and those of the person's own last", () => {
    assert.deepEqual(
      sourceChoices().map(({ value }) => value),
      ["hwrng", "jitter-kernel", "jitter-recorder", "random", "urandom", "command", "file"],
    );
  });

  it("offers no format whose samples cannot be counted while they come", () => {
    const formats = readingChoices("command").flatMap(({ value }) => (value.format === null ? [] : [value.format]));
    assert.ok(formats.length > 20);
    for (const format of formats) assert.ok(limitOf(parseSampleFormat(format), 1000).count >= 125, format);
  });

  it("suggests for a recorder what it is known to give, and for anything else bytes of eight bits", () => {
    assert.deepEqual(readingChoices("jitter-kernel")[0].value, { format: null, bits: null });
    assert.deepEqual(readingChoices("jitter-recorder")[0].value, { format: null, bits: null });
    for (const kind of ["hwrng", "random", "urandom", "command", "file"] as const)
      assert.deepEqual(readingChoices(kind)[0].value, { format: "bytes", bits: 8 });
  });

  it("has as many bits of a sample tested as it was said to have, eight at most", () => {
    assert.equal(testedBits({ format: "bytes", bits: 3 }), 3);
    assert.equal(testedBits({ format: "packed-msb", bits: null }), 1);
    assert.equal(testedBits({ format: "u64le-timestamps", bits: null }), 8);
    assert.equal(testedBits({ format: null, bits: null }), 8);
  });

  it("names the file after machine and source, whatever characters are in the machine's name", () => {
    assert.equal(fileNameFor("probe-1", "hwrng"), "probe-1-hwrng.bin");
    assert.equal(fileNameFor("ssh://me@[fe80::1]:22", "random"), "ssh-me-fe80-1-22-random.bin");
    assert.equal(fileNameFor("../../etc/x y", "file"), "..-..-etc-x-y-file.bin");
  });
});
