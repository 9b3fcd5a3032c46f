import { join } from "node:path";
import { WorkerPool } from "../../src/workers/pool";
import { bundles } from "../bundles";

/** The script of the threads, as the product starts it. */
export const workerScript = (): string => join(bundles(), "worker.js");

/** Gives a suite threads, which are there while it runs. */
export function useWorkers(): { readonly pool: WorkerPool } {
  let pool: WorkerPool;
  before(() => {
    pool = new WorkerPool(workerScript(), 2);
  });
  after(() => pool.dispose());
  return {
    get pool() {
      return pool;
    },
  };
}
