import assert from "node:assert/strict";
import type { Item } from "../../src/vscode/items";
import { inspectorView } from "../../src/vscode/report-view";

const NEVER_RUN = { running: null, failure: null, report: null };
const machine: Item = { kind: "machine", name: "probe", address: "ssh://me@probe:22" };

describe("what the inspector shows of an item", () => {
  it("says of one that was never run what a run would ask, and of whom", () => {
    const view = inspectorView(machine, NEVER_RUN);
    assert.equal(view.type, "not-run");
    assert.match(view.detail, /rngd.*entropy_avail.*FIPS 140-2.*\(ssh:\/\/me@probe:22\)$/);
  });

  it("is the run while one goes on, and the failure after one that could not run", () => {
    const running = { message: "Connecting", fraction: null, permutations: null, estimates: null };
    assert.equal(inspectorView(machine, { ...NEVER_RUN, running }).type, "running");
    const failure = { message: "It does not answer.", remedy: "Start it." };
    assert.deepEqual(inspectorView(machine, { ...NEVER_RUN, failure }), {
      type: "failed",
      item: "machine:probe",
      title: "probe",
      ...failure,
    });
  });
});
