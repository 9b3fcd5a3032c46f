import { join } from "node:path";
import { WorkerPool } from "../workers/pool";

/** The bundle puts the worker's script beside this one. */
const WORKER_SCRIPT = join(__dirname, "worker.js");

/** Lends a pool of threads to some work, and ends them with it. */
export async function withPool<T>(work: (pool: WorkerPool) => Promise<T>): Promise<T> {
  const pool = new WorkerPool(WORKER_SCRIPT);
  try {
    return await work(pool);
  } finally {
    await pool.dispose();
  }
}
