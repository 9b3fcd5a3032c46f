import { spawn } from "node:child_process";
import { Duplex } from "node:stream";
import type { Transport } from "./connect";

/** Starts a program of the configuration, whose standard input and output are the connection (ProxyCommand). */
export function startProxyCommand(command: string): Transport {
  // a process group of its own, so that all that the shell started can be stopped
  const child = spawn("/bin/sh", ["-c", `exec ${command}`], { stdio: ["pipe", "pipe", "ignore"], detached: true });
  const stream = Duplex.from({ readable: child.stdout, writable: child.stdin });
  child.once("error", (error) => stream.destroy(error));
  // a program that ends after the connection was given up has nobody left to tell
  stream.on("error", () => undefined);
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

/** Runs a program to its end. @returns whether it succeeded */
export function succeeds(command: string): Promise<boolean> {
  const child = spawn("/bin/sh", ["-c", command], { stdio: "ignore" });
  return new Promise((resolve) => {
    child.once("error", () => resolve(false)).once("close", (code) => resolve(code === 0));
  });
}
