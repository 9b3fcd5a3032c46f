import type { HwrngState } from "../model";
import { excerpt } from "../ssh/excerpt";

/**
 * Reads what may feed a machine's random numbers.
 * @param answer what `COMMANDS.hwrng` wrote
 * @param given what `COMMANDS.readHwrng` wrote; null when the device had given nothing after a long time
 */
export function readHwrng(answer: string, given: string | null): HwrngState {
  const values = (name: string): string[] =>
    answer.split("\n").flatMap((line) => (line.startsWith(`${name} `) ? [excerpt(line.slice(name.length + 1))] : []));
  const available = (values("available").at(0) ?? "").split(" ").filter((name) => name !== "" && name !== "none");
  return {
    current: values("current").at(0) ?? null,
    available,
    givesBytes: givesBytes(given),
    instructions: values("instruction"),
  };
}

function givesBytes(given: string | null): boolean | null {
  if (given === null || given === "missing") return false;
  return /^\d+$/.test(given) ? Number(given) > 0 : null;
}
