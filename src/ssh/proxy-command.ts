import { spawn, type ChildProcessByStdio } from "node:child_process";
import { Duplex, type Readable, type Writable } from "node:stream";
import type { Transport } from "./connect";
import type { SshEndpoint } from "./endpoint";
import { proxyCommandEnded } from "./errors";

type Program = ChildProcessByStdio<Writable, Readable, Readable>;

/** How long a program that says no more may take to end, and so to tell how: milliseconds. */
const LAST_MOMENT = 1000;
/** Of what it says on standard error, so many characters are kept. */
const MOST_SAID = 400;

/**
 * Starts a program of the configuration, whose standard input and output are the connection (ProxyCommand). When it ends,
 * or cannot be started, the stream fails with a UserError that says so.
 * @param target where the connection leads
 */
export function startProxyCommand(command: string, target: SshEndpoint): Transport {
  // a process group of its own, so that all that the shell started can be stopped
  const child = spawn("/bin/sh", ["-c", `exec ${command}`], { stdio: ["pipe", "pipe", "pipe"], detached: true });
  const stream = streamOf(child);
  // a program that ends before or after the connection has nobody to tell
  stream.on("error", () => undefined);
  whenOver(child, (how, said) => stream.destroy(proxyCommandEnded(target, command, how, said)));
  return { stream, close };

  function close(): Promise<void> {
    stream.destroy();
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      try {
        process.kill(-child.pid, "SIGTERM");
      } catch {
        // it ended by itself at this moment
      }
    }
    return Promise.resolve();
  }
}

/**
 * What a program writes and reads, which lasts until it is destroyed. Not Duplex.from: that fails as soon as the program
 * ends, with its last words unread and without saying why.
 */
function streamOf({ stdin, stdout, stderr }: Program): Duplex {
  const stream = new Duplex({
    read: () => void stdout.resume(),
    // if nobody reads it any more, the program's end tells why
    write: (bytes, _encoding, done) => void stdin.write(bytes, () => done()),
    final: (done) => void stdin.end(() => done()),
    destroy: (error, done) => {
      for (const pipe of [stdin, stdout, stderr]) pipe.destroy();
      done(error);
    },
  });
  stdin.on("error", () => undefined);
  stdout.on("data", (bytes) => {
    if (!stream.push(bytes)) stdout.pause();
  });
  return stream;
}

/** @param tell hears how the program ended, and what it said last on standard error */
function whenOver(child: Program, tell: (how: string, said: string) => void): void {
  let said = "";
  let notStarted: string | null = null;
  let impatience: NodeJS.Timeout | undefined;
  const over = (): void => {
    clearTimeout(impatience);
    tell(notStarted ?? howEnded(child), said);
  };
  child.stderr.on("data", (bytes) => (said = (said + String(bytes)).slice(-MOST_SAID)));
  child.once("error", (error) => (notStarted = `could not be started (${error.message})`));
  // what it has started may hold its standard error open for ever
  child.stdout.once("end", () => (impatience = setTimeout(over, LAST_MOMENT)));
  child.once("close", over);
}

function howEnded({ exitCode, signalCode }: Program): string {
  if (signalCode !== null) return `was ended by ${signalCode}`;
  return exitCode === null ? "has closed its output" : `ended with exit code ${exitCode}`;
}

/** Runs a program to its end. @returns whether it succeeded */
export function succeeds(command: string): Promise<boolean> {
  const child = spawn("/bin/sh", ["-c", command], { stdio: "ignore" });
  return new Promise((resolve) => {
    child.once("error", () => resolve(false)).once("close", (code) => resolve(code === 0));
  });
}
