import { window, workspace } from "vscode";
import { sampleFormatId } from "../formats/sample-format";
import type { CollectionReport } from "../model/collection";
import type { UnfinishedSamples } from "../operations/unfinished";
import type { Actions } from "./actions";
import { agreesToGoOn, onwards, requireSamplesOf, type CollectionParts } from "./collections";
import { askClaim, pickCollection, type Collection } from "./collect-pickers";
import { NON_IID, type MachineItem, type SamplesItem } from "./items";
import { explain, offer, showError, type Action } from "./notices";
import { sourceText } from "./collect-model";
import { STARTING, type Running } from "./states";
import { requireTrust } from "./trust";

/** Samples that are collected from machines into files, which are then assessed like any other. */
export class Collecting {
  constructor(
    private readonly parts: CollectionParts,
    private readonly actions: Actions,
  ) {}

  /**
   * Asks what is to be collected, and collects it.
   * @throws UserError when the folder is not trusted, or nothing can be collected from the machine
   */
  async begin(machine: MachineItem): Promise<void> {
    requireTrust();
    requireSamplesOf(machine);
    const collection = await pickCollection(machine);
    if (collection !== null) await this.collect(machine, collection);
  }

  /**
   * Goes on with a collection that was not finished, once the person has agreed: whoever wrote its journal may have
   * this run on the machine.
   */
  async resume(machine: MachineItem, file: string, it: UnfinishedSamples): Promise<void> {
    const { source, count, format } = it;
    const { name, address } = machine;
    const detail = `Machine: ${name} (${address})\nSource: ${sourceText(source)}\nSamples: ${count.toLocaleString("en")}`;
    if (!(await agreesToGoOn(file, detail))) return;
    const reading = { format: sampleFormatId(format), bits: null };
    const claim = await askClaim(reading);
    if (claim === "given up") return;
    const bits = format.kind === "packed-bits" ? 1 : 8;
    await this.collect(machine, { source, count, format, bits, claim, file, resume: true, width: null });
  }

  private async collect(machine: MachineItem, collection: Collection): Promise<void> {
    const { file, format, width } = collection;
    const item = itemOfFile(file, format === null ? null : sampleFormatId(format), width);
    this.parts.watch(item);
    const report = await this.parts.runner.occupy(item, "Collecting", (signal, tell) =>
      this.toTheEnd(machine, collection, item, signal, tell),
    );
    if (report !== null) await this.actions.run(itemOfFile(file, report.format, width));
  }

  /** @returns null when it did not finish */
  private async toTheEnd(
    machine: MachineItem,
    collection: Collection,
    item: SamplesItem,
    signal: AbortSignal,
    tell: (running: Running) => void,
  ): Promise<CollectionReport | null> {
    let running = STARTING;
    try {
      for await (const event of this.parts.checks.collect(machine, collection, signal)) {
        if (event.type === "report") {
          if (event.report.short === null) return event.report;
          await this.unfinished(machine, collection, item, `Not all samples came: ${event.report.short}.`);
          return null;
        }
        if (event.type === "running") running = { ...running, estimates: event.running };
        else running = { ...running, message: event.message, fraction: event.fraction };
        tell(running);
      }
      throw new Error("the collection ended without a report");
    } catch (error) {
      if (signal.aborted) await this.unfinished(machine, collection, item, "The collection was cancelled.");
      else await this.failed(machine, collection, item, error);
      return null;
    }
  }

  /** It ended early, by the person's will or the source's: what came is kept. */
  private async unfinished(
    machine: MachineItem,
    collection: Collection,
    item: SamplesItem,
    why: string,
  ): Promise<void> {
    const kept = await this.kept(collection);
    if (kept === null) {
      this.parts.results.cancelled(item);
      void window.showInformationMessage(`${why} Nothing had come, and nothing is kept.`);
      return;
    }
    const remedy = "Go on with Resume Collection, or assess what came.";
    this.parts.results.failed(item, `${why} ${kept}`, remedy);
    const assess = { label: "Assess What Came", act: () => this.actions.run(item) };
    // not awaited: the item is busy until this is done
    void offer(`${why} ${kept}`, [this.onwards(machine, collection, kept), assess]).catch((error: unknown) =>
      showError(error, this.parts.log),
    );
  }

  private async failed(machine: MachineItem, collection: Collection, item: SamplesItem, error: unknown): Promise<void> {
    const kept = await this.kept(collection);
    const { message, remedy } = explain(error);
    this.parts.results.failed(item, kept === null ? message : `${message} ${kept}`, remedy);
    void showError(error, this.parts.log, [this.onwards(machine, collection, kept)]);
  }

  private onwards(machine: MachineItem, collection: Collection, kept: string | null): Action {
    return onwards(kept, (resume) => this.collect(machine, { ...collection, resume }));
  }

  /** What came, in words; null when there is nothing to go on with. */
  private async kept({ file }: Collection): Promise<string | null> {
    const { keptBytes } = await import("../operations/collection-places");
    const bytes = await keptBytes(file);
    return bytes === null
      ? null
      : `The ${bytes.toLocaleString("en")} bytes that came are kept, and marked unfinished by ${workspace.asRelativePath(file)}.unfinished.`;
  }
}

function itemOfFile(file: string, format: string | null, bits: number | null): SamplesItem {
  return { kind: "samples", file, bits, format, method: NON_IID };
}
