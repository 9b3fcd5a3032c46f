import { resolve } from "node:path";
import { meaningOfNumbers, sampleFormatId, type SampleFormat } from "../formats/sample-format";
import {
  readMachineFacts,
  restartsCommand,
  usualFormat,
  type CaptureLimit,
  type CaptureSource,
} from "../machine/capture";
import type { StreamingMachine } from "../machine/machine";
import type { MachineServices } from "../machine/services";
import { machineSource, type MachineTarget } from "../machine/target";
import type { RestartCollectionReport } from "../model/restart-collection";
import { header } from "../report/build";
import { restartShort, restartsNeedFolder } from "./collection-errors";
import { limitOf } from "./intake";
import { openStreamingMachine } from "./open-machine";
import { rebootMachine } from "./reboot";
import { Reconnection } from "./reconnection";
import { howFar, progress, restartsMeta, type Progress } from "./restart-collection";
import { meansFolder, openRestartFile, openRestartFolder, type RestartSink } from "./restart-sink";
import { TimeLeft } from "./time-left";

/** How the source is restarted. */
export type RestartMethod =
  /** By starting a process anew, which gives the samples. */
  | { readonly kind: "process" }
  /** By rebooting the machine, before the samples are read; `command` null: as it is usually done. */
  | { readonly kind: "reboot"; readonly command: string | null };

/** What to collect, and whereto. */
export interface CollectRestartsRequest {
  readonly target: MachineTarget;
  readonly method: RestartMethod;
  readonly source: CaptureSource;
  readonly restarts: number;
  readonly samplesPerRestart: number;
  /** null: as the source is known to give them. */
  readonly format: SampleFormat | null;
  /** A file; or a folder, if it is one or ends with a slash. */
  readonly path: string;
  /** Go on where it was. */
  readonly resume: boolean;
}

/** Of a line, more is not expected. */
const LONGEST_LINE = 128;
/** Milliseconds that one restart may take. */
const TIMEOUT = 600_000;

/**
 * Collects the first samples of many restarts of a source (3.1.4.1): what is there is the journal, so that it goes on
 * after any interruption, a lost connection among them.
 * @throws UserError; the signal's reason when it aborts
 */
export async function* collectRestarts(
  request: CollectRestartsRequest,
  services: MachineServices,
  signal: AbortSignal,
): AsyncGenerator<Progress, RestartCollectionReport> {
  const { target, method, source, restarts, samplesPerRestart } = request;
  const reach = (): Promise<StreamingMachine> => openStreamingMachine(target, services, signal);
  yield progress(`Connecting to ${target.name}`, null);
  let machine: StreamingMachine | null = await reach();
  let sink: RestartSink | null = null;
  try {
    const facts = await readMachineFacts(machine, signal);
    const format = request.format ?? usualFormat(source, facts);
    const limit = limitOf(format, samplesPerRestart);
    sink = await openSink(request, format, limit);
    const reconnection = new Reconnection(signal);
    const timeLeft = new TimeLeft(() => performance.now());
    const batches = new Batches();
    let left: number | null = null;
    while (sink.done < restarts) {
      try {
        machine ??= await reach();
        if (method.kind === "reboot") {
          yield howFar(sink.done, restarts, left, `rebooting ${machine.name}`);
          const down: StreamingMachine = machine;
          machine = null;
          machine = await rebootMachine(down, method.command, reach, signal);
        }
        const size = method.kind === "reboot" ? 1 : Math.min(batches.size, restarts - sink.done);
        const began = performance.now();
        const came = await run(machine, source, { limit, samples: samplesPerRestart, restarts: size }, signal);
        if (came.restarts.length < size) {
          // one of them came short: one by one tells which
          if (size === 1) throw restartShort(sink.done, came.units, limit.count, limit.unit, came.said);
          batches.none();
          continue;
        }
        batches.took(performance.now() - began);
        for (const bytes of came.restarts) await sink.put(bytes);
        left = timeLeft.after(sink.done, restarts);
        yield howFar(sink.done, restarts, left);
      } catch (error) {
        if (!Reconnection.isLoss(error)) throw error;
        await machine?.close();
        machine = null;
        yield* reconnection.after(error, false);
      }
    }
    const report = {
      ...header("restart-collection"),
      source: machineSource(target),
      method: method.kind,
      from: source.kind,
      command: commandOf(source),
      path: resolve(request.path),
      format: sampleFormatId(format),
      restarts,
      samplesPerRestart,
      startedAt: sink.startedAt,
      finishedAt: new Date().toISOString(),
    };
    return { ...report, metaFile: await sink.finish(restartsMeta(report, facts)) };
  } finally {
    await sink?.close();
    await machine?.close();
  }
}

async function openSink(
  request: CollectRestartsRequest,
  format: SampleFormat,
  limit: CaptureLimit,
): Promise<RestartSink> {
  const { target, method, source, restarts, samplesPerRestart, path, resume } = request;
  const identity = {
    machine: machineSource(target).address,
    from: `${samplesPerRestart} samples each of restarts by ${method.kind} of ${source.kind}`,
    command: commandOf(source),
    format: sampleFormatId(format),
    wanted: restarts * samplesPerRestart,
  };
  if (await meansFolder(path)) return openRestartFolder(resolve(path), identity, resume);
  if (meaningOfNumbers(format) !== "samples") throw restartsNeedFolder(identity.format);
  return openRestartFile(resolve(path), identity, limit, resume);
}

function commandOf(source: CaptureSource): string | null {
  if (source.kind === "command") return source.command;
  return source.kind === "file" ? source.path : null;
}

/** What a run of restarts is. */
interface Run {
  /** Of each. */
  readonly limit: CaptureLimit;
  readonly samples: number;
  readonly restarts: number;
}

/** What it gave; no restarts if one of them was short. */
interface Came {
  readonly restarts: readonly Uint8Array[];
  /** Bytes or lines. */
  readonly units: number;
  /** On standard error. */
  readonly said: string;
}

async function run(
  machine: StreamingMachine,
  source: CaptureSource,
  { limit, samples, restarts }: Run,
  signal: AbortSignal,
): Promise<Came> {
  const { unit, count } = limit;
  const maxOutput = restarts * count * (unit === "bytes" ? 1 : LONGEST_LINE);
  const command = restartsCommand(source, limit, samples, restarts);
  const { stdout, stderr } = await machine.run(command, { signal, maxOutput, timeout: TIMEOUT });
  const ends = unit === "bytes" ? null : lineEnds(stdout);
  const units = ends?.length ?? stdout.length;
  // none gives more than its limit: if the sum is whole, each is
  if (units < restarts * count) return { restarts: [], units, said: stderr };
  const placeAfter = (restart: number): number => (ends === null ? restart * count : (ends[restart * count - 1] ?? 0));
  const pieces = Array.from({ length: restarts }, (_, i) => stdout.subarray(placeAfter(i), placeAfter(i + 1)));
  return { restarts: pieces, units, said: stderr };
}

/** The places after each line's end. */
function lineEnds(bytes: Uint8Array): readonly number[] {
  const ends: number[] = [];
  for (let at = bytes.indexOf(LINE_END); at >= 0; at = bytes.indexOf(LINE_END, at + 1)) ends.push(at + 1);
  return ends;
}

const LINE_END = 10;

/** How many restarts to ask for at once: as many as take about as long as nobody minds to wait for news. */
class Batches {
  size = 1;

  took(milliseconds: number): void {
    if (milliseconds < 300) this.size = Math.min(MOST_AT_ONCE, this.size * 2);
    else if (milliseconds > 1500) this.size = Math.max(1, this.size >> 1);
  }

  none(): void {
    this.size = 1;
  }
}

const MOST_AT_ONCE = 64;
