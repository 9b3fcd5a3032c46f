import { commandFailed, commandTimedOut, tooMuchOutput } from "./errors";
import type { CommandResult, RunOptions } from "./machine";

/** A command that was started, wherever. */
export interface RunningCommand {
  readonly stdout: AsyncIterable<Uint8Array>;
  readonly stderr: AsyncIterable<Uint8Array>;
  /** The exit code, null if a signal ended it; rejects with a UserError if how it ended cannot be known. */
  readonly exited: Promise<number | null>;
  /** Stops it, as far as it can be stopped; may be called at any time, and again. */
  kill(): void;
}

/** Starts a command. @throws UserError if it cannot be started */
export type Start = (command: string) => Promise<RunningCommand>;

const MAX_STDERR = 16 * 1024;

/** Runs a command to its end: {@link Machine.run} over any way to start one. */
export async function runToEnd(
  start: Start,
  machine: string,
  command: string,
  { signal, maxOutput, timeout }: RunOptions,
): Promise<CommandResult> {
  const deadline = AbortSignal.timeout(timeout);
  const stop = AbortSignal.any([signal, deadline]);
  const started = start(command);
  try {
    const { stdout, stderr, exited } = await unlessAborted(started, stop);
    const everything = Promise.all([
      collect(stdout, maxOutput, () => {
        throw tooMuchOutput(machine, command);
      }),
      collect(stderr, MAX_STDERR, () => undefined),
      exited,
    ]);
    const [output, errors, exitCode] = await unlessAborted(everything, stop);
    return { stdout: output, stderr: errors.toString("utf8"), exitCode };
  } catch (error) {
    killOnceStarted(started);
    if (deadline.aborted && !signal.aborted) throw commandTimedOut(machine, command, timeout / 1000);
    throw error;
  }
}

/** Hands on what a command writes: {@link Machine.stream} over any way to start one. */
export async function* streamOutput(
  start: Start,
  machine: string,
  command: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const started = start(command);
  try {
    const { stdout, stderr, exited } = await unlessAborted(started, signal);
    const errors = collect(stderr, MAX_STDERR, () => undefined);
    // if the loop below fails, it tells why
    errors.catch(() => undefined);
    exited.catch(() => undefined);
    const chunks = stdout[Symbol.asyncIterator]();
    for (;;) {
      const next = await unlessAborted(chunks.next(), signal);
      if (next.done) break;
      yield next.value;
    }
    const exitCode = await unlessAborted(exited, signal);
    if (exitCode !== 0) throw commandFailed(machine, command, exitCode, (await errors).toString("utf8"));
  } finally {
    killOnceStarted(started);
  }
}

/** Whoever gives up while a command is being started must not leave it behind. */
function killOnceStarted(started: Promise<RunningCommand>): void {
  started.then(
    (running) => running.kill(),
    () => undefined,
  );
}

/** Everything up to a length; what comes after it is read and dropped, unless `onMore` throws. */
async function collect(output: AsyncIterable<Uint8Array>, most: number, onMore: () => void): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of output) {
    if (length + chunk.length > most) onMore();
    chunks.push(chunk.subarray(0, most - length));
    length += chunks[chunks.length - 1].length;
  }
  return Buffer.concat(chunks);
}

/** The promise's outcome, or the signal's reason as soon as it aborts; the promise may then do what it wants. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
