import assert from "node:assert/strict";
import { idOf, itemOf, longTitleOf, placeOfItem } from "../../src/vscode/items";
import { samplesReport } from "../report/fixtures";
import { HEALTH_FAILED, HEALTH_HOPELESS, RESTART_COLD, RESTART_WEAK_COLUMNS } from "../report/tests-fixtures";

describe("the item that a report is of", () => {
  it("of restart tests can be run again as before", () => {
    assert.deepEqual(itemOf(RESTART_COLD), {
      kind: "restart",
      path: "/home/lab/captures/restarts-cold.bin",
      bits: 4,
      format: "bytes",
      hI: 3.5,
      track: "non-iid",
    });
  });

  it("leaves the width and the format to the data where they were", () => {
    const { input } = RESTART_COLD;
    const [decoded] = input.preparation;
    assert.ok(decoded.step === "decoded");
    const guessed = { ...input, bitsInferred: true, preparation: [{ ...decoded, guessedBecause: "by size" }] };
    const item = itemOf({ ...RESTART_COLD, input: guessed });
    assert.ok(item.kind === "restart");
    assert.deepEqual([item.bits, item.format], [null, null]);
  });

  it("of health tests can be run again as before", () => {
    assert.deepEqual(itemOf(HEALTH_HOPELESS), {
      kind: "health-tests",
      file: "/home/lab/captures/sticky-bits.bin",
      bits: 1,
      format: "bytes",
      minEntropy: 0.9,
      alpha: 2 ** -30,
      rule: "corrected",
      startUpSamples: 1024,
    });
  });

  it("is another one for each thing that is done with a file", () => {
    const { file } = samplesReport.source;
    const items = [
      itemOf(samplesReport),
      { ...itemOf(HEALTH_FAILED), file },
      { ...itemOf(RESTART_WEAK_COLUMNS), path: file },
    ];
    assert.equal(new Set(items.map(idOf)).size, 3);
    assert.equal(new Set(items.map(longTitleOf)).size, 3);
    assert.deepEqual(items.map(placeOfItem), [file, file, file]);
  });
});
