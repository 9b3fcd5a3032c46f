import {
  Disposable,
  EventEmitter,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  commands,
  window,
  type DataTransfer,
  type TreeDataProvider,
  type TreeDragAndDropController,
} from "vscode";
import type { Item } from "./items";
import { COMMANDS, INSPECT, VIEWS } from "./manifest";
import type { Results } from "./results";
import type { Sources } from "./sources";
import { treeOf, type TreeGroup, type TreeLeaf } from "./tree-model";

export type TreeNode = TreeGroup | TreeLeaf;

const GROUP_ICONS: Readonly<Record<TreeGroup["kind"], ThemeIcon>> = {
  cloud: new ThemeIcon("cloud"),
  instance: new ThemeIcon("server-process"),
  machine: new ThemeIcon("vm"),
  samples: new ThemeIcon("file-binary"),
  restart: new ThemeIcon("debug-restart"),
  "health-tests": new ThemeIcon("pulse"),
  "boot-test": new ThemeIcon("debug-start"),
};

const LEAF_ICONS: Readonly<Record<TreeLeaf["icon"], ThemeIcon>> = {
  ...GROUP_ICONS,
  running: new ThemeIcon("sync~spin"),
  failed: new ThemeIcon("debug-disconnect", new ThemeColor("problemsErrorIcon.foreground")),
  pass: new ThemeIcon("pass", new ThemeColor("testing.iconPassed")),
  assessed: new ThemeIcon("graph", new ThemeColor("charts.blue")),
  warning: new ThemeIcon("warning", new ThemeColor("problemsWarningIcon.foreground")),
  error: new ThemeIcon("error", new ThemeColor("problemsErrorIcon.foreground")),
  inconclusive: new ThemeIcon("question", new ThemeColor("problemsInfoIcon.foreground")),
};

const REFRESH_AGES_MS = 60_000;
/** After which VS Code has drawn the tree for the first time, even where it has much else to do. */
const FIRST_DRAWING_MS = 2000;

/** The side panel's tree: clouds, machines, sample files and what was tested of them, each with what its last run said. */
export class SourcesTree implements TreeDataProvider<TreeNode>, TreeDragAndDropController<TreeNode> {
  readonly dropMimeTypes = ["text/uri-list"];
  readonly dragMimeTypes: readonly string[] = [];
  private readonly changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  /** @param isDemo whether an item is part of the demo, which the tree then says */
  constructor(
    private readonly sources: Sources,
    private readonly results: Results,
    private readonly isDemo: (item: Item) => boolean,
  ) {}

  /**
   * Shows the tree; the ages of its results are renewed while it can be seen.
   * @param select told of the item that is selected, or null
   */
  register(select: (item: Item | null) => void): Disposable {
    const view = window.createTreeView(VIEWS.sources, { treeDataProvider: this, dragAndDropController: this });
    const refresh = () => this.changed.fire(undefined);
    let shown = view.visible;
    let secondLook: NodeJS.Timeout | undefined;
    const timer = setInterval(() => view.visible && refresh(), REFRESH_AGES_MS);
    return Disposable.from(
      view,
      this.changed,
      this.results.onDidChange(refresh),
      this.sources.onDidChange(refresh),
      view.onDidChangeVisibility(({ visible }) => {
        if (!visible) return;
        // VS Code draws it by itself the first time, and leaves groups empty that a result refreshes meanwhile
        if (shown) refresh();
        else secondLook = setTimeout(refresh, FIRST_DRAWING_MS);
        shown = true;
      }),
      view.onDidChangeSelection(({ selection }) => {
        const node = selection.at(0);
        // a refresh drops the selection for a moment, and does not always bring it back
        if (node !== undefined) select(isGroup(node) ? null : node.item);
      }),
      commands.registerCommand(INSPECT, select),
      new Disposable(() => {
        clearInterval(timer);
        clearTimeout(secondLook);
      }),
    );
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node === undefined) {
      const items = await this.sources.list();
      return [...treeOf(items, (id) => this.results.state(id), this.isDemo, new Date())];
    }
    return isGroup(node) ? [...node.leaves] : [];
  }

  getTreeItem(node: TreeNode): TreeItem {
    if (isGroup(node)) {
      const item = new TreeItem(node.label, TreeItemCollapsibleState.Expanded);
      item.id = node.kind;
      item.iconPath = GROUP_ICONS[node.kind];
      return item;
    }
    const item = new TreeItem(node.label, TreeItemCollapsibleState.None);
    item.id = node.id;
    item.description = node.description;
    item.tooltip = node.tooltip;
    item.iconPath = LEAF_ICONS[node.icon];
    item.contextValue = node.context;
    // VS Code tells of no selection that is made while the tree is drawn anew, nor of a click on what is selected
    item.command = { title: "Inspect", command: INSPECT, arguments: [node.item] };
    item.accessibilityInformation = { label: `${node.label}, ${node.description}` };
    return item;
  }

  async handleDrop(_target: TreeNode | undefined, dropped: DataTransfer): Promise<void> {
    const list = dropped.get("text/uri-list");
    const lines = (await list?.asString())?.split("\r\n") ?? [];
    for (const line of lines.filter((l) => l !== "" && !l.startsWith("#")))
      await commands.executeCommand(COMMANDS.assessSamples, Uri.parse(line));
  }
}

function isGroup(node: TreeNode): node is TreeGroup {
  return "leaves" in node;
}
