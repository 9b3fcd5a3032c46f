import { copyFile, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { testOf } from "../boot/command-line";
import { readDefinitionFile, type BootTestDefinition } from "../boot/definition";
import type { ParameterSet } from "../boot/matrix";
import { commandLineOf } from "../boot/plan";
import { runFiles } from "../boot/run-folder";
import { openBootSession, type BootSession } from "../boot/session";
import { UserError } from "../errors";
import type { RestartCollectionReport } from "../model/restart-collection";
import { header } from "../report/build";
import { collectionNotResumable, restartBootFailed, restartsOfOneSet, restartsOfUnknownSet } from "./collection-errors";
import { bootTestAddress, journalBeside } from "./collection-journal";
import { FAILURES_IN_A_ROW, isHopeless } from "./failed-boots";
import { howFar, progress, restartsMeta, type Progress } from "./restart-collection";
import { meansFolder, openRestartFile, openRestartFolder, type RestartSink } from "./restart-sink";
import { TimeLeft } from "./time-left";

/** What to collect, and whereto. */
export interface CollectBootRestartsRequest {
  /** A boot-test file. */
  readonly file: string;
  /**
   * The set of its matrix that every restart is booted with, as `parametersOf` calls it; null: the only one, or the one
   * that what goes on was begun with.
   */
  readonly parameters: string | null;
  readonly restarts: number;
  /** Bytes, one a sample. */
  readonly samplesPerRestart: number;
  /** A file; or a folder, if it is one or ends with a slash. */
  readonly path: string;
  /** Go on where it was. */
  readonly resume: boolean;
}

/** Of the boots' samples, a byte is one. */
const FORMAT = "bytes";

/**
 * Collects the first samples of many boots (3.1.4.1), each by a boot test's definition: what is there is the journal, so
 * that it goes on after any interruption. A boot that fails is made again, some times.
 * @param fetchEvery milliseconds between two tries to fetch the data from a machine; without it, as run-boot-test does
 * @throws UserError; the signal's reason when it aborts
 */
export async function* collectBootRestarts(
  request: CollectBootRestartsRequest,
  { fetchEvery }: { readonly fetchEvery?: number },
  signal: AbortSignal,
): AsyncGenerator<Progress, RestartCollectionReport> {
  const { restarts, samplesPerRestart } = request;
  const { definition: read } = await readDefinitionFile(request.file);
  // a boot draws no more than what counts
  const short = { ...read, length: samplesPerRestart };
  const set = await chooseSet(request, short);
  const commandLine = commandLineFor(short, set);
  yield progress("Getting the boots ready", null);
  const scratch = await mkdtemp(join(tmpdir(), "entropy-check-boots-"));
  const definition = { ...short, folder: join(scratch, "run") };
  const failedLog = `${resolve(request.path)}.failed-boot.log`;
  let session: BootSession | null = null;
  let sink: RestartSink | null = null;
  try {
    session = await openBootSession(definition, signal, fetchEvery);
    sink = await openSink(request, definition, commandLine);
    const timeLeft = new TimeLeft(() => performance.now());
    let left: number | null = null;
    for (let failures = 0; sink.done < restarts;) {
      try {
        if (failures === 0) yield howFar(sink.done, restarts, left, "booting");
        await sink.put(await bootAnew(session, definition, set, signal));
        failures = 0;
        left = timeLeft.after(sink.done, restarts);
        yield howFar(sink.done, restarts, left);
      } catch (error) {
        if (!(error instanceof UserError) || signal.aborted || !error.code.startsWith("boot-")) throw error;
        failures++;
        if (failures === FAILURES_IN_A_ROW || isHopeless(error)) {
          await copyFile(runFiles(definition.folder, 0).log, failedLog).catch(() => undefined);
          throw restartBootFailed(sink.done, error, failedLog);
        }
        yield progress(
          `Restart ${sink.done + 1} of ${restarts} failed: ${error.message} Once more`,
          sink.done / restarts,
        );
      }
    }
    await rm(failedLog, { force: true });
    const report = {
      ...header("restart-collection"),
      source: { kind: "boot-test", name: definition.name, file: definition.file, folder: read.folder },
      method: "boot",
      from: definition.source,
      command: null,
      path: resolve(request.path),
      format: FORMAT,
      restarts,
      samplesPerRestart,
      startedAt: sink.startedAt,
      finishedAt: new Date().toISOString(),
    } as const;
    const facts = { release: session.buildid, architecture: definition.arch, commandLine };
    return { ...report, metaFile: await sink.finish(restartsMeta(report, facts)) };
  } finally {
    await sink?.close();
    await session?.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** What a set of parameters is called: `mitigations=off quiet=true`; empty without any. */
export function parametersOf({ options }: ParameterSet): string {
  return options.map(([name, value]) => `${name}=${value}`).join(" ");
}

const commandLineFor = (definition: BootTestDefinition, set: ParameterSet): string =>
  testOf(commandLineOf(definition, set, ""));

/** @throws UserError unless it is one of the definition's */
async function chooseSet(
  { parameters, path, resume }: CollectBootRestartsRequest,
  definition: BootTestDefinition,
): Promise<ParameterSet> {
  const { file, sets } = definition;
  const names = sets.map(parametersOf);
  if (parameters !== null) {
    const named = sets.find((_, i) => names[i] === parameters);
    if (named === undefined) throw restartsOfUnknownSet(file, parameters, names);
    return named;
  }
  if (sets.length === 1) return sets[0];
  if (!resume) throw restartsOfOneSet(file, names);
  const { command } = await journalBeside(resolve(path));
  const begun = sets.find((set) => commandLineFor(definition, set) === command);
  if (begun === undefined) throw collectionNotResumable(path, `no set of ${file} is the one that it was begun with`);
  return begun;
}

/** Boots once, in a folder that holds nothing of an earlier boot. @returns the samples */
async function bootAnew(
  session: BootSession,
  definition: BootTestDefinition,
  set: ParameterSet,
  signal: AbortSignal,
): Promise<Uint8Array> {
  await rm(definition.folder, { recursive: true, force: true });
  await mkdir(definition.folder);
  const { bin } = await session.boot(set, 0, () => undefined, signal);
  return readFile(bin);
}

async function openSink(
  { samplesPerRestart, restarts, path, resume }: CollectBootRestartsRequest,
  { file, source }: BootTestDefinition,
  commandLine: string,
): Promise<RestartSink> {
  const identity = {
    machine: bootTestAddress(file),
    from: `${samplesPerRestart} samples each of restarts by boot of ${source}`,
    command: commandLine,
    format: FORMAT,
    wanted: restarts * samplesPerRestart,
  };
  if (await meansFolder(path)) return openRestartFolder(resolve(path), identity, resume);
  return openRestartFile(resolve(path), identity, { unit: "bytes", count: samplesPerRestart }, resume);
}
