import assert from "node:assert/strict";
import type { Report } from "../../src/model";
import { alphaChoices, ruleChoices, suggestEntropy, trackChoices } from "../../src/vscode/test-choices";
import { samplesReport } from "../report/fixtures";
import { cloudReport } from "./fixtures";

function assessed(file: string, minEntropy: number | null): Report {
  return { ...samplesReport, source: { ...samplesReport.source, file }, minEntropy };
}

describe("the entropy that tests are suggested to run against", () => {
  const reports = [cloudReport(), assessed("/lab/a.bin", 6.5), assessed("/lab/b.bin", 3.25)];

  it("is that of the last time", () => {
    assert.deepEqual(suggestEntropy(5, reports, "/lab/a.bin", 8), { value: 5, from: "as last time" });
  });

  it("is what the file was assessed at, if it never was tested", () => {
    const suggested = suggestEntropy(null, reports, "/lab/b.bin", 8);
    assert.deepEqual(suggested, { value: 3.25, from: "as this file was assessed" });
  });

  it("is what the only file that was assessed was, if the file itself was not", () => {
    const suggested = suggestEntropy(null, reports.slice(0, 2), "/lab/restarts", 8);
    assert.deepEqual(suggested, { value: 6.5, from: "as a.bin was assessed" });
  });

  it("is none when several files were assessed, or none, or nothing could be computed", () => {
    assert.equal(suggestEntropy(null, reports, "/lab/restarts", 8), null);
    assert.equal(suggestEntropy(null, [cloudReport()], "/lab/restarts", 8), null);
    assert.equal(suggestEntropy(null, [assessed("/lab/a.bin", null)], "/lab/a.bin", 8), null);
  });

  it("is never more than the samples are wide, and never nothing", () => {
    assert.equal(suggestEntropy(5, reports, "/lab/a.bin", 4), null);
    assert.equal(suggestEntropy(5, reports, "/lab/b.bin", 4)?.value, 3.25);
    assert.equal(suggestEntropy(null, [assessed("/lab/zeros.bin", 0)], "/lab/zeros.bin", 8), null);
  });
});

describe("the choice of alpha", () => {
  it("offers the usual one first, and what it means", () => {
    assert.deepEqual(
      alphaChoices(2 ** -20, null).map(({ label, description }) => [label, description]),
      [
        ["2^-20", "the usual one, once in 1,048,576"],
        ["2^-30", "once in 1,073,741,824"],
        ["2^-40", "once in 1,099,511,627,776"],
      ],
    );
  });

  it("offers that of the last time first, and each once", () => {
    const labels = (last: number) => alphaChoices(2 ** -20, last).map(({ label }) => label);
    assert.deepEqual(labels(2 ** -30), ["2^-30", "2^-20", "2^-40"]);
    assert.deepEqual(labels(0.001), ["2^-9.96578", "2^-20", "2^-30", "2^-40"]);
  });
});

describe("the choice of a track", () => {
  it("begins with that of the last time", () => {
    const tracks = (last: "iid" | "non-iid") => trackChoices(last).map(({ value }) => value);
    assert.deepEqual(tracks("non-iid"), ["non-iid", "iid"]);
    assert.deepEqual(tracks("iid"), ["iid", "non-iid"]);
  });
});

describe("the choice of the cutoff's rule", () => {
  it("offers the likely one first", () => {
    const rules = (likely: "sp800-90b" | "corrected") => ruleChoices(likely).map(({ value }) => value);
    assert.deepEqual(rules("sp800-90b"), ["sp800-90b", "corrected"]);
    assert.deepEqual(rules("corrected"), ["corrected", "sp800-90b"]);
  });
});
