import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { restartTests } from "../../src/operations/restart-tests";
import { restartMatrices } from "../sp800-90b/restart-matrices";
import { useWorkers } from "../workers/fixture";

describe("the restart tests on the IID track", () => {
  const folder = mkdtempSync(join(tmpdir(), "entropy-check-restart-iid-"));
  const workers = useWorkers();
  after(() => rmSync(folder, { recursive: true }));

  const start = (name: keyof typeof restartMatrices, bits: number, hI: number, signal: AbortSignal) => {
    const path = join(folder, `${name}.bin`);
    writeFileSync(path, restartMatrices[name]());
    const reading = { format: null, reduction: { kind: "automatic" } } as const;
    return restartTests({ path, bits, hI, track: "iid", ...reading }, workers, signal);
  };

  it("permute the row dataset first, telling its counts, and stop at once when they are aborted", async () => {
    const abort = new AbortController();
    const messages: string[] = [];
    await assert.rejects(async () => {
      for await (const event of start("uniform-8", 8, 7, abort.signal)) {
        if (event.type === "progress") messages.push(event.message);
        if (event.type === "permutations") abort.abort(new Error("enough"));
      }
    }, /enough/);
    assert.ok(messages.includes("Chi-square tests, longest repeated substring (rows)"), messages.join());
  });

  it("permute nothing after a failed sanity check", async () => {
    for await (const event of start("cold-4", 4, 3.5, new AbortController().signal)) {
      assert.notEqual(event.type, "permutations");
      if (event.type === "report")
        assert.deepEqual([event.report.track, event.report.iid, event.report.verdict], ["iid", null, "fail"]);
    }
  });
});
