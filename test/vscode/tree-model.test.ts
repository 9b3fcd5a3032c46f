import assert from "node:assert/strict";
import { NON_IID, type Item } from "../../src/vscode/items";
import { idOf, itemOf } from "../../src/vscode/items";
import { NOT_RUN, type ItemState } from "../../src/vscode/states";
import { treeOf, type TreeLeaf } from "../../src/vscode/tree-model";
import { samplesReport } from "../report/fixtures";
import {
  HEALTH_FAILED,
  HEALTH_PASSED,
  HEALTH_TOO_FEW,
  RESTART_COLD,
  RESTART_PASSED,
  RESTART_WEAK_COLUMNS,
} from "../report/tests-fixtures";
import { cloudReport, findingOf, machineReport } from "./fixtures";

const cloud: Item = { kind: "cloud", name: "mycloud", file: "/home/me/clouds.yaml" };
const machine: Item = { kind: "machine", name: "host", address: "ssh://me@host:22" };
const samples: Item = { kind: "samples", file: "/tmp/noise.bin", bits: null, format: null, method: NON_IID };
const NOW = new Date("2026-01-01T00:02:30.000Z");
const BEFORE = "2026-01-01T00:00:01.000Z";

function leaf(item: Item, state: ItemState, demo = false): TreeLeaf {
  return treeOf(
    [item],
    () => state,
    () => demo,
    NOW,
  )[0].leaves[0];
}

describe("the side panel's tree", () => {
  it("is empty without items, so that VS Code shows the welcome", () => {
    assert.deepEqual(
      treeOf(
        [],
        () => NOT_RUN,
        () => false,
        NOW,
      ),
      [],
    );
  });

  it("has a group for each kind that there is, in the order clouds, machines, sample files, tests", () => {
    const groups = treeOf(
      [itemOf(HEALTH_FAILED), itemOf(RESTART_COLD), samples, machine, cloud],
      () => NOT_RUN,
      () => false,
      NOW,
    );
    assert.deepEqual(
      groups.map(({ label, leaves }) => [label, leaves.map((l) => l.label)]),
      [
        ["Clouds", ["mycloud"]],
        ["Machines", ["host"]],
        ["Sample Files", ["noise.bin"]],
        ["Restart Tests", ["restarts-cold.bin"]],
        ["Health Tests", ["stuck.bin"]],
      ],
    );
    assert.equal(
      treeOf(
        [samples],
        () => NOT_RUN,
        () => false,
        NOW,
      ).length,
      1,
    );
  });

  it("gives each item the state that is known of it", () => {
    const states = new Map([[idOf(machine), { ...NOT_RUN, report: machineReport() }]]);
    const groups = treeOf(
      [cloud, machine],
      (id) => states.get(id) ?? NOT_RUN,
      () => false,
      NOW,
    );
    assert.deepEqual(
      groups.flatMap(({ leaves }) => leaves.map(({ icon }) => icon)),
      ["cloud", "error"],
    );
  });

  it("shows an item that was not run yet by its kind", () => {
    const { icon, description, tooltip, context } = leaf(cloud, NOT_RUN);
    assert.deepEqual([icon, description, context], ["cloud", "", "item cloud"]);
    assert.equal(tooltip, "/home/me/clouds.yaml\nNot checked yet.");
  });

  it("shows the last result and its age", () => {
    const { icon, description, context } = leaf(cloud, { ...NOT_RUN, report: cloudReport() });
    assert.deepEqual([icon, description, context], ["warning", "2 warnings, 2 min ago", "item cloud result"]);
  });

  it("says that an item belongs to the demo", () => {
    assert.equal(leaf(cloud, NOT_RUN, true).description, "demo");
    assert.equal(leaf(cloud, { ...NOT_RUN, report: cloudReport() }, true).description, "demo · 2 warnings, 2 min ago");
  });

  it("shows what runs, whatever the last result was", () => {
    const state = {
      ...NOT_RUN,
      report: cloudReport(),
      running: { message: "Listing images", fraction: 0.5, permutations: null, estimates: null },
    };
    assert.deepEqual([leaf(cloud, state).icon, leaf(cloud, state).description], ["running", "Listing images"]);
  });

  it("shows that the last run failed, why, and what was known before", () => {
    const state = { ...NOT_RUN, report: cloudReport(), failure: { message: "No answer.", remedy: "Look at it." } };
    const { icon, description, tooltip, context } = leaf(cloud, state);
    assert.deepEqual([icon, description, context], ["failed", "could not run", "item cloud result failed"]);
    assert.equal(tooltip, "/home/me/clouds.yaml\nNo answer.\nLook at it.\nBefore that: 2 warnings, 2 min ago");
  });

  it("marks a result by the worst that it says", () => {
    const icon = (part: Parameters<typeof cloudReport>[0]) =>
      leaf(cloud, { ...NOT_RUN, report: cloudReport(part) }).icon;
    assert.equal(icon({ findings: [findingOf({ verdict: "pass" })] }), "pass");
    assert.equal(icon({ findings: [findingOf({ severity: "info" })] }), "pass");
    assert.equal(icon({}), "warning");
    assert.equal(icon({ verdict: "inconclusive", findings: [findingOf({ verdict: "inconclusive" })] }), "inconclusive");
    assert.equal(icon({ verdict: "fail", findings: [findingOf({ severity: "error" }), findingOf({})] }), "error");
  });

  it("shows what restart tests award, or in which of them it was lost", () => {
    const told = [RESTART_PASSED, RESTART_COLD, RESTART_WEAK_COLUMNS].map((report) => {
      const { icon, description } = leaf(itemOf(report), { ...NOT_RUN, report: { ...report, finishedAt: BEFORE } });
      return [icon, description];
    });
    assert.deepEqual(told, [
      ["pass", "passed, 7.0000 bits awarded, 2 min ago"],
      ["error", "failed in the sanity check, no entropy awarded, 2 min ago"],
      ["error", "failed in the validation, no entropy awarded, 2 min ago"],
    ]);
  });

  it("shows how often health tests failed", () => {
    const told = [HEALTH_PASSED, HEALTH_FAILED, HEALTH_TOO_FEW].map((report) => {
      const { icon, description } = leaf(itemOf(report), { ...NOT_RUN, report: { ...report, finishedAt: BEFORE } });
      return [icon, description];
    });
    assert.deepEqual(told, [
      ["pass", "passed, 2 min ago"],
      ["error", "failed, 3 failures, 2 min ago"],
      ["inconclusive", "inconclusive: too few samples, 2 min ago"],
    ]);
  });

  it("shows the min-entropy of samples", () => {
    const { description } = leaf(samples, { ...NOT_RUN, report: samplesReport });
    assert.equal(description, "0.2500 of 1 bit min-entropy, 1 warning, 2 min ago");
  });
});
