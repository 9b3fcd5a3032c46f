import { ProgressLocation, window, type LogOutputChannel } from "vscode";
import type { OperationEvent, Report } from "../model";
import { idOf, titleOf, type Item } from "./items";
import { explain, showError } from "./notices";
import type { Results } from "./results";
import type { Running } from "./states";

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
  private readonly running = new Set<string>();

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
  async run(item: Item): Promise<Report | null> {
    const id = idOf(item);
    if (this.running.has(id)) return null;
    this.running.add(id);
    try {
      await this.results.ready;
      const title = `${TITLES[item.kind]} ${titleOf(item)}`;
      return await window.withProgress(
        { location: ProgressLocation.Notification, title, cancellable: true },
        async (progress, token) => {
          const abort = new AbortController();
          token.onCancellationRequested(() => abort.abort());
          return this.toTheEnd(item, abort.signal, (message, increment) => progress.report({ message, increment }));
        },
      );
    } finally {
      this.running.delete(id);
    }
  }

  private async toTheEnd(
    item: Item,
    signal: AbortSignal,
    tell: (message: string, increment: number) => void,
  ): Promise<Report | null> {
    let shown = { message: "", percent: 0 };
    let running: Running = { message: "starting", fraction: null, permutations: null };
    this.results.progress(item, running);
    try {
      for await (const event of this.start(item, signal)) {
        if (event.type === "report") {
          await this.results.finished(item, event.report);
          return event.report;
        }
        if (event.type === "permutations") {
          // told with the progress that follows
          running = { ...running, permutations: event.progress };
          continue;
        }
        const percent = event.fraction === null ? shown.percent : Math.floor(event.fraction * 100);
        if (event.message === shown.message && percent === shown.percent) continue;
        tell(event.message, Math.max(0, percent - shown.percent));
        running = { ...running, message: event.message, fraction: event.fraction };
        this.results.progress(item, running);
        shown = { message: event.message, percent };
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
