import type { ConsoleTranscript } from "../formats/console-transcript";
import { COMMANDS } from "./commands";
import { COUNT_BLOCKS } from "./count-blocks";
import { commandTimedOut, consoleLostLines, consoleSaidNothing } from "./errors";
import type { CommandResult, Machine } from "./machine";
import { patienceFor } from "./user-data";

/** Whose answers show by themselves whether something is missing in them. */
const JUDGED_IN_PART = new Set<string>([COMMANDS.rngtest, COUNT_BLOCKS]);

/**
 * A machine that has said everything already, over its console: it answers the commands of `user-data.ts`, and nothing
 * else.
 */
export function consoleMachine(name: string, address: string, transcript: ConsoleTranscript): Machine {
  const said = new Map<string, string>(
    [...Object.entries(COMMANDS), ["countBlocks", COUNT_BLOCKS]].map(([k, c]) => [c, k]),
  );
  return {
    name,
    address,
    stream: null,
    run: (command) => Promise.resolve().then(() => answerTo(command)),
    close: () => Promise.resolve(),
  };

  function answerTo(command: string): CommandResult {
    const result = transcript.result(said.get(command) ?? "");
    if (result === null) throw consoleSaidNothing(name, command);
    if (result.status === "timeout") throw commandTimedOut(name, command, patienceFor(command));
    if (!result.whole && !JUDGED_IN_PART.has(command)) throw consoleLostLines(name, command);
    return { stdout: Buffer.from(result.stdout), stderr: result.stderr, exitCode: result.status };
  }
}
