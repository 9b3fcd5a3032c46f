/** Answers of a machine to fixed commands, as observations. */
import { UserError } from "../errors";
import type { HwrngState, Observation, OperationEvent, RngdState } from "../model";
import { excerpt } from "../ssh/excerpt";
import { COMMAND_TIMED_OUT } from "./errors";
import { readHwrng } from "./hwrng";
import type { CommandResult, Machine } from "./machine";
import { readRngd } from "./rngd";

export type Progress = Extract<OperationEvent, { type: "progress" }>;

export const progress = (message: string, fraction: number): Progress => ({ type: "progress", message, fraction });

/** A generator that has given no 16 bytes by then gives nothing. */
export const HWRNG_TIMEOUT = 15_000;

/** What an attempt to measure came to. */
export type Outcome<T> =
  | { readonly status: "measured"; readonly value: T; readonly raw: string }
  | { readonly status: "unmeasured"; readonly reason: string; readonly remedy: string };

/** Milliseconds that an answer may take where nothing else is said. */
const TIMEOUT = 60_000;

/** How a machine is asked: commands within bounds, and facts that are told as unmeasured where asking fails. */
export interface Asking {
  readonly run: (command: string, timeout?: number) => Promise<CommandResult>;
  /** @param asked what is asked, for people */
  readonly observe: <T>(asked: string, measure: () => Promise<Outcome<T>>) => Promise<Observation<T>>;
}

/** @param maxOutput bytes of an answer */
export function asking(machine: Machine, signal: AbortSignal, maxOutput: number): Asking {
  return {
    run: (command, timeout = TIMEOUT) => machine.run(command, { signal, maxOutput, timeout }),
    observe: async (asked, measure) => observation(machine, asked, await measure().catch(notMeasured)),
  };
}

/** The outcome, with what was asked, of whom and when. */
export function observation<T>(machine: Machine, asked: string, outcome: Outcome<T>): Observation<T> {
  return { provenance: { asked, of: machine.address, at: new Date().toISOString() }, ...outcome };
}

/** A fact, and the answer that holds it, cut to a bounded length. */
export const measured = <T>(value: T, raw: string): Outcome<T> => ({ status: "measured", value, raw: excerpt(raw) });

/** Why there is no fact, and what can be done about it. */
export const unmeasured = (reason: string, remedy: string): Outcome<never> => ({
  status: "unmeasured",
  reason,
  remedy,
});

/**
 * An attempt that failed.
 * @throws whatever is not an error that a user can act on
 */
export function notMeasured(error: unknown): Outcome<never> {
  if (error instanceof UserError) return unmeasured(error.message, error.remedy);
  throw error;
}

/** Reads the answer to `COMMANDS.kernel` */
export function readKernel({ stdout, stderr, exitCode }: CommandResult): Outcome<string> {
  const said = excerpt(stdout.toString("utf8"));
  if (exitCode === 0 && said !== "") return measured(said, said);
  return unmeasured(`uname does not say which kernel runs: "${excerpt(stderr)}"`, "Run uname -sr on the machine.");
}

/** Reads the answer to `COMMANDS.rngd` */
export function readRngdAnswer({ stdout }: CommandResult): Outcome<RngdState> {
  const answer = stdout.toString("utf8");
  const state = readRngd(answer);
  if (state !== null) return measured(state, answer);
  return unmeasured(
    "this account may not see the processes of others, and no unit of rngd that it can see is running",
    "Check with an account that sees all processes: /proc without hidepid, or a member of its group.",
  );
}

/** Reads the answer to `COMMANDS.entropyAvail` */
export function readEntropyAvail({ stdout, stderr }: CommandResult): Outcome<number> {
  const answer = stdout.toString("utf8").trim();
  if (/^\d{1,9}$/.test(answer)) return measured(Number(answer), answer);
  return unmeasured(
    `entropy_avail is not a number: "${excerpt(answer || stderr)}"`,
    "Read /proc/sys/kernel/random/entropy_avail on the machine, with /proc mounted.",
  );
}

/** Reads the answer to `COMMANDS.hwrng` @param given to `COMMANDS.readHwrng` */
export function readHwrngAnswer({ stdout }: CommandResult, given: string | null): Outcome<HwrngState> {
  const answer = stdout.toString("utf8");
  return measured(readHwrng(answer, given), answer);
}

/** What a read of the device gave; null when it did not end in time. */
export async function given(reading: () => Promise<CommandResult>): Promise<string | null> {
  try {
    return (await reading()).stdout.toString("utf8").trim();
  } catch (error) {
    if (error instanceof UserError && error.code === COMMAND_TIMED_OUT) return null;
    throw error;
  }
}
