import { spawn } from "node:child_process";
import { commandNotStarted } from "./errors";
import type { StreamingMachine } from "./machine";
import { runToEnd, streamOutput, type RunningCommand } from "./running-command";
import { machineSource, type MachineTarget } from "./target";

/** This machine. */
export function openLocalMachine(target: MachineTarget & { kind: "local" }): StreamingMachine {
  const { name, address } = machineSource(target);
  return {
    name,
    address,
    run: (command, options) => runToEnd((line) => start(line, false), name, command, options),
    stream: (command, signal) => streamOutput((line) => start(line, true), name, command, signal),
    close: () => Promise.resolve(),
  };

  /** @param held whether its standard input stays open, so that it learns when nobody listens any more */
  function start(command: string, held: boolean): Promise<RunningCommand> {
    // a process group of its own, so that the whole pipeline can be stopped
    const child = spawn("/bin/sh", ["-c", command], { stdio: ["pipe", "pipe", "pipe"], detached: true });
    if (!held) child.stdin.end();
    const exited = new Promise<number | null>((resolve) => child.once("close", resolve));
    return new Promise((resolve, reject) => {
      child.once("error", (error) => reject(commandNotStarted(name, error.message)));
      child.once("spawn", () => resolve({ stdout: child.stdout, stderr: child.stderr, exited, kill }));
    });

    function kill(): void {
      child.stdout.destroy();
      child.stderr.destroy();
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // it ended by itself at this moment
      }
    }
  }
}
