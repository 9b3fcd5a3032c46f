import { FileType, Uri, ViewColumn, commands, window, workspace } from "vscode";
import type { RuleId } from "../model";
import { reportToJson } from "../report/json";
import type { Place } from "./documents/of-report";
import { documentUri, explanationUri, ruleUri } from "./documents/uris";
import { itemGone, noSourceFile } from "./errors";
import { consentOf } from "./instance-consent";
import {
  idOf,
  itemOf,
  longTitleOf,
  OF_ENVIRONMENT,
  placeOfItem,
  type CloudItem,
  type InstanceItem,
  type Item,
} from "./items";
import { SECTION, SETTINGS, VIEWS } from "./manifest";
import type { ReportPanels } from "./report-panels";
import type { Results } from "./results";
import type { Runner } from "./run";
import { instanceChoices } from "./settings";
import type { Sources } from "./sources";

/** Without the focus, which a question for a password may have by then. */
async function showSidePanel(): Promise<void> {
  await commands.executeCommand(`${VIEWS.sources}.focus`, { preserveFocus: true });
}

/** Asks before servers are made. */
async function consents(item: InstanceItem): Promise<boolean> {
  const { make, question, detail } = consentOf(item, instanceChoices());
  return (await window.showWarningMessage(question, { modal: true, detail }, make)) === make;
}

/** What can be done with an item, a rule or a result; commands and webviews ask for it. */
export class Actions {
  constructor(
    private readonly sources: Sources,
    private readonly results: Results,
    private readonly runner: Runner,
    private readonly panels: ReportPanels,
  ) {}

  /** Runs an item's check and shows its report; of a sample instance after a question, since servers cost money. */
  async run(item: Item): Promise<void> {
    if (item.kind === "instance") {
      if (!(await consents(item))) return;
      // its progress is seen there, and a window that begins with it again wakes us to offer the clean-up
      await showSidePanel();
    }
    const report = await this.runner.run(item);
    if (report !== null) this.panels.open(idOf(item), item);
  }

  /** Runs the checks of several clouds side by side; of one, as ever. Their results stand in the side panel. */
  async runAll(clouds: readonly CloudItem[]): Promise<void> {
    if (clouds.length === 0) return;
    if (clouds.length === 1) return this.run(clouds[0]);
    await showSidePanel();
    await this.runner.runAll(clouds);
  }

  /** @throws UserError when the item is neither listed nor remembered */
  async find(id: string): Promise<Item> {
    const item = await this.sources.find(id);
    if (item === null) throw itemGone();
    return item;
  }

  showReport(item: Item): void {
    this.panels.open(idOf(item), item);
  }

  async saveReport(item: Item): Promise<void> {
    const { report } = this.results.state(idOf(item));
    if (report === null) throw itemGone();
    const name = `${longTitleOf(item).replace(/[^\w.-]+/g, "-")}-report.json`;
    const folder = workspace.workspaceFolders?.[0]?.uri;
    const target = await window.showSaveDialog({
      title: "Save Report as JSON",
      filters: { JSON: ["json"] },
      ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, name) }),
    });
    if (target === undefined) return;
    await workspace.fs.writeFile(target, Buffer.from(reportToJson(report)));
    await window.showTextDocument(target);
  }

  /** Opens what an item is read from: the cloud's entry, what the machine answered, the sample file or the folder. */
  async openSource(item: Item): Promise<void> {
    const { report } = this.results.state(idOf(item));
    if ((item.kind === "cloud" || item.kind === "instance") && item.file === OF_ENVIRONMENT)
      throw noSourceFile(item.name);
    if (item.kind === "cloud") {
      const line = report?.kind === "cloud" ? (report.source.definedAt?.line ?? 0) : 0;
      await showLine(Uri.file(item.file), line);
    } else if (item.kind === "machine") {
      if (report === null)
        await commands.executeCommand("workbench.action.openSettings", `${SECTION}.${SETTINGS.machines.key}`);
      else await showPlace(item, { document: "live-checks.yaml", line: 0 });
    } else {
      const uri = Uri.file(placeOfItem(item));
      const { type } = await workspace.fs.stat(uri);
      await commands.executeCommand((type & FileType.Directory) === 0 ? "vscode.open" : "revealInExplorer", uri);
    }
  }

  async openRule(rule: RuleId): Promise<void> {
    await commands.executeCommand("markdown.showPreview", ruleUri(rule));
  }

  /**
   * Shows a page on one estimate of an item of samples.
   * @param estimate as `findEstimate` takes it: `lag:bitstring`
   */
  async explain(id: string, estimate: string): Promise<void> {
    const { report } = this.results.state(id);
    if (report === null) throw itemGone();
    await commands.executeCommand("markdown.showPreview", explanationUri(itemOf(report), estimate));
  }

  /**
   * Shows the assessment of one run of a boot test like that of any file of samples; a later one of the same file stays.
   * @param run its number
   */
  async openRun(id: string, run: number): Promise<void> {
    const { report } = this.results.state(id);
    const found = report?.kind === "boot-test" ? report.sets.flatMap(({ runs }) => runs) : [];
    const samples = found.find(({ number }) => number === run)?.samples;
    if (samples === undefined) throw itemGone();
    const item = itemOf(samples);
    const known = this.results.state(idOf(item)).report;
    if (known === null || known.finishedAt < samples.finishedAt) await this.results.finished(item, samples);
    this.showReport(item);
  }

  /** Shows a finding's subject on its own line of what was read. */
  async revealSubject(id: string, subject: string): Promise<void> {
    const { report } = this.results.state(id);
    if (report === null) throw itemGone();
    const { placeOfSubject } = await import("./documents/of-report");
    await showPlace(itemOf(report), placeOfSubject(report, subject));
  }
}

async function showPlace(item: Item, { document, line }: Place): Promise<void> {
  await showLine(documentUri(item, document), line);
}

async function showLine(uri: Uri, line: number): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  const range = document.lineAt(Math.min(line, document.lineCount - 1)).range;
  await window.showTextDocument(document, { selection: range, viewColumn: ViewColumn.Active });
}
