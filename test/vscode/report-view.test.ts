import assert from "node:assert/strict";
import { INVENTORY } from "../report/inventory-fixtures";
import { MACHINE_FAILED } from "../webview/fixtures";
import type { Item } from "../../src/vscode/items";
import { inspectorView, panelView } from "../../src/vscode/report-view";

const NEVER_RUN = { running: null, failure: null, report: null, inventory: null };
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

  it("is the inventory of a machine, beside what the checks said or alone", () => {
    const report = MACHINE_FAILED;
    const alone = inspectorView(machine, { ...NEVER_RUN, inventory: INVENTORY });
    assert.ok(alone.type === "not-run" && alone.inventory?.rows.length === 9);
    const beside = inspectorView(machine, { ...NEVER_RUN, report, inventory: INVENTORY });
    assert.ok(beside.type === "report" && beside.view.inventory?.takenAt === INVENTORY.takenAt);
  });
});

describe("what the report panel shows of an item", () => {
  it("is the report, or else the inventory of a machine that was not checked, or else nothing", () => {
    assert.equal(panelView(NEVER_RUN), null);
    assert.equal(panelView({ ...NEVER_RUN, inventory: INVENTORY })?.type, "inventory");
    const both = panelView({ ...NEVER_RUN, report: MACHINE_FAILED, inventory: INVENTORY });
    assert.ok(both?.type === "report" && both.view.inventory !== null);
  });
});
