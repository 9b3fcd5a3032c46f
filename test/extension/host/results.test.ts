import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { idOf, itemOf } from "../../../src/vscode/items";
import { REPORT_PANEL } from "../../../src/vscode/manifest";
import { ReportPanels } from "../../../src/vscode/report-panels";
import { Results } from "../../../src/vscode/results";
import { machineReport } from "../../vscode/fixtures";

describe("Results", () => {
  const report = machineReport();
  const item = itemOf(report);
  const id = idOf(item);
  const log = vscode.window.createOutputChannel("results.test", { log: true });
  let folder: string;
  let results: Results;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "entropy-check-results-"));
    results = new Results(vscode.Uri.file(join(folder, "results")), log);
  });
  afterEach(async () => {
    // or it would make its folder anew
    await results.ready;
    results.dispose();
    await rm(folder, { recursive: true });
  });
  after(() => log.dispose());

  it("are read back by the next window, and gone from it once they are removed", async () => {
    await results.finished(item, report);
    const next = new Results(vscode.Uri.file(join(folder, "results")), log);
    await next.ready;
    assert.deepEqual(next.state(id).report, report);
    await next.remove(id);
    assert.deepEqual(next.reports(), []);
    await results.remove(id);
    assert.deepEqual(results.reports(), []);
  });

  it("are shown, and can be removed, where nothing can be written", async () => {
    await writeFile(join(folder, "file"), "");
    const homeless = new Results(vscode.Uri.file(join(folder, "file", "results")), log);
    await homeless.ready;
    await homeless.finished(item, report);
    assert.equal(homeless.state(id).report, report);
    await rm(join(folder, "file"));
    await homeless.remove(id);
    assert.equal(homeless.state(id).report, null);
  });

  it("stay what a newer run has made of them when an older report is marked anew", async () => {
    const [older, newer] = [report, { ...report, finishedAt: new Date().toISOString() }];
    await results.finished(item, older);
    await results.finished(item, newer);
    await results.marked(older, { ...older });
    assert.equal(results.state(id).report, newer);

    results.failed(item, "It could not be reached.", "Try again.");
    const marked = { ...newer };
    await results.marked(newer, marked);
    assert.equal(results.state(id).report, marked);
    assert.notEqual(results.state(id).failure, null);
  });

  it("have one panel for an item, though the tab of an earlier window is looked at later", async () => {
    const extension = vscode.extensions.getExtension("entropy-check.entropy-check");
    assert.ok(extension);
    await results.finished(item, report);
    const panels = new ReportPanels(extension.extensionUri, results, () => undefined);
    panels.open(id, item);
    const earlier = vscode.window.createWebviewPanel(REPORT_PANEL, "earlier", vscode.ViewColumn.Active);
    let disposed = false;
    earlier.onDidDispose(() => (disposed = true));
    await panels.deserializeWebviewPanel(earlier, { item: id });
    assert.ok(disposed);
  });
});
