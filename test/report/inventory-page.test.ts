import assert from "node:assert/strict";
import { openLocalMachine } from "../../src/machine/local";
import { takeInventory } from "../../src/machine/inventory";
import { header } from "../../src/report/build";
import { inventoryPage } from "../../src/report/inventory-page";
import { inventoryRows } from "../../src/report/inventory-text";
import { pageToMarkdown } from "../../src/report/page";
import type { InventoryReport } from "../../src/model/inventory";

describe("the page on a machine's inventory", () => {
  let report: InventoryReport;
  before(async () => {
    const taking = takeInventory(
      openLocalMachine({ kind: "local", name: "this machine" }),
      new AbortController().signal,
    );
    let step = await taking.next();
    while (step.done !== true) step = await taking.next();
    const entropyAvail = {
      status: "unmeasured",
      provenance: step.value.entropyAvail.provenance,
      reason: "the account may not read it",
      remedy: "Log in as root.",
    } as const;
    report = {
      ...header("inventory"),
      source: { kind: "machine", name: "probe <b>1</b>", address: "local" },
      takenAt: "2026-01-01T00:00:00.000Z",
      inventory: { ...step.value, entropyAvail },
    };
  });

  it("has each fact with what was asked for it", () => {
    const page = inventoryPage(report);
    for (const { label, observation } of inventoryRows(report)) {
      const at = page.findIndex((block) => block.kind === "heading" && block.text === label);
      const [found, asked] = page.slice(at + 1);
      assert.ok(found.kind === "paragraph" && asked.kind === "code", label);
      assert.equal(asked.text, observation.provenance.asked);
      if (observation.status === "measured") assert.equal(found.text, observation.value);
    }
  });

  it("says why something is not known, and what to do", () => {
    const told = inventoryPage(report).flatMap((block) => (block.kind === "paragraph" ? [block.text] : []));
    assert.ok(told.includes("Not known: the account may not read it. Log in as root."));
  });

  it("shows a machine's name as it is, never as markup", () => {
    assert.doesNotMatch(pageToMarkdown(inventoryPage(report)), /<b>/);
  });
});
