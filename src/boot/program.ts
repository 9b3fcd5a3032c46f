import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { access, constants, stat } from "node:fs/promises";
import { delimiter, resolve as resolvePath } from "node:path";
import type { UserError } from "../errors";
import { codeOf } from "../formats/sample-file";
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
export async function startProgram(program: Program, onOutput: (bytes: Uint8Array) => void): Promise<RunningProgram> {
  if (process.platform !== "win32") await requireProgram(program);
  const child = spawnHeld(program);
  const stopWatching = endWithUs(child.pid);
  // what begins before our end is watched for might outlive us
  child.stdin.on("error", () => undefined).end(process.platform === "win32" ? "" : "\n");
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
      reject(notStarted(program, error));
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

/** Starts a program that begins when a line comes over its standard input, and never if that ends without one. */
function spawnHeld({ program, args, cwd, env }: Program): ChildProcessWithoutNullStreams {
  const options = { cwd, env: { ...process.env, ...env } };
  if (process.platform === "win32") return spawn(program, args, options);
  const held = ["-c", 'read -r _ && exec "$@" </dev/null', "sh", program, ...args];
  return spawn("/bin/sh", held, { ...options, detached: true });
}

/**
 * Looks for a program where the system would.
 * @throws UserError when it is not there, or cannot be run
 */
async function requireProgram(wanted: Program): Promise<void> {
  const { program, cwd, env } = wanted;
  const path = { ...process.env, ...env }["PATH"] ?? "";
  const folders = program.includes("/") ? [""] : path.split(delimiter);
  let failure: unknown = null;
  for (const folder of folders) {
    const candidate = resolvePath(cwd, folder, program);
    try {
      await access(candidate, constants.X_OK);
      if ((await stat(candidate)).isFile()) return;
      failure = new Error(`${candidate} is no file`);
    } catch (error) {
      if (codeOf(error) !== "ENOENT") failure = error;
    }
  }
  throw failure === null ? programMissing(program, wanted.install ?? null) : notStarted(wanted, failure);
}

function notStarted({ program, install = null }: Program, error: unknown): UserError {
  if (codeOf(error) === "ENOENT") return programMissing(program, install);
  return programNotStarted(program, error instanceof Error ? error.message : String(error));
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
