import { createHash } from "node:crypto";
import { sampleFormatId, type SampleFormat } from "../formats/sample-format";
import {
  captureCommand,
  isRepeatable,
  prefixHashCommand,
  readMachineFacts,
  usualFormat,
  type CaptureLimit,
  type CaptureOutcome,
  type CaptureSource,
  type MachineFacts,
} from "../machine/capture";
import type { StreamingMachine } from "../machine/machine";
import type { MachineServices } from "../machine/services";
import { machineSource, type MachineTarget } from "../machine/target";
import type { OperationEvent } from "../model";
import type { CollectedSegment, CollectionReport, RunningEstimates } from "../model/collection";
import type { HealthTestParameters } from "../model/health-tests";
import { header } from "../report/build";
import { excerpt } from "../ssh/excerpt";
import { hashesDiffer, sourceGaveNothing } from "./collection-errors";
import { CollectionFile } from "./collection-file";
import { collectionMeta } from "./collection-meta";
import { FarEnd } from "./far-end";
import { Intake, limitOf } from "./intake";
import { Reconnection } from "./reconnection";
import { TimeLeft } from "./time-left";

type Progress = Extract<OperationEvent, { type: "progress" }>;

/** What a collection tells while it runs; the report comes last. */
export type CollectEvent =
  | Progress
  /** Of all samples so far. */
  | { readonly type: "running"; readonly running: RunningEstimates }
  | { readonly type: "report"; readonly report: CollectionReport };

/** What to collect, and whereto. */
export interface CollectRequest {
  readonly target: MachineTarget;
  readonly source: CaptureSource;
  /** Samples. */
  readonly count: number;
  /** How the samples stand in what the source gives; null: as the source is known to give them. */
  readonly format: SampleFormat | null;
  /** Bits per sample that the running test looks at, the low ones, 1 to 8. */
  readonly bits: number;
  /** What the health tests are set to; null: they do not run. */
  readonly claim: HealthTestParameters | null;
  readonly file: string;
  /** Go on with a file that was not finished. */
  readonly resume: boolean;
}

/** An event so often at most, milliseconds. */
const EVENT_INTERVAL = 250;

/**
 * Collects samples from a machine into a new file. When the connection is lost, it is made again: a source that can be
 * repeated goes on where it was, if it still gives the same bytes; of others a new segment begins, and the report says so.
 * Whatever ends it early, what came stays, beside its journal.
 * @throws UserError; the signal's reason when it aborts
 */
export async function* collectSamples(
  request: CollectRequest,
  services: MachineServices,
  signal: AbortSignal,
): AsyncGenerator<CollectEvent> {
  const collection = new Collection(request, services, signal);
  try {
    yield* collection.run();
  } finally {
    await collection.close();
  }
}

class Collection {
  private readonly farEnd: FarEnd;
  private file: CollectionFile | null = null;
  /** What the machine says of each segment, by where it starts. */
  private readonly there = new Map<number, string | null>();
  /** Bytes that came over the network, and how long that took. */
  private came = 0;
  private milliseconds = 0;

  constructor(
    private readonly request: CollectRequest,
    services: MachineServices,
    private readonly signal: AbortSignal,
  ) {
    this.farEnd = new FarEnd(request.target, services, signal);
  }

  async close(): Promise<void> {
    await this.file?.close();
    await this.farEnd.leave();
  }

  async *run(): AsyncGenerator<CollectEvent> {
    const { request, signal } = this;
    const { source, count, bits, claim } = request;
    yield progress(`Connecting to ${request.target.name}`, null);
    const facts = await readMachineFacts(await this.farEnd.reach(), signal);
    const format = request.format ?? usualFormat(source, facts);
    const limit = limitOf(format, count);
    const identity = {
      machine: machineSource(request.target).address,
      from: source.kind,
      command: source.kind === "command" ? source.command : source.kind === "file" ? source.path : null,
      format: sampleFormatId(format),
      wanted: count,
    };
    const file = request.resume
      ? await CollectionFile.resume(request.file, identity)
      : await CollectionFile.create(request.file, identity);
    this.file = file;

    const reconnection = new Reconnection(signal);
    const newIntake = (): Intake => new Intake(format, limit, bits, claim, file.path);
    let intake = newIntake();
    let outcome: CaptureOutcome | null = null;
    while (outcome === null) {
      const before = file.size;
      try {
        const machine = await this.farEnd.reach();
        if (file.size > 0) yield await this.goOn(machine, file, facts, newIntake);
        intake = newIntake();
        for await (const chunk of file.read(0, file.start)) intake.take(chunk);
        const segment = { unit: limit.unit, count: limit.count - intake.units };
        for await (const chunk of file.read(file.start, file.size)) intake.take(chunk);
        outcome = yield* this.stream(machine, file, intake, limit, segment, facts);
      } catch (error) {
        if (!Reconnection.isLoss(error)) throw error;
        await this.farEnd.leave();
        yield* reconnection.after(error, file.size > before);
      }
    }
    intake.finish();
    if (file.size === 0)
      throw sourceGaveNothing(identity.command ?? source.kind, request.target.name, outcome.exitCode, outcome.errors);
    yield { type: "running", running: intake.running.result() };
    yield { type: "report", report: await this.conclude(file, intake, facts, outcome) };
  }

  /** Decides how to go on after what the file holds: where it ends, or with a new segment. */
  private async goOn(
    machine: StreamingMachine,
    file: CollectionFile,
    facts: MachineFacts,
    newIntake: () => Intake,
  ): Promise<Progress> {
    const held = file.size - file.start;
    if (await this.givesTheSame(machine, file, facts)) return progress(`Going on after ${bytesInWords(held)}`, null);
    const intake = newIntake();
    for await (const chunk of file.read(0, file.size)) intake.take(chunk);
    await file.beginSegment(intake.whole);
    return progress(
      `The source does not go on where it was: a new segment begins after ${bytesInWords(file.size)}`,
      null,
    );
  }

  private async givesTheSame(machine: StreamingMachine, file: CollectionFile, facts: MachineFacts): Promise<boolean> {
    const { source, count } = this.request;
    if (!isRepeatable(source) || !facts.hasSha256sum) return false;
    const hash = createHash("sha256");
    for await (const chunk of file.read(file.start, file.size)) hash.update(chunk);
    const command = prefixHashCommand(source, count, file.size - file.start);
    const { stdout } = await machine.run(command, { signal: this.signal, maxOutput: 1024, timeout: 600_000 });
    return stdout.toString("utf8").startsWith(hash.digest("hex"));
  }

  /** @param limit how much the file is to hold @param segment how much the current segment is to hold, of which the file may have the beginning */
  private async *stream(
    machine: StreamingMachine,
    file: CollectionFile,
    intake: Intake,
    limit: CaptureLimit,
    segment: CaptureLimit,
    facts: MachineFacts,
  ): AsyncGenerator<CollectEvent, CaptureOutcome> {
    const { source, count } = this.request;
    if (intake.isComplete()) return { sha256: null, exitCode: null, errors: "" };
    const folder = await this.farEnd.newFolder();
    const command = captureCommand(source, segment, count, file.size - file.start, folder, facts);
    const timeLeft = new TimeLeft(() => performance.now());
    const began = performance.now();
    const alreadyTaken = this.milliseconds;
    let told = -Infinity;
    for await (const chunk of machine.stream(command, this.signal)) {
      const wanted = intake.wanted(chunk);
      await file.append(wanted);
      intake.take(wanted);
      this.came += wanted.length;
      const now = performance.now();
      this.milliseconds = alreadyTaken + now - began;
      // while the command still runs: whoever leaves this loop ends it, and its sha256sum with it
      if (intake.isComplete()) return await this.outcomeOf(file, folder, facts);
      if (now - told < EVENT_INTERVAL) continue;
      told = now;
      yield this.howFar(intake, limit, timeLeft.after(intake.units, limit.count));
      yield { type: "running", running: intake.running.result() };
    }
    return this.outcomeOf(file, folder, facts);
  }

  private async outcomeOf(file: CollectionFile, folder: string, facts: MachineFacts): Promise<CaptureOutcome> {
    const outcome = await this.farEnd.outcome(folder, facts);
    this.there.set(file.start, outcome.sha256);
    return outcome;
  }

  private howFar(intake: Intake, limit: CaptureLimit, secondsLeft: number | null): Progress {
    const rate = `${bytesInWords(this.bytesPerSecond())}/s`;
    const left = secondsLeft === null ? "" : `, ${Math.ceil(secondsLeft).toLocaleString("en")} s left`;
    const of = `${intake.units.toLocaleString("en")} of ${limit.count.toLocaleString("en")} ${limit.unit}`;
    return progress(`${of}, ${rate}${left}`, intake.units / limit.count);
  }

  private bytesPerSecond(): number {
    return this.milliseconds === 0 ? 0 : (this.came / this.milliseconds) * 1000;
  }

  /** @throws UserError if what came is not what was sent */
  private async conclude(
    file: CollectionFile,
    intake: Intake,
    facts: MachineFacts,
    { exitCode, errors }: CaptureOutcome,
  ): Promise<CollectionReport> {
    const { from, command, format, wanted, startedAt } = file.journal;
    const segments = await this.segments(file);
    if (segments.some(({ sha256, sha256There }) => sha256There !== null && sha256There !== sha256))
      throw hashesDiffer(file.path);
    const report = {
      ...header("collection"),
      source: machineSource(this.request.target),
      from,
      command,
      file: file.path,
      format,
      wanted,
      samples: intake.samples,
      bytes: file.size,
      sha256: intake.sha256,
      segments,
      startedAt,
      finishedAt: new Date().toISOString(),
      bytesPerSecond: this.bytesPerSecond(),
      short: intake.isComplete() ? null : whyShort(exitCode, errors),
      running: intake.running.result(),
    };
    const metaFile = report.short === null ? await file.finish(collectionMeta(report, facts)) : null;
    return { ...report, metaFile };
  }

  private async segments(file: CollectionFile): Promise<readonly CollectedSegment[]> {
    const { starts } = file.journal;
    const segments: CollectedSegment[] = [];
    for (const [i, start] of starts.entries()) {
      const end = starts.at(i + 1) ?? file.size;
      const hash = createHash("sha256");
      for await (const chunk of file.read(start, end)) hash.update(chunk);
      const sha256There = this.there.get(start) ?? null;
      segments.push({ start, bytes: end - start, sha256: hash.digest("hex"), sha256There });
    }
    return segments;
  }
}

function whyShort(exitCode: number | null, errors: string): string {
  const said = excerpt(errors);
  const end = exitCode === null ? "the source ended" : `the source ended with exit code ${exitCode}`;
  return said === "" ? end : `${end}: ${said}`;
}

const progress = (message: string, fraction: number | null): Progress => ({ type: "progress", message, fraction });

function bytesInWords(bytes: number): string {
  if (bytes < 10_000) return `${Math.round(bytes).toLocaleString("en")} bytes`;
  return bytes < 1e7 ? `${Math.round(bytes / 1000).toLocaleString("en")} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
