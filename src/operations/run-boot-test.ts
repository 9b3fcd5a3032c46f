import { readFile, rm } from "node:fs/promises";
import { drawNanoseconds } from "../boot/boot-log";
import { readDefinitionFile, type BootTestDefinition } from "../boot/definition";
import { planRuns, setOf, type PlannedRun } from "../boot/plan";
import { readRunFolder, runFiles, type FinishedRun, type RunFiles } from "../boot/run-folder";
import { openBootSession, type BootSession } from "../boot/session";
import { UserError } from "../errors";
import type { BootTestReport } from "../model";
import type { FailedBoot } from "../model/boot-test";
import type { WorkerPool } from "../workers/pool";
import { assessSamples, INITIAL_NON_IID } from "./assess-samples";
import { FAILURES_IN_A_ROW, isHopeless } from "./failed-boots";
import { bootRun, bootTestReport, type AssessedRun } from "./boot-test-report";
import type { ProgressEvent } from "./reduce-samples";
import { timeLeftInWords } from "./time-left";

/** A boot test to be run. */
export interface RunBootTestRequest {
  /** A boot-test file. */
  readonly file: string;
  /** Whether runs that the folder holds already are left out. */
  readonly onlyMissing: boolean;
  /** Boots of each set of parameters; null: as many as the definition says. */
  readonly iterations: number | null;
}

export interface BootTestServices {
  readonly pool: WorkerPool;
  /** Milliseconds between two tries to fetch the data from a machine; without it, as run-boot-test does. */
  readonly fetchEvery?: number;
}

export type BootTestEvent = ProgressEvent | { readonly type: "report"; readonly report: BootTestReport };

/** Characters of a failed boot's console that the report holds. */
const CONSOLE_END = 4000;
/** The share of the work that booting is, where there is anything to boot. */
const BOOTING = 0.7;

/**
 * Runs a boot test: boots through the matrix, then assesses every finished run of the definition that the folder holds.
 * The folder is the journal: a test that was interrupted goes on with `onlyMissing`.
 * @throws UserError if nothing can be booted at all; the signal's reason when it is aborted
 */
export async function* runBootTest(
  request: RunBootTestRequest,
  services: BootTestServices,
  signal: AbortSignal,
): AsyncGenerator<BootTestEvent> {
  const startedAt = new Date().toISOString();
  const { definition: read, warnings } = await readDefinitionFile(request.file);
  const definition = request.iterations === null ? read : { ...read, iterations: request.iterations };
  const before = await readRunFolder(definition.folder);
  const plan = planRuns(definition, request.onlyMissing ? before.finished : []);
  const { booted, failed } = yield* bootAll(definition, plan, before.nextNumber, services, signal);
  const { finished, unfinished } = await readRunFolder(definition.folder);
  const runs = yield* assessAll(definition, finished, plan.length === 0 ? 0 : BOOTING, services.pool, signal);
  const others = finished.length - runs.length;
  const { onlyMissing } = request;
  const parts = { definition, warnings, startedAt, onlyMissing, booted, failed, runs, others, unfinished };
  yield { type: "report", report: bootTestReport(parts, new Date().toISOString()) };
}

interface Booted {
  /** Boots that left their data. */
  readonly booted: number;
  readonly failed: readonly FailedBoot[];
}

async function* bootAll(
  definition: BootTestDefinition,
  plan: readonly PlannedRun[],
  firstNumber: number,
  { fetchEvery }: BootTestServices,
  signal: AbortSignal,
): AsyncGenerator<ProgressEvent, Booted> {
  if (plan.length === 0) return { booted: 0, failed: [] };
  yield { type: "progress", message: "Getting the boots ready", fraction: 0 };
  const session = await openBootSession(definition, signal, fetchEvery);
  const failed: FailedBoot[] = [];
  const startedAt = performance.now();
  let booted = 0;
  let inARow = 0;
  try {
    for (const [i, { set }] of plan.entries()) {
      if (inARow >= FAILURES_IN_A_ROW) break;
      // run-boot-test itself numbers on from the data that it finds, which a boot that failed may not have left
      const number =
        definition.boot.method === "checkout" ? (await readRunFolder(definition.folder)).nextNumber : firstNumber + i;
      const left = timeLeft(performance.now() - startedAt, i, plan.length);
      const title = `Boot ${i + 1} of ${plan.length}${describeOptions(definition, set)}${left}`;
      const fraction = (BOOTING * i) / plan.length;
      const run = runFiles(definition.folder, number);
      // a boot that failed before may have left it under the same number
      await rm(run.log, { force: true });
      try {
        yield* watchBoot(session, definition, set, number, title, fraction, signal);
        booted++;
        inARow = 0;
      } catch (error) {
        if (!(error instanceof UserError) || (i === 0 && isHopeless(error))) throw error;
        const consoleEnd = endOf(await logOf(run));
        failed.push({ set, number, message: error.message, remedy: error.remedy, consoleEnd });
        inARow++;
      }
    }
  } finally {
    await session.close();
  }
  return { booted, failed };
}

/** Boots once, telling how much of the data is there. */
async function* watchBoot(
  session: BootSession,
  { sets, length }: BootTestDefinition,
  set: number,
  number: number,
  title: string,
  fraction: number,
  signal: AbortSignal,
): AsyncGenerator<ProgressEvent, void> {
  yield { type: "progress", message: title, fraction };
  let wake = (): void => undefined;
  let bytes = 0;
  // whatever ends this generator early also ends the boot
  const own = new AbortController();
  const onBytes = (now: number): void => {
    bytes = now;
    wake();
  };
  const boot = session
    .boot(sets[set], number, onBytes, AbortSignal.any([signal, own.signal]))
    .then(() => "done" as const);
  try {
    for (let told = 0; ;) {
      const moved = new Promise<"moved">((resolve) => (wake = () => resolve("moved")));
      if ((await Promise.race([boot, moved])) === "done") return;
      if (bytes === told) continue;
      told = bytes;
      const of = length === null ? "" : ` of ${length}`;
      yield { type: "progress", message: `${title}: ${bytes}${of} bytes`, fraction };
    }
  } finally {
    own.abort();
    await boot.catch(() => undefined);
  }
}

function describeOptions({ sets }: BootTestDefinition, set: number): string {
  const { options } = sets[set];
  return options.length === 0
    ? ""
    : `, ${options.map(([name, value]) => `${name.replace(/^.*\./, "")}=${value}`).join(" ")}`;
}

/** By the boots so far, in words; nothing before the first has ended. */
function timeLeft(elapsed: number, done: number, all: number): string {
  if (done === 0) return "";
  return `, ${timeLeftInWords(((elapsed / done) * (all - done)) / 1000)}`;
}

async function* assessAll(
  definition: BootTestDefinition,
  finished: readonly FinishedRun[],
  from: number,
  pool: WorkerPool,
  signal: AbortSignal,
): AsyncGenerator<ProgressEvent, readonly AssessedRun[]> {
  const ours = finished.flatMap((run) => {
    const set = setOf(definition, run);
    return set === null ? [] : [{ run, set }];
  });
  const assessed: AssessedRun[] = [];
  for (const [i, { run, set }] of ours.entries()) {
    const share = (part: number): number => from + ((1 - from) * (i + part)) / ours.length;
    const request = {
      ...INITIAL_NON_IID,
      file: run.bin,
      format: { kind: "bytes" },
      reduction: { kind: "automatic" },
      subset: null,
      bits: definition.bits,
    } as const;
    for await (const event of assessSamples(request, { pool }, signal)) {
      if (event.type === "report")
        assessed.push({ set, run: bootRun(run, event.report, drawNanoseconds(await logOf(run))) });
      else if (event.type === "progress")
        yield {
          type: "progress",
          message: `Run ${run.number}, ${i + 1} of ${ours.length}: ${event.message}`,
          fraction: share(event.fraction ?? 0),
        };
    }
  }
  return assessed;
}

/** The last whole lines of a console. */
function endOf(log: string): string {
  const end = log.slice(-CONSOLE_END);
  return end.length === log.length ? log : end.slice(end.indexOf("\n") + 1);
}

/** A run that was booted elsewhere, and one that said nothing, has none. */
async function logOf({ log }: RunFiles): Promise<string> {
  return readFile(log, "utf8").catch(() => "");
}
