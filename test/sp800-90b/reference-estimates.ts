import type { FoundEstimate } from "../../src/model";
import { estimationTasks, INITIAL_ASSESSMENT, type AssessmentMode } from "../../src/sp800-90b/assessment";
import { alphabetSize } from "../../src/sp800-90b/sequence";
import type { WorkerPool } from "../../src/workers/pool";
import { DATASETS, type DatasetName } from "../datasets";

/** The reference data are long, and several modes ask for the same estimates of them: each is made once a process. */
const made = new Map<string, readonly FoundEstimate[]>();

/**
 * Estimates reference data in threads, as the product does.
 * @param samples all of the data set, or a part of it that begins at `first`
 */
export async function referenceEstimates(
  { pool }: { readonly pool: WorkerPool },
  name: DatasetName,
  samples: Uint8Array,
  mode: AssessmentMode = INITIAL_ASSESSMENT,
  first = 0,
): Promise<readonly FoundEstimate[]> {
  const { bits } = DATASETS[name];
  const shared = new Uint8Array(new SharedArrayBuffer(samples.length));
  shared.set(samples);
  const estimates = estimationTasks(alphabetSize(samples), bits, mode).map(async (task) => {
    const key = [name, first, samples.length, task.scope, task.group, task.mostBits].join();
    const options = { signal: new AbortController().signal, onProgress: () => undefined };
    const found = made.get(key) ?? (await pool.run("estimate", { samples: shared, bits, task }, options));
    made.set(key, found);
    return found;
  });
  return (await Promise.all(estimates)).flat();
}
