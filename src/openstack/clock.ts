import { setTimeout as delay } from "node:timers/promises";

/** Time as what waits sees it, so that a test need not. */
export interface Clock {
  /** Milliseconds since some fixed point. */
  readonly now: () => number;
  /** @throws the signal's reason when it aborts */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: async (milliseconds, signal) => {
    try {
      await delay(milliseconds, undefined, { signal });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  },
};
