import { ProgressLocation, window, type LogOutputChannel } from "vscode";
import type { OperationEvent, Report } from "../model";
import { idOf, titleOf, type Item } from "./items";
import { explain, showError } from "./notices";
import type { Results } from "./results";
import { STARTING, type Running } from "./states";

const TITLES: Readonly<Record<Item["kind"], string>> = {
  cloud: "Checking the cloud",
  machine: "Checking the machine",
  samples: "Assessing",
  instance: "Checking a sample instance of",
  restart: "Running the restart tests of",
  "health-tests": "Running the health tests of",
  "boot-test": "Running the boot test",
};

/** Drives operations: progress, cancel, errors, and the result to where results are kept. */
export class Runner {
  private readonly busy = new Set<string>();

  /** @param start begins the operation that an item asks for */
  constructor(
    private readonly results: Results,
    private readonly log: LogOutputChannel,
    private readonly start: (item: Item, signal: AbortSignal) => AsyncIterable<OperationEvent>,
  ) {}

  /**
   * Runs an item's check to its end. Its errors are shown here, nowhere else.
   * @returns null when it failed, was cancelled, or runs already
   */
  run(item: Item): Promise<Report | null> {
    return this.occupy(item, TITLES[item.kind], (signal, tell) => this.toTheEnd(item, signal, tell));
  }

  /**
   * Does something on an item, which is busy meanwhile: its progress is told, and it can be cancelled.
   * @param title what is done, before the item's name
   * @param work must bring the item's result to rest, however it ends
   * @returns null when the item is busy already, too
   */
  async occupy<T>(
    item: Item,
    title: string,
    work: (signal: AbortSignal, tell: (running: Running) => void) => Promise<T | null>,
  ): Promise<T | null> {
    const id = idOf(item);
    if (this.busy.has(id)) return null;
    this.busy.add(id);
    try {
      await this.results.ready;
      return await window.withProgress(
        { location: ProgressLocation.Notification, title: `${title} ${titleOf(item)}`, cancellable: true },
        (progress, token) => {
          const abort = new AbortController();
          token.onCancellationRequested(() => abort.abort());
          this.results.progress(item, STARTING);
          return work(
            abort.signal,
            this.teller(item, (message, increment) => progress.report({ message, increment })),
          );
        },
      );
    } finally {
      this.busy.delete(id);
    }
  }

  /** Tells the progress of an item where it is seen, when that has changed. */
  private teller(item: Item, report: (message: string, increment: number) => void): (running: Running) => void {
    let told = STARTING;
    let percent = 0;
    return (running) => {
      const now = running.fraction === null ? percent : Math.floor(running.fraction * 100);
      if (running.message === told.message && now === percent && running.estimates === told.estimates) return;
      report(running.message, Math.max(0, now - percent));
      this.results.progress(item, running);
      told = running;
      percent = now;
    };
  }

  private async toTheEnd(item: Item, signal: AbortSignal, tell: (running: Running) => void): Promise<Report | null> {
    let running = STARTING;
    try {
      for await (const event of this.start(item, signal)) {
        if (event.type === "report") {
          await this.results.finished(item, event.report);
          return event.report;
        }
        // the permutations are told with the progress that follows
        if (event.type === "permutations") running = { ...running, permutations: event.progress };
        else tell((running = { ...running, message: event.message, fraction: event.fraction }));
      }
      throw new Error("the operation ended without a report");
    } catch (error) {
      if (signal.aborted) {
        this.results.cancelled(item);
        return null;
      }
      const { message, remedy } = explain(error);
      this.results.failed(item, message, remedy);
      const again = { label: "Try Again", act: () => this.run(item) };
      // not awaited inside withProgress: the progress would stay until the message is closed
      void showError(error, this.log, [again]);
      return null;
    }
  }
}
