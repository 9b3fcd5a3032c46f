import { Uri, commands, window, workspace } from "vscode";
import { UserError } from "../errors";
import type { RestartCollectionReport } from "../model/restart-collection";
import type { UnfinishedBoots, UnfinishedRestarts } from "../operations/unfinished";
import { saveDefinition } from "./boot-tests";
import { agreesToGoOn, onwards, requireSamplesOf, type CollectionParts } from "./collections";
import { idOf, type BootTestItem, type Item, type MachineItem } from "./items";
import { COMMANDS } from "./manifest";
import { explain, offer, showError, type Action } from "./notices";
import { bootsDetail, isEnough, NEEDED, rebootWarning, restartsDetail, type Restarts } from "./restart-model";
import { askRebootMethod, pickRestarts, type PickMachine } from "./restart-pickers";
import { STARTING, type Running } from "./states";
import { requireTrust } from "./trust";

/** Restarts that are collected into what the restart tests read. The machine, or the boot test, is busy meanwhile. */
export class CollectingRestarts {
  /** @param pickMachine asks for a machine that can be restarted in a way */
  constructor(
    private readonly parts: CollectionParts,
    private readonly pickMachine: PickMachine,
  ) {}

  /**
   * Asks what is to be collected, and collects it.
   * @param given what it is called on; null: that is asked for, too
   * @throws UserError when the folder is not trusted, the boot test cannot be read, or the machine gives no samples
   */
  async begin(given: MachineItem | BootTestItem | null): Promise<void> {
    requireTrust();
    if (given?.kind === "machine") requireSamplesOf(given);
    const restarts = await pickRestarts(given, this.pickMachine);
    if (restarts === null || !(await agreesToReboots(restarts, restarts.request.restarts))) return;
    await this.collect(restarts, false);
  }

  /**
   * Goes on with a collection that was not finished, once the person has agreed.
   * @param path the file or the folder
   */
  async resume(machine: MachineItem, path: string, it: UnfinishedRestarts): Promise<void> {
    if (!(await agreesToGoOn(path, restartsDetail(machine, it)))) return;
    const method = it.method === "process" ? { kind: it.method } : await askRebootMethod();
    if (method === null) return;
    const { source, restarts, samplesPerRestart, format } = it;
    const request = { method, source, restarts, samplesPerRestart, format, path };
    const goingOn: Restarts = { kind: "machine", item: machine, request };
    if (await agreesToReboots(goingOn, restarts - it.done)) await this.collect(goingOn, true);
  }

  /**
   * The same with boots.
   * @throws UserError when the definition cannot be read
   */
  async resumeBoots(path: string, it: UnfinishedBoots): Promise<void> {
    const { file, restarts, samplesPerRestart } = it;
    if (!(await saveDefinition(file))) return;
    const { readDefinitionFile } = await import("../boot/definition");
    const { definition } = await readDefinitionFile(file);
    if (!(await agreesToGoOn(path, bootsDetail(it, definition.boot)))) return;
    const request = { file, parameters: null, restarts, samplesPerRestart, path };
    await this.collect({ kind: "boots", item: { kind: "boot-test", file, onlyMissing: false }, request }, true);
  }

  private async collect(restarts: Restarts, resume: boolean): Promise<void> {
    const { results, runner, watch, log } = this.parts;
    // a boot test's node goes on to say how it was run
    const item = (restarts.kind === "boots" ? results.item(idOf(restarts.item)) : undefined) ?? restarts.item;
    watch(item);
    const report = await runner.occupy(item, "Collecting restarts of", (signal, tell) =>
      this.toTheEnd(item, restarts, resume, signal, tell),
    );
    // not awaited: a command is done when its message is shown
    if (report !== null) void offerTests(report).catch((error: unknown) => showError(error, log));
  }

  /** @returns null when it did not finish */
  private async toTheEnd(
    item: Item,
    restarts: Restarts,
    resume: boolean,
    signal: AbortSignal,
    tell: (running: Running) => void,
  ): Promise<RestartCollectionReport | null> {
    const { results, checks, log } = this.parts;
    try {
      const collecting = checks.collectRestarts(restarts, resume, signal);
      let step = await collecting.next();
      for (; step.done !== true; step = await collecting.next()) tell({ ...STARTING, ...step.value });
      return step.value;
    } catch (error) {
      const kept = await keptIn(restarts.request.path);
      const actions = [onwards(kept, (again) => this.collect(restarts, again))];
      // not awaited: the item is busy until this is done
      void this.tellEnd(signal.aborted ? null : error, kept, actions).catch((e: unknown) => showError(e, log));
      return null;
    } finally {
      // what its node shows is of the checks or the boot test, which did not run
      results.cancelled(item);
    }
  }

  /** @param error null: the person cancelled it */
  private async tellEnd(error: unknown, kept: string | null, actions: readonly Action[]): Promise<void> {
    if (error === null && kept === null) {
      await window.showInformationMessage("The collection was cancelled. Nothing had come, and nothing is kept.");
    } else if (error === null || kept !== null) {
      const why = error === null ? "The collection was cancelled." : explain(error).message;
      const remedy = error === null ? "Go on with Resume Collection." : explain(error).remedy;
      await offer(`${why} ${kept ?? ""} ${remedy}`, actions);
    } else {
      await showError(error, this.parts.log, actions);
    }
  }
}

async function agreesToReboots(restarts: Restarts, left: number): Promise<boolean> {
  const warning = rebootWarning(restarts, left);
  if (warning === null) return true;
  const { message, detail, button } = warning;
  return (await window.showWarningMessage(message, { modal: true, detail }, button)) === button;
}

/** What came, in words; null when there is nothing to go on with. */
async function keptIn(path: string): Promise<string | null> {
  const { unfinished } = await import("../operations/unfinished");
  const place = path.replace(/[/\\]$/, "");
  const found = await unfinished(place).catch((error: unknown) => {
    if (error instanceof UserError) return null;
    throw error;
  });
  if (found === null || found.kind === "samples") return null;
  const [done, all] = [found.done, found.restarts].map((number) => number.toLocaleString("en"));
  return `${done} of ${all} restarts are kept, and marked unfinished by ${workspace.asRelativePath(place)}.unfinished.`;
}

async function offerTests(report: RestartCollectionReport): Promise<void> {
  const { path, restarts, samplesPerRestart } = report;
  const [rows, columns, needed] = [restarts, samplesPerRestart, NEEDED].map((number) => number.toLocaleString("en"));
  const came = `${rows} restarts of ${columns} samples each are in ${workspace.asRelativePath(path)}.`;
  if (!isEnough(report)) {
    await window.showInformationMessage(`${came} The restart tests need ${needed} of ${needed}.`);
    return;
  }
  const test = "Run Restart Tests";
  if ((await window.showInformationMessage(came, test)) === test)
    await commands.executeCommand(COMMANDS.runRestartTests, Uri.file(path));
}
