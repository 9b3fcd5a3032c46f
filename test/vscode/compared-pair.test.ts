import assert from "node:assert/strict";
import fc from "fast-check";
import { pairAt, placeOfPair } from "../../src/vscode/documents/compared-pair";
import { rawAgainstProcessedDocument } from "../../src/vscode/documents/raw-against-processed";
import { samplesReport } from "../report/fixtures";
import { cloudReport } from "./fixtures";

describe("the address of a comparison", () => {
  it("leads back to the pair that it was made of, whatever the files are called", () => {
    const pairs = fc.record({ raw: fc.string(), processed: fc.string(), isDemonstration: fc.boolean() });
    fc.assert(fc.property(pairs, (pair) => assert.deepEqual(pairAt(placeOfPair(pair)), { ...pair })));
  });

  it("is no other document's", () => {
    const { path, query } = placeOfPair({ raw: "a", processed: "b", isDemonstration: false });
    for (const other of [
      { path: "/comparison/assessment.yaml", query },
      { path: `/elsewhere${path}`, query },
      { path, query: "" },
      { path, query: '["a"]' },
      { path, query: '["a", 1]' },
      { path, query: "null" },
    ])
      assert.equal(pairAt(other), null, `${other.path}?${other.query}`);
  });
});

describe("the page of a comparison", () => {
  it("tells how the data were made only of the demonstration", () => {
    const made = /openssl enc|openssl\\ enc/;
    assert.match(rawAgainstProcessedDocument(samplesReport, samplesReport, true) ?? "", made);
    assert.doesNotMatch(rawAgainstProcessedDocument(samplesReport, samplesReport, false) ?? "", made);
  });

  it("is none as long as one of the two is not assessed", () => {
    assert.equal(rawAgainstProcessedDocument(samplesReport, null, false), null);
    assert.equal(rawAgainstProcessedDocument(cloudReport(), samplesReport, false), null);
  });
});
