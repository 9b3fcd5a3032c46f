import assert from "node:assert/strict";
import { originLines } from "../../src/report/origin-text";

const origin = (digestAgrees: boolean | null) => ({
  metaFile: "/x/a.meta",
  entries: [
    ["source", "hwrng"],
    ["len", ""],
    ["cmdline", "quiet splash"],
    ["sha256", "abcd"],
  ] as const,
  digestAgrees,
});

describe("where samples are from, as text", () => {
  it("is each entry of the .meta file that says something", () => {
    assert.deepEqual(originLines(origin(null)), [
      "From, by /x/a.meta:",
      "  source            hwrng",
      "  cmdline           quiet splash",
      "  sha256            abcd",
    ]);
    assert.deepEqual(originLines(undefined), []);
  });

  it("says whether the SHA-256 is that of the samples", () => {
    assert.match(originLines(origin(true)).join("\n"), /abcd, as the samples have it$/);
    assert.match(originLines(origin(false)).join("\n"), /abcd, which is not that of the samples$/);
  });
});
