import { EventEmitter, workspace, type Disposable } from "vscode";
import type { FoundClouds } from "./clouds";
import { idOf, type Item, type MachineItem } from "./items";
import { SECTION } from "./manifest";
import type { Results } from "./results";
import { configuredMachines, extraCloudsFiles, workspaceFolders } from "./settings";

export const THIS_MACHINE: MachineItem = { kind: "machine", name: "this machine", address: "local" };

/** What openrc files are called: Horizon's `PROJECT-openrc.sh`, `openrc`, `admin-openrc`. */
const OPENRC = "*openrc{,.sh}";
const MOST_OPENRC = 50;

/** What can be checked from this window: found in clouds.yaml files and settings, or remembered from earlier runs. */
export class Sources implements Disposable {
  private readonly changed = new EventEmitter<undefined>();
  private readonly watcher = workspace.createFileSystemWatcher(`**/{clouds.yaml,clouds.yml,${OPENRC}}`);
  /** null: not looked for since one has come or gone. */
  private openrc: Promise<readonly string[]> | null = null;
  private readonly listeners: readonly Disposable[];

  /** Fires when the list may have changed. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly results: Results) {
    const changed = () => {
      this.openrc = null;
      this.changed.fire(undefined);
    };
    this.listeners = [
      this.watcher.onDidCreate(changed),
      this.watcher.onDidChange(changed),
      this.watcher.onDidDelete(changed),
      workspace.onDidChangeConfiguration((e) => e.affectsConfiguration(SECTION) && changed()),
      workspace.onDidChangeWorkspaceFolders(changed),
      workspace.onDidGrantWorkspaceTrust(changed),
    ];
  }

  /** Reads clouds.yaml files and settings; no network. What an untrusted folder names is left out. */
  async list(): Promise<readonly Item[]> {
    await this.results.ready;
    const items = new Map<string, Item>();
    const found: readonly Item[] = [...(await this.findClouds()).clouds, ...this.machines()];
    for (const item of [...found, ...this.results.items()]) if (!items.has(idOf(item))) items.set(idOf(item), item);
    return [...items.values()];
  }

  async find(id: string): Promise<Item | null> {
    return (await this.list()).find((item) => idOf(item) === id) ?? null;
  }

  async findClouds(): Promise<FoundClouds> {
    const folders = workspace.isTrusted ? workspaceFolders().map(({ fsPath }) => fsPath) : [];
    const { findClouds } = await import("./clouds");
    return findClouds({ folders, files: extraCloudsFiles(), openrc: await this.openrcFiles() });
  }

  /** Those of the workspace, by their names alone: nothing is read before a check. */
  private async openrcFiles(): Promise<readonly string[]> {
    if (!workspace.isTrusted) return [];
    this.openrc ??= Promise.resolve(workspace.findFiles(`**/${OPENRC}`, "**/node_modules/**", MOST_OPENRC)).then(
      (found) => found.map(({ fsPath }) => fsPath).toSorted(),
    );
    return this.openrc;
  }

  /** The machines of the settings. */
  machines(): readonly MachineItem[] {
    return configuredMachines().map(({ name, address }) => ({ kind: "machine", name, address }));
  }

  dispose(): void {
    for (const disposable of [this.changed, this.watcher, ...this.listeners]) disposable.dispose();
  }
}
