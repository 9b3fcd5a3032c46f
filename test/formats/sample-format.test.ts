import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../src/errors";
import {
  describeSampleFormat,
  parseSampleFormat,
  SAMPLE_FORMAT_IDS,
  sampleFormatId,
} from "../../src/formats/sample-format";

describe("a sample format's id", () => {
  for (const id of SAMPLE_FORMAT_IDS) {
    it(`${id} names one format`, () => assert.equal(sampleFormatId(parseSampleFormat(id)), id));
  }

  it("differs, and so do the words for it, between any two formats of the list", () => {
    const formats = SAMPLE_FORMAT_IDS.map(parseSampleFormat);
    assert.equal(new Set(SAMPLE_FORMAT_IDS).size, formats.length);
    assert.deepEqual(
      formats.map(describeSampleFormat).filter((text, i, all) => all.indexOf(text) !== i),
      [],
    );
  });

  it("names any column of any number of columns", () => {
    assert.deepEqual(parseSampleFormat("decimal:3/5-timestamps32"), {
      kind: "lines",
      radix: 10,
      columns: 5,
      column: 3,
      width: 32,
      values: "timestamps",
    });
  });

  for (const id of ["", "u24le", "u32le-seconds-nanoseconds", "decimal:0/2", "decimal:3/2", "BYTES", "u64"]) {
    it(`"${id}" is refused with the list of those that exist`, () => {
      assert.throws(
        () => parseSampleFormat(id),
        (error) => error instanceof UserError && error.remedy.includes("packed-msb"),
      );
    });
  }

  it("is read or refused with a UserError, whatever it is", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom(...SAMPLE_FORMAT_IDS)), (id) => {
        try {
          assert.equal(sampleFormatId(parseSampleFormat(id)), id);
        } catch (error) {
          assert.ok(error instanceof UserError);
        }
      }),
    );
  });
});
