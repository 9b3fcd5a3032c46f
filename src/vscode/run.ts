import { CancellationError, ProgressLocation, window, type LogOutputChannel } from "vscode";
import type { OperationEvent, Report } from "../model";
import type { LogIn } from "../openstack/identity";
import { workAtOnce } from "../operations/at-once";
import { idOf, titleOf, type CloudItem, type Item } from "./items";
import { explain, offer, showError } from "./notices";
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

/** Most clouds that are checked side by side. */
const AT_ONCE = 4;
const WAITING: Running = { ...STARTING, message: "waiting" };

/** How a run came to its end. */
type End =
  | { readonly type: "done"; readonly report: Report }
  | { readonly type: "cancelled" }
  | { readonly type: "failed"; readonly error: unknown };

/** Drives operations: progress, cancel, errors, and the result to where results are kept. */
export class Runner {
  private readonly busy = new Set<string>();

  /** @param start begins the operation that an item asks for */
  constructor(
    private readonly results: Results,
    private readonly log: LogOutputChannel,
    private readonly start: (item: Item, signal: AbortSignal, logIn?: LogIn) => AsyncIterable<OperationEvent>,
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

  /**
   * Runs the checks of several clouds, a bounded number at a time, under one notification. Those of one user and project
   * log in once. Each result, and each failure, stands with its own cloud.
   */
  async runAll(clouds: readonly CloudItem[]): Promise<void> {
    const free = clouds.filter((cloud) => !this.busy.has(idOf(cloud)));
    for (const cloud of free) this.busy.add(idOf(cloud));
    try {
      await this.results.ready;
      const title = `Checking ${free.length} clouds`;
      const failed = await window.withProgress(
        { location: ProgressLocation.Notification, title, cancellable: true },
        (progress, token) => {
          const abort = new AbortController();
          token.onCancellationRequested(() => abort.abort());
          return this.sideBySide(free, abort.signal, (message, increment) => progress.report({ message, increment }));
        },
      );
      if (failed.length > 0) void this.tellFailed(failed, free.length);
    } finally {
      for (const cloud of free) this.busy.delete(idOf(cloud));
    }
  }

  /** @returns those that could not be checked */
  private async sideBySide(
    clouds: readonly CloudItem[],
    signal: AbortSignal,
    report: (message: string, increment: number) => void,
  ): Promise<readonly CloudItem[]> {
    const { Logins } = await import("../openstack/logins");
    const { logIn } = new Logins();
    const waiting = new Set(clouds);
    const failed: CloudItem[] = [];
    for (const cloud of clouds) this.results.progress(cloud, WAITING);
    try {
      await workAtOnce(clouds, AT_ONCE, signal, async (cloud, stop) => {
        waiting.delete(cloud);
        this.results.progress(cloud, STARTING);
        const tell = this.teller(cloud, (message) => report(`${cloud.name} · ${message}`, 0));
        const end = await this.attempt(cloud, stop, tell, logIn);
        if (end.type === "failed") failed.push(cloud);
        report(`${cloud.name} · done`, 100 / clouds.length);
      });
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      for (const cloud of waiting) this.results.cancelled(cloud);
    }
    return failed;
  }

  private async tellFailed(failed: readonly CloudItem[], of: number): Promise<void> {
    const names = failed.map(({ name }) => name).join(", ");
    await offer(`${failed.length} of ${of} clouds could not be checked: ${names}. The side panel says why of each.`, [
      { label: "Try Again", act: () => this.runAll(failed) },
    ]);
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
    const end = await this.attempt(item, signal, tell);
    if (end.type === "done") return end.report;
    if (end.type === "failed") {
      const again = { label: "Try Again", act: () => this.run(item) };
      // not awaited inside withProgress: the progress would stay until the message is closed
      void showError(end.error, this.log, [again]);
    }
    return null;
  }

  /** Brings an item's result to rest, whichever way. */
  private async attempt(
    item: Item,
    signal: AbortSignal,
    tell: (running: Running) => void,
    logIn?: LogIn,
  ): Promise<End> {
    let running = STARTING;
    try {
      for await (const event of this.start(item, signal, logIn)) {
        if (event.type === "report") {
          await this.results.finished(item, event.report);
          return { type: "done", report: event.report };
        }
        // the permutations are told with the progress that follows
        if (event.type === "permutations") running = { ...running, permutations: event.progress };
        else tell((running = { ...running, message: event.message, fraction: event.fraction }));
      }
      throw new Error("the operation ended without a report");
    } catch (error) {
      if (signal.aborted || error instanceof CancellationError) {
        this.results.cancelled(item);
        return { type: "cancelled" };
      }
      const { message, remedy } = explain(error);
      this.results.failed(item, message, remedy);
      return { type: "failed", error };
    }
  }
}
