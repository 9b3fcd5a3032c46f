import { setTimeout as delay } from "node:timers/promises";
import { createReadStream } from "node:fs";
import type { UserError } from "../errors";
import type { BootLog, BootLogEvent } from "./boot-log";
import {
  bootFailed,
  bootTimedOut,
  dataLost,
  dataMissing,
  kernelPanicked,
  lengthLimited,
  sourceShort,
  sourceUnrecognized,
  testSkipped,
} from "./errors";
import { startProgram, type Program } from "./program";
import { sizeOf, type RunFiles } from "./run-folder";
import type { OpenWay } from "./ways-out";

/** A machine that is booted once. */
export interface BootOnce {
  readonly program: Program;
  /** Whether the machine ends with the program: in QEMU it does, a device that bootserver feeds does not. */
  readonly endsWithProgram: boolean;
  readonly way: OpenWay;
  readonly run: RunFiles;
  /** Bytes; null when only the kernel knows. */
  readonly length: number | null;
  /** Seconds. */
  readonly timeout: number;
  /** Milliseconds between two looks for the data. */
  readonly lookEvery: number;
  /** Told the bytes that are there, at each look. */
  readonly onLook: (bytes: number) => void;
}

/**
 * Boots a machine, and waits until its data are whole. Whatever it started has ended when it returns or throws.
 * @param newLog makes the log that takes the console, and hands on its events
 * @throws UserError when the data do not come; the signal's reason when that aborts
 */
export async function bootOnce(
  boot: BootOnce,
  newLog: (onEvent: (event: BootLogEvent) => void) => BootLog,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const { way, length, timeout, lookEvery } = boot;
  const deadline = AbortSignal.timeout(timeout * 1000);
  const hopeless = new AbortController();
  const log = newLog((event) => {
    const error = fatal(event, length);
    if (error !== null) hopeless.abort(error);
  });
  const stop = AbortSignal.any([signal, deadline, hopeless.signal]);
  const running = await startProgram(boot.program, (bytes) => log.add(bytes));
  const machineEnded = running.ended.then((how) =>
    how === null && !boot.endsWithProgram ? new Promise<never>(() => undefined) : { how },
  );
  const own = new AbortController();
  let ending: string | null = null;
  try {
    for (;;) {
      const look = delay(lookEvery, "look" as const, { signal: AbortSignal.any([stop, own.signal]) });
      const next = await Promise.race([look, machineEnded]);
      if (next !== "look") {
        own.abort();
        await look.catch(() => undefined);
        ending = next.how;
        break;
      }
      boot.onLook(await sizeOf(boot.run.bin));
      if (await way.arrived(stop)) break;
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (hopeless.signal.aborted) throw hopeless.signal.reason;
    if (deadline.aborted) throw bootTimedOut(timeout, log.lastLine, way.excuse());
    throw error;
  } finally {
    running.kill();
    await running.ended;
    log.end();
  }
  if (hopeless.signal.aborted) throw hopeless.signal.reason;
  if (ending !== null) throw bootFailed(boot.program.program, ending, log.lastLine);
  await way.settle();
  await requireData(boot, log);
}

/** Why a boot that says this cannot end well; null when it can. */
function fatal(event: BootLogEvent, length: number | null): UserError | null {
  switch (event.kind) {
    case "panic":
      return kernelPanicked(event.line);
    case "unrecognized-source":
      return sourceUnrecognized(event.source);
    case "skipped":
      return testSkipped(event.line);
    case "data-lost":
      return dataLost(event.line);
    case "length-limited":
      return length === null || event.bytes >= length ? null : lengthLimited(event.bytes, length);
    case "source-short":
      return length === null ? null : sourceShort(event.bytes);
    case "drawn":
      return null;
  }
}

async function requireData({ run, length }: BootOnce, log: BootLog): Promise<void> {
  const size = await sizeOf(run.bin);
  if (size === 0 || (length !== null && size !== length)) throw dataMissing(size, length, log.lastLine);
  // a disk that nobody wrote to is as long as one that was written
  if (!log.events.some(({ kind }) => kind === "drawn") && (await isAllZero(run.bin)))
    throw dataMissing(0, length, log.lastLine);
}

async function isAllZero(path: string): Promise<boolean> {
  for await (const chunk of createReadStream(path))
    if (Buffer.isBuffer(chunk) && chunk.some((byte) => byte !== 0)) return false;
  return true;
}
