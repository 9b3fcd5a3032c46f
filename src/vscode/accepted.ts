import { createHash } from "node:crypto";
import { FileSystemError, Uri, window, workspace, type Disposable, type LogOutputChannel } from "vscode";
import { PROJECT_FILE } from "../formats/project-file-name";
import type { OperationEvent, Report } from "../model";
import type { SuppressionRequest } from "../model/suppression";
import { baselineFromJson, type Baseline } from "../report/baseline";
import { reportToJson } from "../report/json";
import { noFolder } from "./errors";
import { idOf, itemOf, type Item } from "./items";
import type { Results } from "./results";
import { workspaceFolders } from "./settings";

/** How long an acceptance is proposed to last, days. */
const PROPOSED_DAYS = 90;

/** What the workspace has accepted: the suppressions of its project files, and a baseline for each item that has one. */
export class Accepted implements Disposable {
  private readonly watcher = workspace.createFileSystemWatcher(`**/${PROJECT_FILE}`);

  /** @param folder where baselines are kept; need not exist yet */
  constructor(
    private readonly folder: Uri,
    private readonly results: Results,
    log: LogOutputChannel,
  ) {
    const again = (): void => {
      this.applyToAll().catch((error: unknown) => log.error(String(error)));
    };
    this.watcher.onDidCreate(again);
    this.watcher.onDidChange(again);
    this.watcher.onDidDelete(again);
  }

  dispose(): void {
    this.watcher.dispose();
  }

  /** The same events, with what is accepted marked in the report. */
  async *applyTo(events: AsyncIterable<OperationEvent>): AsyncGenerator<OperationEvent> {
    for await (const event of events)
      yield event.type === "report" ? { ...event, report: await this.apply(event.report) } : event;
  }

  /** What a report says from now on is known. @throws Error when it cannot be kept */
  async takeBaseline(item: Item, report: Report): Promise<void> {
    await workspace.fs.writeFile(this.baselineFile(item), Buffer.from(reportToJson(report)));
    await this.applyToAll();
  }

  /** Everything counts again. @returns whether there was a baseline */
  async dropBaseline(item: Item): Promise<boolean> {
    const had = (await this.baselineOf(item)) !== null;
    if (had) await workspace.fs.delete(this.baselineFile(item));
    await this.applyToAll();
    return had;
  }

  /**
   * Asks why, and until when, and writes it into the project file of the first folder.
   * @throws UserError when no folder is open
   */
  async suppress(what: Pick<SuppressionRequest, "rule" | "subject" | "source">): Promise<void> {
    const folder = workspaceFolders().at(0);
    if (folder === undefined) throw noFolder();
    const reason = await window.showInputBox({
      title: `Suppress ${what.rule} for ${what.subject}`,
      prompt: "Why is this accepted? The reason stands in the file and in every report.",
      ignoreFocusOut: true,
      validateInput: (text) => (text.trim() === "" ? "Without a reason nothing is suppressed." : null),
    });
    if (reason === undefined) return;
    const { dayOf } = await import("../operations/set-aside");
    const proposed = new Date(Date.now() + PROPOSED_DAYS * 86_400_000);
    const expires = await window.showInputBox({
      title: `Suppress ${what.rule} for ${what.subject}`,
      prompt: "Until which day? Empty: for good.",
      value: dayOf(proposed),
      ignoreFocusOut: true,
      validateInput: (text) => (text === "" || isDay(text) ? null : "A day is written YYYY-MM-DD."),
    });
    if (expires === undefined) return;
    const { withSuppression } = await import("../formats/project-file");
    const file = Uri.joinPath(folder, PROJECT_FILE);
    const request = { ...what, reason: reason.trim(), expires: expires === "" ? null : expires };
    await workspace.fs.writeFile(file, Buffer.from(withSuppression(await textOf(file), request)));
    await this.applyToAll();
  }

  private async apply<R extends Report>(report: R): Promise<R> {
    const [{ parseProjectFile }, { dayOf, setAside }] = await Promise.all([
      import("../formats/project-file"),
      import("../operations/set-aside"),
    ]);
    const texts = await Promise.all(workspaceFolders().map((folder) => textOf(Uri.joinPath(folder, PROJECT_FILE))));
    const suppressions = texts.flatMap((text) => parseProjectFile(text ?? "").suppressions);
    return setAside(report, { suppressions, baseline: await this.baselineOf(itemOf(report)) }, dayOf(new Date()));
  }

  private async applyToAll(): Promise<void> {
    for (const report of this.results.reports()) await this.results.marked(report, await this.apply(report));
  }

  private async baselineOf(item: Item): Promise<Baseline | null> {
    const file = this.baselineFile(item);
    const text = await textOf(file);
    return text === null ? null : baselineFromJson(text, file.fsPath);
  }

  private baselineFile(item: Item): Uri {
    return Uri.joinPath(this.folder, `${createHash("sha256").update(idOf(item)).digest("hex").slice(0, 32)}.json`);
  }
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** null when there is no such file. */
async function textOf(file: Uri): Promise<string | null> {
  try {
    return Buffer.from(await workspace.fs.readFile(file)).toString("utf8");
  } catch (error) {
    if (error instanceof FileSystemError && error.code === "FileNotFound") return null;
    throw error;
  }
}
