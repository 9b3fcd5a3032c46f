import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { Uri, commands, window, workspace, type Disposable } from "vscode";
import { DEMO_MACHINES, DEMO_MARKER } from "../demo/files";
import type { DemoServers } from "../demo/workspace";
import { placeOfItem, type Item } from "./items";
import { workspaceFolders } from "./settings";

/** The demo: writes and opens its folder, and in a window that has it open, runs its servers once they are needed. */
export class Demo implements Disposable {
  private servers: Promise<DemoServers> | null = null;

  /** @param storage where the demo is written, below */
  constructor(private readonly storage: Uri) {}

  /** Writes the demo's folder and opens it, in this window or a new one. */
  async open(): Promise<void> {
    const folder = Uri.joinPath(this.storage, "demo");
    if (this.folder() === folder.fsPath) {
      await commands.executeCommand("markdown.showPreview", Uri.joinPath(folder, "README.md"));
      return;
    }
    const forceNewWindow = await this.inNewWindow();
    if (forceNewWindow === null) return;
    await workspace.fs.createDirectory(folder);
    const { prepareDemo } = await import("../demo/workspace");
    await prepareDemo(folder.fsPath);
    await commands.executeCommand("vscode.openFolder", folder, { forceNewWindow });
  }

  /** Whether an item is a simulated one of the demo that this window has open. */
  has(item: Item): boolean {
    const folder = this.folder();
    if (folder === null) return false;
    if (item.kind === "machine") return Object.values<string>(DEMO_MACHINES).includes(item.name);
    return !relative(folder, placeOfItem(item)).startsWith("..");
  }

  /** Makes sure that the simulated cloud and machines answer where the demo's files say. */
  async ready(): Promise<void> {
    const folder = this.folder();
    if (folder === null) return;
    this.servers ??= import("../demo/workspace").then(({ startDemoServers }) => startDemoServers(folder));
    try {
      await (await this.servers).publish();
    } catch (error) {
      this.servers = null;
      throw error;
    }
  }

  async dispose(): Promise<void> {
    const servers = this.servers;
    this.servers = null;
    await (await servers)?.close();
  }

  private folder(): string | null {
    return (
      workspaceFolders()
        .map(({ fsPath }) => fsPath)
        .find((path) => existsSync(join(path, DEMO_MARKER))) ?? null
    );
  }

  /**
   * An empty window is taken without asking: VS Code itself keeps what is unsaved there.
   * @returns null when the person gave up
   */
  private async inNewWindow(): Promise<boolean | null> {
    if (workspaceFolders().length === 0) return false;
    const [here, anew] = ["Open in This Window", "Open in New Window"];
    const message = "The demo is a folder with a simulated cloud, two simulated machines, and sample files.";
    const chosen = await window.showInformationMessage(message, { modal: true }, anew, here);
    return chosen === undefined ? null : chosen === anew;
  }
}
