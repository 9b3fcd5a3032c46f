import { createHash } from "node:crypto";
import { EventEmitter, Uri, workspace, type Disposable } from "vscode";
import { idOf, type MachineItem } from "../items";
import { inventoryUri } from "./uris";

/** What randomness each machine was last found to have: a page of Markdown a machine, which outlives the window. */
export class InventoryPages implements Disposable {
  private readonly changed = new EventEmitter<Uri>();

  /** Fires with the page's address. */
  readonly onDidChange = this.changed.event;

  /** @param folder where the pages are kept; need not exist yet */
  constructor(private readonly folder: Uri) {}

  /** @returns the page's address */
  async write(machine: MachineItem, page: string): Promise<Uri> {
    await workspace.fs.writeFile(this.fileOf(idOf(machine)), Buffer.from(page));
    const uri = inventoryUri(machine);
    this.changed.fire(uri);
    return uri;
  }

  /**
   * @param id the machine's
   * @throws FileSystemError if there is none
   */
  async read(id: string): Promise<{ readonly bytes: Uint8Array; readonly writtenAt: number }> {
    const file = this.fileOf(id);
    const [bytes, { mtime }] = await Promise.all([workspace.fs.readFile(file), workspace.fs.stat(file)]);
    return { bytes, writtenAt: mtime };
  }

  dispose(): void {
    this.changed.dispose();
  }

  private fileOf(id: string): Uri {
    return Uri.joinPath(this.folder, `${createHash("sha256").update(id).digest("hex").slice(0, 32)}.md`);
  }
}
