import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { computationFailed, poolDisposed, threadCrashed } from "./errors";
import type { Method, Params, Reply, Request, Result } from "./rpc";

/** More threads would wait for memory rather than compute. */
const MOST_THREADS = 4;

interface Job {
  /** Gives the thread its request. `finished` is called when the thread has answered it, for good or ill. */
  readonly begin: (thread: Worker, finished: () => void) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Threads that compute, started as they are needed. A thread has one job at a time and may be ended at any moment; the
 * next job gets a fresh one.
 */
export class WorkerPool {
  private readonly idle: Worker[] = [];
  private readonly busy = new Map<Worker, Job>();
  private readonly waiting: Job[] = [];
  private disposed = false;

  /**
   * @param script path of the bundle of `thread.ts`
   * @param size how many threads may compute at once
   */
  constructor(
    private readonly script: string,
    readonly size = Math.min(MOST_THREADS, availableParallelism()),
  ) {}

  /**
   * Has a thread compute something, as soon as one is free.
   * @param options.onProgress hears how far it is, 0 to 1
   * @throws the signal's reason, at once, when it is aborted; UserError when the computation failed or its thread crashed
   */
  run<M extends Method>(
    method: M,
    params: Params<M>,
    options: { readonly signal: AbortSignal; readonly onProgress: (fraction: number) => void },
  ): Promise<Result<M>> {
    const { signal, onProgress } = options;
    return new Promise((resolve, reject) => {
      if (this.disposed) throw poolDisposed();
      signal.throwIfAborted();
      const job: Job = {
        begin: (thread, finished) => {
          const request: Request<M> = { method, params };
          const hear = (reply: Reply<M>): void => {
            if (reply.type === "progress") {
              onProgress(reply.fraction);
              return;
            }
            thread.off("message", hear);
            signal.removeEventListener("abort", abort);
            if (reply.type === "ok") resolve(reply.value);
            else reject(computationFailed(reply.message));
            finished();
          };
          thread.on("message", hear);
          thread.postMessage(request);
        },
        fail: (error) => {
          signal.removeEventListener("abort", abort);
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      };
      const abort = (): void => this.abandon(job, signal.reason);
      signal.addEventListener("abort", abort);
      this.waiting.push(job);
      this.schedule();
    });
  }

  /** Ends all threads; what they computed, and what waited, is rejected. */
  async dispose(): Promise<void> {
    this.disposed = true;
    const threads = [...this.idle, ...this.busy.keys()];
    const jobs = [...this.busy.values(), ...this.waiting];
    this.idle.length = this.waiting.length = 0;
    this.busy.clear();
    for (const job of jobs) job.fail(poolDisposed());
    await Promise.all(threads.map((thread) => thread.terminate()));
  }

  private schedule(): void {
    while (this.busy.size < this.size) {
      const job = this.waiting.shift();
      if (job === undefined) return;
      const thread = this.idle.pop() ?? this.start();
      this.busy.set(thread, job);
      thread.ref();
      job.begin(thread, () => this.release(thread));
    }
  }

  private start(): Worker {
    const thread = new Worker(this.script);
    thread.on("error", (error) => this.lose(thread, error.message));
    thread.on("exit", (code) => this.lose(thread, `exit code ${code}`));
    return thread;
  }

  private release(thread: Worker): void {
    // It may have been ended since it answered.
    if (!this.busy.delete(thread)) return;
    this.idle.push(thread);
    // An idle thread keeps no process alive.
    thread.unref();
    this.schedule();
  }

  /** A thread is gone, with its job or without. */
  private lose(thread: Worker, how: string): void {
    const job = this.busy.get(thread);
    this.busy.delete(thread);
    const at = this.idle.indexOf(thread);
    if (at >= 0) this.idle.splice(at, 1);
    job?.fail(threadCrashed(how));
    this.schedule();
  }

  private abandon(job: Job, reason: unknown): void {
    const at = this.waiting.indexOf(job);
    if (at >= 0) this.waiting.splice(at, 1);
    for (const [thread, running] of this.busy) {
      if (running !== job) continue;
      this.busy.delete(thread);
      void thread.terminate();
    }
    job.fail(reason);
    this.schedule();
  }
}
