import { copyFile, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { testOf } from "../boot/command-line";
import { readDefinitionFile, type BootTestDefinition } from "../boot/definition";
import { commandLineOf } from "../boot/plan";
import { runFiles } from "../boot/run-folder";
import { openBootSession, type BootSession } from "../boot/session";
import { UserError } from "../errors";
import type { RestartCollectionReport } from "../model/restart-collection";
import { header } from "../report/build";
import { restartBootFailed, restartsOfOneSet } from "./collection-errors";
import { FAILURES_IN_A_ROW, isHopeless } from "./failed-boots";
import { howFar, progress, restartsMeta, type Progress } from "./restart-collection";
import { meansFolder, openRestartFile, openRestartFolder, type RestartSink } from "./restart-sink";
import { TimeLeft } from "./time-left";

/** What to collect, and whereto. */
export interface CollectBootRestartsRequest {
  /** A boot-test file without a matrix: every restart is a boot with the same parameters. */
  readonly file: string;
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
  if (read.sets.length !== 1) throw restartsOfOneSet(request.file, read.sets.length);
  yield progress("Getting the boots ready", null);
  const scratch = await mkdtemp(join(tmpdir(), "entropy-check-boots-"));
  // a boot draws no more than what counts
  const definition = { ...read, folder: join(scratch, "run"), length: samplesPerRestart };
  const failedLog = `${resolve(request.path)}.failed-boot.log`;
  const commandLine = testOf(commandLineOf(definition, definition.sets[0], ""));
  let session: BootSession | null = null;
  let sink: RestartSink | null = null;
  try {
    session = await openBootSession(definition, signal, fetchEvery);
    sink = await openSink(request, definition, commandLine);
    const timeLeft = new TimeLeft(() => performance.now());
    for (let failures = 0; sink.done < restarts;) {
      try {
        await sink.put(await bootAnew(session, definition, signal));
        failures = 0;
        yield howFar(sink.done, restarts, timeLeft.after(sink.done, restarts));
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

/** Boots once, in a folder that holds nothing of an earlier boot. @returns the samples */
async function bootAnew(
  session: BootSession,
  definition: BootTestDefinition,
  signal: AbortSignal,
): Promise<Uint8Array> {
  await rm(definition.folder, { recursive: true, force: true });
  await mkdir(definition.folder);
  const { bin } = await session.boot(definition.sets[0], 0, () => undefined, signal);
  return readFile(bin);
}

async function openSink(
  { samplesPerRestart, restarts, path, resume }: CollectBootRestartsRequest,
  { file, source }: BootTestDefinition,
  commandLine: string,
): Promise<RestartSink> {
  const identity = {
    machine: `boot-test:${file}`,
    from: `${samplesPerRestart} samples each of restarts by boot of ${source}`,
    command: commandLine,
    format: FORMAT,
    wanted: restarts * samplesPerRestart,
  };
  if (await meansFolder(path)) return openRestartFolder(resolve(path), identity, resume);
  return openRestartFile(resolve(path), identity, { unit: "bytes", count: samplesPerRestart }, resume);
}
