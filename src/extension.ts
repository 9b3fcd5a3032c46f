import { Uri, commands, window, type Disposable, type ExtensionContext } from "vscode";
import { Accepted } from "./vscode/accepted";
import { Actions } from "./vscode/actions";
import { registerBootTestCompletion } from "./vscode/boot-test-completion";
import { BootTestLinter } from "./vscode/boot-test-linter";
import { ConditioningCalculator } from "./vscode/calculator";
import { Checks } from "./vscode/checks";
import { Collecting } from "./vscode/collecting";
import { CollectingRestarts } from "./vscode/collecting-restarts";
import { itemCommand, registerCommands } from "./vscode/commands";
import { Demo } from "./vscode/demo";
import { publishDiagnostics } from "./vscode/diagnostics";
import { Documents } from "./vscode/documents/provider";
import { takeInventory } from "./vscode/inventory";
import { Inspector } from "./vscode/inspector";
import { SampleInstances } from "./vscode/instances";
import { obey } from "./vscode/intents";
import type { Item } from "./vscode/items";
import { DefinitionLinter } from "./vscode/lint";
import { LintActions } from "./vscode/lint-actions";
import { registerMachineCommands } from "./vscode/machine-commands";
import { CONTEXT } from "./vscode/manifest";
import { registerProjectFile } from "./vscode/project-file";
import { pickMachine } from "./vscode/pickers";
import { compareRawAndProcessed, demonstrateProcessing } from "./vscode/raw-against-processed";
import { Remedies } from "./vscode/remedies";
import { registerReportCommands } from "./vscode/report-commands";
import { ReportPanels } from "./vscode/report-panels";
import { Results } from "./vscode/results";
import { resumeCollection } from "./vscode/resume-collection";
import { Runner } from "./vscode/run";
import { Secrets } from "./vscode/secrets";
import { Sources } from "./vscode/sources";
import { SourcesTree } from "./vscode/tree";

/** Puts the parts together. Nothing here reaches out: no network, no worker, no files but the earlier results and journals. */
export function activate(context: ExtensionContext): void {
  const { extensionUri, globalStorageUri, storageUri } = context;
  const log = window.createOutputChannel("Entropy Check", { log: true });
  // a window without a folder has no storage of its own
  const storage = storageUri ?? Uri.joinPath(globalStorageUri, "no-folder");
  const results = new Results(Uri.joinPath(storage, "results"), log);
  const sources = new Sources(results);
  const secrets = new Secrets(context.secrets, context.globalState);
  const demo = new Demo(globalStorageUri);
  const workerScript = Uri.joinPath(extensionUri, "dist", "worker.js").fsPath;
  const checks = new Checks(workerScript, secrets, demo, (text) => log.warn(text));
  const calculator = new ConditioningCalculator(
    extensionUri,
    Uri.joinPath(storage, "conditioning-calculator.json"),
    workerScript,
    log,
  );
  const accepted = new Accepted(Uri.joinPath(storage, "baselines"), results, log);
  const runner = new Runner(results, log, (item, signal, logIn) => accepted.applyTo(checks.start(item, signal, logIn)));
  const receive = (message: unknown, show: () => void) => void obey(message, show, actions, log);
  const panels = new ReportPanels(extensionUri, results, receive);
  const inspector = new Inspector(extensionUri, results, receive);
  const actions = new Actions(sources, results, runner, panels);
  const collectionParts = { results, runner, checks, watch: (item: Item) => inspector.select(item), log };
  const collecting = new Collecting(collectionParts, actions);
  const collectingRestarts = new CollectingRestarts(collectionParts, (title, which) =>
    pickMachine(title, sources, results, which),
  );
  const lintScript = Uri.joinPath(extensionUri, "dist", "lint-thread.js").fsPath;
  const linter = new DefinitionLinter(lintScript, (error) => log.error(error instanceof Error ? error : String(error)));
  const remedies = new Remedies(results, secrets, demo);
  const instances = new SampleInstances(sources, results, actions, secrets, demo, log);
  const tree = new SourcesTree(sources, results, (item) => demo.has(item));

  context.subscriptions.push(
    log,
    results,
    sources,
    demo,
    new Documents(results).register(),
    publishDiagnostics(results),
    new BootTestLinter((error) => log.error(String(error))),
    registerBootTestCompletion(),
    panels.register(),
    calculator.register(),
    inspector.register(),
    tree.register((item) => inspector.select(item)),
    registerCommands({
      sources,
      results,
      actions,
      secrets,
      openDemo: () => demo.open(),
      openCalculator: () => calculator.open(),
      demonstrate: () => demonstrateProcessing(runner),
      compare: () => compareRawAndProcessed(results),
      log,
    }),
    accepted,
    linter,
    new LintActions(linter).register(),
    registerProjectFile((error) => log.error(String(error))),
    remedies.register(),
    registerReportCommands({ results, accepted, remedies, onItem: itemCommand(results, actions), log }),
    registerMachineCommands({
      actions,
      collectSamples: (machine) => collecting.begin(machine),
      collectRestarts: (of) => collectingRestarts.begin(of),
      resumeCollection: (journal) => resumeCollection(journal, { sources, results, collecting, collectingRestarts }),
      pickMachine: (title) => pickMachine(title, sources, results),
      takeInventory: (machine) => takeInventory(machine, { results, runner, checks, panels, log }),
      log,
    }),
    instances.register(),
    tellWhen(results),
  );
  void instances.offerCleanUp();
}

/** Keeps the context that `when` clauses ask up to date. */
function tellWhen(results: Results): Disposable {
  return results.onDidChange(() => {
    void commands.executeCommand("setContext", CONTEXT.hasResults, results.reports().length > 0);
  });
}
