import { spawn } from "node:child_process";
import { programMissing, programNotStarted } from "./errors";

/** A program to be started; no shell reads its arguments. */
export interface Program {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** What brings the program on Debian; null when only the user knows. */
  readonly install?: string | null;
}

export interface RunningProgram {
  /** How it ended, in words: `exit code 1`; null for success. */
  readonly ended: Promise<string | null>;
  /** Stops it with all that it started; may be called at any time, and again. */
  kill(): void;
}

/**
 * Starts a program in a process group of its own, so that it can be stopped with its children. It ends with this
 * process, however that ends.
 * @param onOutput takes what it writes to standard output and standard error
 * @throws UserError when it cannot be started
 */
export function startProgram(
  { program, args, cwd, env, install = null }: Program,
  onOutput: (bytes: Uint8Array) => void,
): Promise<RunningProgram> {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
  });
  const stopWatching = endWithUs(child.pid);
  child.stdout.on("data", onOutput);
  child.stderr.on("data", onOutput);
  const ended = new Promise<string | null>((resolve) =>
    child.once("close", (code, signal) => {
      stopWatching();
      process.removeListener("exit", kill);
      resolve(code === 0 ? null : signal === null ? `exit code ${code ?? "unknown"}` : `signal ${signal}`);
    }),
  );
  process.once("exit", kill);
  return new Promise((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) => {
      process.removeListener("exit", kill);
      reject(error.code === "ENOENT" ? programMissing(program, install) : programNotStarted(program, error.message));
    });
    child.once("spawn", () => resolve({ ended, kill }));
  });

  function kill(): void {
    // whoever left the group may still hold the pipes
    child.stdout.destroy();
    child.stderr.destroy();
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
      if (process.platform === "win32") child.kill("SIGKILL");
      else process.kill(-child.pid, "SIGKILL");
    } catch {
      // it ended by itself at this moment
    }
  }
}

/**
 * Kills a process group as soon as this process has ended, even by SIGKILL: a shell waits for the end of its standard
 * input, which only this process holds open. On Windows it needs no shell: there libuv starts programs in a job that
 * ends with their parent.
 * @param group undefined where there is none, as the program could not be started
 * @returns stops the watching, which has to happen before the system may give the group's number to another
 */
function endWithUs(group: number | undefined): () => void {
  if (group === undefined || process.platform === "win32") return () => undefined;
  // built-ins only: PATH may be anything; and no group that a Ctrl+C reaches
  const watcher = spawn("/bin/sh", ["-c", 'read -r _; kill -KILL "-$1"', "sh", String(group)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  // where it cannot be started, an orderly end still ends the program
  watcher.on("error", () => undefined);
  return () => watcher.kill("SIGKILL");
}

/**
 * Runs a program to its end; an abort stops it.
 * @returns how it ended, in words; null for success
 * @throws UserError when it cannot be started; the signal's reason when that aborts
 */
export async function runProgram(
  program: Program,
  signal: AbortSignal,
  onOutput: (bytes: Uint8Array) => void = () => undefined,
): Promise<string | null> {
  signal.throwIfAborted();
  const running = await startProgram(program, onOutput);
  const kill = (): void => running.kill();
  signal.addEventListener("abort", kill, { once: true });
  if (signal.aborted) kill();
  try {
    const ended = await running.ended;
    signal.throwIfAborted();
    return ended;
  } finally {
    signal.removeEventListener("abort", kill);
  }
}
