import { createHash } from "node:crypto";
import {
  EventEmitter,
  FileSystemError,
  FileType,
  Uri,
  workspace,
  type Disposable,
  type LogOutputChannel,
} from "vscode";
import type { Report } from "../model";
import type { InventoryReport } from "../model/inventory";
import { inventoryFromJson, reportFromJson, reportToJson, toJson } from "../report/json";
import { idOf, itemOf, type Item, type MachineItem } from "./items";
import { NOT_RUN, type ItemState, type Running } from "./states";

/** How the names of the files end. */
const REPORT = ".json";
const INVENTORY = ".inventory.json";
type FileEnd = typeof REPORT | typeof INVENTORY;

/**
 * What is known of every item that was ever run: one state an item, so that a run replaces what the last one said.
 * Reports outlive the window, as a JSON file each; what runs and what failed does not.
 */
export class Results implements Disposable {
  private readonly entries = new Map<string, { readonly item: Item; readonly state: ItemState }>();
  private readonly changed = new EventEmitter<string>();

  /** Fires with an item's id. */
  readonly onDidChange = this.changed.event;
  /** Done when what earlier windows wrote has been read back, or cannot be; never rejected. */
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
    if (state.report === null && state.failure === null && state.inventory === null) this.drop(idOf(item));
    else this.put(item, state);
  }

  failed(item: Item, message: string, remedy: string): void {
    this.put(item, { ...this.state(idOf(item)), running: null, failure: { message, remedy } });
  }

  async finished(item: Item, report: Report): Promise<void> {
    this.put(item, { ...this.state(idOf(item)), running: null, failure: null, report });
    await this.keep(idOf(item), REPORT, reportToJson(report));
  }

  /** An item's last report with other marks. What the item does, or has failed to do, stays; a newer report does, too. */
  async marked(before: Report, after: Report): Promise<void> {
    const id = idOf(itemOf(before));
    const entry = this.entries.get(id);
    if (entry?.state.report !== before) return;
    this.put(entry.item, { ...entry.state, report: after });
    await this.keep(id, REPORT, reportToJson(after));
  }

  /** An inventory was taken, which stands beside what the live checks said. */
  async inventoried(machine: MachineItem, inventory: InventoryReport): Promise<void> {
    this.put(machine, { ...this.state(idOf(machine)), running: null, inventory });
    await this.keep(idOf(machine), INVENTORY, toJson(inventory));
  }

  async remove(id: string): Promise<void> {
    const { report, inventory } = this.state(id);
    this.drop(id);
    if (report !== null) await this.discard(id, REPORT);
    if (inventory !== null) await this.discard(id, INVENTORY);
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

  /** A result that cannot be written is shown all the same: only the next window does not know of it. */
  private async keep(id: string, end: FileEnd, json: string): Promise<void> {
    try {
      await workspace.fs.writeFile(this.fileOf(id, end), Buffer.from(json));
    } catch (error) {
      this.log.warn(`A result is not kept for the next window: ${String(error)}`);
    }
  }

  private async discard(id: string, end: FileEnd): Promise<void> {
    try {
      await workspace.fs.delete(this.fileOf(id, end));
    } catch (error) {
      if (!(error instanceof FileSystemError && error.code === "FileNotFound")) throw error;
    }
  }

  private fileOf(id: string, end: FileEnd): Uri {
    return Uri.joinPath(this.folder, createHash("sha256").update(id).digest("hex").slice(0, 32) + end);
  }

  private async readBack(): Promise<void> {
    try {
      await workspace.fs.createDirectory(this.folder);
      for (const [name, type] of await workspace.fs.readDirectory(this.folder))
        if (type === FileType.File && name.endsWith(REPORT)) await this.readOne(Uri.joinPath(this.folder, name));
    } catch (error) {
      this.log.warn(`Earlier results were not read back: ${String(error)}`);
    }
  }

  private async readOne(file: Uri): Promise<void> {
    try {
      const text = Buffer.from(await workspace.fs.readFile(file)).toString("utf8");
      // a run that was quicker than the reading knows better
      if (file.path.endsWith(INVENTORY)) {
        const inventory = inventoryFromJson(text, file.fsPath);
        const state = this.state(idOf(inventory.source));
        this.put(inventory.source, { ...state, inventory: state.inventory ?? inventory });
      } else {
        const report = reportFromJson(text, file.fsPath);
        const item = itemOf(report);
        const state = this.state(idOf(item));
        this.put(item, { ...state, report: state.report ?? report });
      }
    } catch (error) {
      this.log.warn(`An earlier result was not read back: ${String(error)}`);
    }
  }
}
