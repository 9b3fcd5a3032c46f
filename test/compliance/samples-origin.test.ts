import assert from "node:assert/strict";
import { judgeOrigin } from "../../src/compliance/samples-origin";

const subject = { kind: "samples", id: "/x/a.bin", name: "a.bin" } as const;
const origin = (digestAgrees: boolean | null) => ({
  metaFile: "/x/a.meta",
  entries: [["sha256", "cd".repeat(32)]] as const,
  digestAgrees,
});

describe("the rule that samples are what their .meta file tells of", () => {
  it("passes where the SHA-256 is the same", () => {
    const [finding, ...others] = judgeOrigin(origin(true), "cd".repeat(32), subject);
    assert.deepEqual([finding.verdict, finding.remedy, others], ["pass", null, []]);
  });

  it("warns where it differs, and shows both", () => {
    const [{ verdict, severity, message, evidence, remedy }] = judgeOrigin(origin(false), "ab".repeat(32), subject);
    assert.deepEqual([verdict, severity], ["fail", "warning"]);
    assert.match(message, /SHA-256 differ/);
    assert.deepEqual(
      evidence.map(({ value }) => value),
      ["ab".repeat(32), "cd".repeat(32)],
    );
    assert.notEqual(remedy, null);
  });

  it("says nothing where there is no .meta file, or it names none", () => {
    assert.deepEqual(judgeOrigin(null, "ab", subject), []);
    assert.deepEqual(judgeOrigin(origin(null), "ab", subject), []);
  });
});
