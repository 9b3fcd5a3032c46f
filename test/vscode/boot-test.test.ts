import assert from "node:assert/strict";
import { reportFromJson, reportToJson } from "../../src/report/json";
import { documentsOf } from "../../src/vscode/documents/of-report";
import { isBootTestFile } from "../../src/vscode/boot-test-name";
import { idOf, itemOf, titleOf } from "../../src/vscode/items";
import { bootTestChoices } from "../../src/vscode/picker-model";
import { problemsOf } from "../../src/vscode/problems";
import { reportView } from "../../src/vscode/report-view";
import { standingOf, summaryOf } from "../../src/vscode/summary";
import { BOOT_MATRIX, BOOT_NOTHING, BOOT_SINGLE } from "../report/boot-test-fixtures";
import { cloudReport } from "./fixtures";

describe("a boot test in the editor", () => {
  it("is known by its definition, and is run again as it was run", () => {
    const item = itemOf({ ...BOOT_MATRIX, onlyMissing: true });
    assert.deepEqual(item, { kind: "boot-test", file: "/lab/jitter.boot-test.yaml", onlyMissing: true });
    assert.equal(idOf(item), idOf(itemOf(BOOT_MATRIX)));
    assert.equal(titleOf(item), "jitter.boot-test.yaml");
  });

  it("comes back whole from the file that outlives the window", () => {
    assert.deepEqual(reportFromJson(reportToJson(BOOT_MATRIX), "a.json"), BOOT_MATRIX);
  });

  it("is summed up by its runs, its failed boots and what was found", () => {
    assert.equal(summaryOf(BOOT_MATRIX), "10 runs assessed, 2 boots failed, 2 warnings");
    assert.equal(summaryOf(BOOT_SINGLE), "1 run assessed");
    assert.equal(summaryOf(BOOT_NOTHING), "0 runs assessed, 1 boot failed");
    assert.deepEqual(
      [BOOT_MATRIX, BOOT_SINGLE, BOOT_NOTHING].map((report) => standingOf(report)),
      ["warning", "assessed", "inconclusive"],
    );
  });

  it("has its failed boots on the definition, and each finding on its run's line", () => {
    const [failed, ...findings] = problemsOf(BOOT_MATRIX);
    assert.deepEqual(
      [failed.at, failed.severity],
      [{ type: "file", file: "/lab/jitter.boot-test.yaml", line: 0 }, "warning"],
    );
    assert.match(failed.message, /^Boot test jitter: 2 boots failed\. Run 10: The kernel panicked/);
    const lines = documentsOf(BOOT_MATRIX).get("boot-test.yaml")?.text.split("\n") ?? [];
    assert.deepEqual(
      findings.map(({ at }) => lines[at.line].trim()),
      ["- run: 0", "- run: 1"],
    );
  });

  it("has no problem where nothing failed and nothing was found", () => {
    assert.deepEqual(problemsOf(BOOT_SINGLE), []);
  });

  it("is shown with what has to be borne in mind, which other reports have none of", () => {
    const { comparison, figures } = reportView(BOOT_MATRIX, null).caveats;
    assert.match(comparison ?? "", /no measure of the source/);
    assert.deepEqual(
      figures.map((text) => text.slice(0, 30)),
      ["The times are those of an emul", "Runs with the same parameters "],
    );
    assert.deepEqual(reportView(BOOT_SINGLE, null).caveats, { comparison: null, figures: [] });
    assert.deepEqual(reportView(cloudReport(), null).caveats, { comparison: null, figures: [] });
  });
});

describe("the definitions of boot tests", () => {
  it("are the files that are named so", () => {
    const names = ["a.boot-test.yaml", "/x/a.boot-test.yml", "boot-test.yaml", "a.boot-test.yaml.bak", "a.yaml"];
    assert.deepEqual(names.map(isBootTestFile), [true, true, false, false, false]);
  });

  it("are offered by name, that which is being edited first, though it is in no folder", () => {
    const found = ["/w/b.boot-test.yaml", "/w/a.boot-test.yaml"];
    const told = (current: string | null) => bootTestChoices(found, current, (file) => file).map(({ value }) => value);
    assert.deepEqual(told(null), ["/w/a.boot-test.yaml", "/w/b.boot-test.yaml"]);
    assert.deepEqual(told("/w/b.boot-test.yaml"), ["/w/b.boot-test.yaml", "/w/a.boot-test.yaml"]);
    assert.deepEqual(told("/else/c.boot-test.yaml"), ["/else/c.boot-test.yaml", ...told(null)]);
    assert.equal(bootTestChoices(found, null, (file) => file)[0].label, "$(debug-start) a.boot-test.yaml");
  });
});
