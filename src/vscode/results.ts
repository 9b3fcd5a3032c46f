import { createHash } from "node:crypto";
import { EventEmitter, FileType, Uri, workspace, type Disposable, type LogOutputChannel } from "vscode";
import type { Report } from "../model";
import { reportFromJson, reportToJson } from "../report/json";
import { idOf, itemOf, type Item } from "./items";
import { NOT_RUN, type ItemState, type Running } from "./states";

/**
 * What is known of every item that was ever run: one state an item, so that a run replaces what the last one said.
 * Reports outlive the window, as a JSON file each; what runs and what failed does not.
 */
export class Results implements Disposable {
  private readonly entries = new Map<string, { readonly item: Item; readonly state: ItemState }>();
  private readonly changed = new EventEmitter<string>();

  /** Fires with an item's id. */
  readonly onDidChange = this.changed.event;
  /** Done when what earlier windows wrote has been read back. */
  readonly ready: Promise<void>;

  /** @param folder where reports are kept; need not exist yet */
  constructor(
    private readonly folder: Uri,
    private readonly log: LogOutputChannel,
  ) {
    this.ready = this.readBack();
  }

  items(): readonly Item[] {
    return [...this.entries.values()].map(({ item }) => item);
  }

  item(id: string): Item | undefined {
    return this.entries.get(id)?.item;
  }

  state(id: string): ItemState {
    return this.entries.get(id)?.state ?? NOT_RUN;
  }

  /** Every report, newest first. */
  reports(): readonly Report[] {
    return [...this.entries.values()]
      .flatMap(({ state }) => (state.report === null ? [] : [state.report]))
      .sort((a, b) => b.finishedAt.localeCompare(a.finishedAt));
  }

  progress(item: Item, running: Running): void {
    this.put(item, { ...this.state(idOf(item)), running });
  }

  /** The run was cancelled: as if it had not been started. */
  cancelled(item: Item): void {
    const state = { ...this.state(idOf(item)), running: null };
    if (state.report === null && state.failure === null) this.drop(idOf(item));
    else this.put(item, state);
  }

  failed(item: Item, message: string, remedy: string): void {
    this.put(item, { ...this.state(idOf(item)), running: null, failure: { message, remedy } });
  }

  async finished(item: Item, report: Report): Promise<void> {
    this.put(item, { running: null, failure: null, report });
    await workspace.fs.writeFile(this.fileOf(idOf(item)), Buffer.from(reportToJson(report)));
  }

  async remove(id: string): Promise<void> {
    const hadReport = this.state(id).report !== null;
    this.drop(id);
    if (hadReport) await workspace.fs.delete(this.fileOf(id));
  }

  async removeAll(): Promise<void> {
    for (const id of [...this.entries.keys()]) await this.remove(id);
  }

  dispose(): void {
    this.changed.dispose();
  }

  private put(item: Item, state: ItemState): void {
    const id = idOf(item);
    this.entries.set(id, { item, state });
    this.changed.fire(id);
  }

  private drop(id: string): void {
    this.entries.delete(id);
    this.changed.fire(id);
  }

  private fileOf(id: string): Uri {
    return Uri.joinPath(this.folder, `${createHash("sha256").update(id).digest("hex").slice(0, 32)}.json`);
  }

  private async readBack(): Promise<void> {
    await workspace.fs.createDirectory(this.folder);
    for (const [name, type] of await workspace.fs.readDirectory(this.folder))
      if (type === FileType.File && name.endsWith(".json")) await this.readOne(Uri.joinPath(this.folder, name));
  }

  private async readOne(file: Uri): Promise<void> {
    try {
      const report = reportFromJson(Buffer.from(await workspace.fs.readFile(file)).toString("utf8"), file.fsPath);
      const item = itemOf(report);
      // a run that was quicker than the reading knows better
      if (!this.entries.has(idOf(item))) this.put(item, { running: null, failure: null, report });
    } catch (error) {
      this.log.warn(`An earlier result was not read back: ${String(error)}`);
    }
  }
}
