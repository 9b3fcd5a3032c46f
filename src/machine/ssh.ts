import type { ClientChannel } from "ssh2";
import { connectRoute } from "../ssh/connect-route";
import { afterMark, throughLoginShell } from "./login-shell";
import type { StreamingMachine } from "./machine";
import { runToEnd, streamOutput, type RunningCommand } from "./running-command";
import type { MachineServices } from "./services";
import { machineSource, type MachineTarget } from "./target";

/**
 * Connects to a machine over SSH, as the SSH configuration says.
 * @throws UserError if it cannot be reached, is not the one that is known, or does not let us in
 */
export async function openSshMachine(
  target: MachineTarget & { kind: "ssh" },
  services: MachineServices,
  signal: AbortSignal,
): Promise<StreamingMachine> {
  const { name, address } = machineSource(target);
  const connection = await connectRoute(target, services, signal);
  return {
    name,
    address,
    run: (command, options) => runToEnd((line) => start(line, false), name, command, options),
    stream: (command, aborted) => streamOutput((line) => start(line, true), name, command, aborted),
    close: () => connection.close(),
  };

  /** @param held whether its standard input stays open, so that it learns when nobody listens any more */
  function start(command: string, held: boolean): Promise<RunningCommand> {
    return connection.exec(throughLoginShell(command), (channel) => {
      if (!held) channel.end();
      return follow(channel);
    });
  }

  function follow(channel: ClientChannel): RunningCommand {
    const exited = new Promise<number | null>((resolve, reject) => {
      let exitCode: number | null | undefined;
      channel.on("exit", (code: number | null) => (exitCode = code));
      channel.on("close", () => (exitCode === undefined ? reject(connection.lost()) : resolve(exitCode)));
    });
    return { stdout: afterMark(channel, name), stderr: channel.stderr, exited, kill };

    function kill(): void {
      // OpenSSH's server hands the signal on; others at least close the pipes
      channel.signal("TERM");
      channel.close();
    }
  }
}
