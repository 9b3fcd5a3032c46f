import { Worker } from "node:worker_threads";
import type { LintFinding } from "../model/definitions";
import type { LintSettings } from "./lint-definitions";

/** What is to be linted. Everything of it crosses the border between threads. */
export interface LintRequest {
  readonly file: string;
  /** Texts of files that count instead of the disk's: what is open and may not be saved. */
  readonly open: ReadonlyMap<string, string>;
  readonly settings: LintSettings;
}

/** To the thread. */
export type ThreadMessage =
  | { readonly type: "lint"; readonly id: number; readonly request: LintRequest }
  | { readonly type: "abort"; readonly id: number };

/** From the thread, one for each `lint`. */
export type ThreadReply =
  { readonly id: number; readonly findings: readonly LintFinding[] } | { readonly id: number; readonly error: string };

interface Waiting {
  readonly resolve: (findings: readonly LintFinding[]) => void;
  readonly reject: (reason: unknown) => void;
  /** Called as it is settled. */
  readonly done: () => void;
}

/**
 * Lints beside the thread that asks, which goes on with its work: 10,000 lines of YAML take the parser a quarter of a
 * second. The thread starts with the first request and keeps no process alive.
 */
export class LintThread {
  private worker: Worker | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;

  /** @param script path of the bundle of `lint-thread.ts` */
  constructor(private readonly script: string) {}

  /**
   * What is wrong, or cannot be told, in the definitions that a file has a part in.
   * @throws the signal's reason, at once, when it is aborted; an Error when the file cannot be read or the thread broke
   */
  async lint(request: LintRequest, signal: AbortSignal): Promise<readonly LintFinding[]> {
    signal.throwIfAborted();
    const worker = (this.worker ??= this.start());
    const id = ++this.last;
    return new Promise<readonly LintFinding[]>((resolve, reject) => {
      const abort = (): void => {
        this.settle(id)?.reject(signal.reason);
        this.send(worker, { type: "abort", id });
      };
      signal.addEventListener("abort", abort);
      const done = (): void => signal.removeEventListener("abort", abort);
      this.waiting.set(id, { resolve, reject, done });
      this.send(worker, { type: "lint", id, request });
    });
  }

  /** Ends the thread; what it was asked is rejected. */
  async dispose(): Promise<void> {
    await this.worker?.terminate();
  }

  private send(worker: Worker, message: ThreadMessage): void {
    worker.postMessage(message);
  }

  private settle(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    waiting?.done();
    return waiting;
  }

  private start(): Worker {
    const worker = new Worker(this.script);
    worker.on("message", (reply: ThreadReply) => {
      const waiting = this.settle(reply.id);
      if ("error" in reply) waiting?.reject(new Error(reply.error));
      else waiting?.resolve(reply.findings);
    });
    let why = "";
    worker.on("error", (error) => {
      why = `: ${error.message}`;
    });
    worker.on("exit", () => {
      this.worker = null;
      for (const id of [...this.waiting.keys()]) this.settle(id)?.reject(new Error(`The linter's thread ended${why}.`));
    });
    // last, for to listen to its messages keeps the process alive
    worker.unref();
    return worker;
  }
}
