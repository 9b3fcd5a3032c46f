import { Uri, commands, window } from "vscode";
import { UserError } from "../errors";
import type { RestartCollectionReport } from "../model/restart-collection";
import type { UnfinishedRestarts } from "../operations/unfinished";
import { agreesToGoOn, onwards, type CollectionParts } from "./collections";
import type { MachineItem } from "./items";
import { COMMANDS } from "./manifest";
import { explain, offer, showError, type Action } from "./notices";
import { isEnough, NEEDED, rebootWarning, restartsDetail, type Restarts } from "./restart-model";
import { askRebootMethod, pickRestarts } from "./restart-pickers";
import { STARTING, type Running } from "./states";
import { requireTrust } from "./trust";

/** Restarts that are collected from machines into what the restart tests read. The machine is busy meanwhile. */
export class CollectingRestarts {
  constructor(private readonly parts: CollectionParts) {}

  /**
   * Asks what is to be collected, and collects it.
   * @throws UserError when the folder is not trusted
   */
  async begin(machine: MachineItem): Promise<void> {
    requireTrust();
    const restarts = await pickRestarts(machine);
    if (restarts === null || !(await agreesToReboots(machine, restarts, restarts.restarts))) return;
    await this.collect(machine, restarts);
  }

  /**
   * Goes on with a collection that was not finished, once the person has agreed: whoever wrote its journal may have
   * this run on the machine.
   * @param path the file or the folder
   */
  async resume(machine: MachineItem, path: string, it: UnfinishedRestarts): Promise<void> {
    if (!(await agreesToGoOn(path, restartsDetail(machine, it)))) return;
    const method = it.method === "process" ? { kind: it.method } : await askRebootMethod();
    if (method === null) return;
    const { source, restarts, samplesPerRestart, format } = it;
    const request: Restarts = { method, source, restarts, samplesPerRestart, format, path, resume: true };
    if (!(await agreesToReboots(machine, request, restarts - it.done))) return;
    await this.collect(machine, request);
  }

  private async collect(machine: MachineItem, restarts: Restarts): Promise<void> {
    this.parts.watch(machine);
    const report = await this.parts.runner.occupy(machine, "Collecting restarts of", (signal, tell) =>
      this.toTheEnd(machine, restarts, signal, tell),
    );
    // not awaited: a command is done when its message is shown
    if (report !== null) void offerTests(report).catch((error: unknown) => showError(error, this.parts.log));
  }

  /** @returns null when it did not finish */
  private async toTheEnd(
    machine: MachineItem,
    restarts: Restarts,
    signal: AbortSignal,
    tell: (running: Running) => void,
  ): Promise<RestartCollectionReport | null> {
    try {
      const collecting = this.parts.checks.collectRestarts(machine, restarts, signal);
      let step = await collecting.next();
      for (; step.done !== true; step = await collecting.next()) tell({ ...STARTING, ...step.value });
      return step.value;
    } catch (error) {
      const kept = await keptIn(restarts.path);
      const actions = [onwards(kept, (resume) => this.collect(machine, { ...restarts, resume }))];
      // not awaited: the machine is busy until this is done
      void this.tellEnd(signal.aborted ? null : error, kept, actions).catch((e: unknown) =>
        showError(e, this.parts.log),
      );
      return null;
    } finally {
      // what its node shows is of the live checks, which did not run
      this.parts.results.cancelled(machine);
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

async function agreesToReboots(machine: MachineItem, restarts: Restarts, left: number): Promise<boolean> {
  const warning = rebootWarning(machine, restarts, left);
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
  if (found?.kind !== "restarts") return null;
  const [done, all] = [found.done, found.restarts].map((number) => number.toLocaleString("en"));
  return `${done} of ${all} restarts are kept, and marked unfinished by ${place}.unfinished.`;
}

async function offerTests(report: RestartCollectionReport): Promise<void> {
  const { path, restarts, samplesPerRestart } = report;
  const [rows, columns, needed] = [restarts, samplesPerRestart, NEEDED].map((number) => number.toLocaleString("en"));
  const came = `${rows} restarts of ${columns} samples each are in ${path}.`;
  if (!isEnough(report)) {
    await window.showInformationMessage(`${came} The restart tests need ${needed} of ${needed}.`);
    return;
  }
  const test = "Run Restart Tests";
  if ((await window.showInformationMessage(came, test)) === test)
    await commands.executeCommand(COMMANDS.runRestartTests, Uri.file(path));
}
