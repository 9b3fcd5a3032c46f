import type { RngdState } from "../model";
import { excerpt } from "../ssh/excerpt";

/**
 * Is rngd running? A unit that is "active" proves little: Debian's start script leaves "active (exited)" behind when
 * rngd found no device. The process proves it; where the account may not see the processes of others, a unit that runs.
 * @param answer what `COMMANDS.rngd` wrote
 * @returns null if the account can see neither
 */
export function readRngd(answer: string): RngdState | null {
  const lines = answer.split("\n");
  const units = readUnits(lines);
  const process = lines.flatMap((line) => readProcess(line) ?? []).at(0) ?? null;
  if (process !== null) return { running: true, process, units };
  if (lines.includes("visible")) return { running: false, process, units };
  return units.some((unit) => unit.state === "active (running)") ? { running: true, process, units } : null;
}

/** `PID COMMAND LINE` of a process that lives: a dead one that nobody has waited for has no command line any more. */
function readProcess(line: string): string | null {
  const [, pid, commandLine] = /^process (\d+) (.+)$/.exec(line) ?? [];
  return pid ? excerpt(`${pid} ${commandLine}`) : null;
}

/** The units that exist, each once: systemd answers with a unit's own name when asked for an alias. */
function readUnits(lines: readonly string[]): RngdState["units"] {
  const units = new Map<string, string>();
  let properties: Record<string, string> = {};
  for (const line of [...lines, ""]) {
    const [, name, value] = /^(Id|LoadState|ActiveState|SubState)=(.*)$/.exec(line) ?? [];
    if (name) {
      properties[name] = excerpt(value);
    } else {
      const { Id, LoadState, ActiveState, SubState } = properties;
      if (Id && LoadState !== "not-found") units.set(Id, `${ActiveState} (${SubState})`);
      properties = {};
    }
  }
  return Array.from(units, ([name, state]) => ({ name, state }));
}
