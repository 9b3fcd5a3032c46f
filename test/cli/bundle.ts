import { spawn } from "node:child_process";
import { join } from "node:path";
import { bundles } from "../bundles";

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  /** Beside PATH and HOME. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: Uint8Array;
  /** A text on standard output after which the run is interrupted. */
  readonly interruptAt?: string | undefined;
  /** Interrupts the run when it aborts. */
  readonly interruption?: AbortSignal;
  /** How; SIGINT unless given. */
  readonly interruptBy?: NodeJS.Signals;
  /** Of standard output; `latin1` for bytes. */
  readonly encoding?: "utf8" | "latin1";
}

/** Less than mocha gives a test, so that it is told what the run has said. */
const LIMIT_MS = 280_000;

/** Runs the headless front end as a user would, with a home of its own. */
export function runCli(
  args: readonly string[],
  { cwd, env = {}, input, interruptAt, interruption, interruptBy = "SIGINT", encoding = "utf8" }: RunOptions,
): Promise<Outcome> {
  const child = spawn(process.execPath, [join(bundles(), "cli.js"), ...args], {
    cwd,
    env: { PATH: process.env["PATH"], HOME: cwd, ...env },
    stdio: "pipe",
  });
  interruption?.addEventListener("abort", () => child.kill(interruptBy));
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding(encoding).on("data", (text: string) => {
    stdout += text;
    if (interruptAt !== undefined && stdout.includes(interruptAt)) child.kill("SIGINT");
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  // a command that has read enough closes its end
  child.stdin.on("error", () => undefined).end(input);
  return new Promise((done, fail) => {
    const limit = setTimeout(() => {
      child.kill("SIGKILL");
      // whoever it has left behind may hold them open
      child.stdout.destroy();
      child.stderr.destroy();
      fail(new Error(`entropy-check ${args.join(" ")} goes on for ever; it said:\n${stdout}\n${stderr}`));
    }, LIMIT_MS);
    child
      .once("error", fail)
      .once("close", (code) => done({ code, stdout, stderr }))
      .once("close", () => clearTimeout(limit));
  });
}
