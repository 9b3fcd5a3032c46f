/**
 * Works on many things, a bounded number at a time, in their order.
 * @param work is told when another one's failure, or the caller, ends it all
 * @throws what the first that failed has thrown, when all have come to their end
 */
export async function workAtOnce<T>(
  things: Iterable<T>,
  atOnce: number,
  signal: AbortSignal,
  work: (thing: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  // one list that all take from: whoever is free takes the next
  const next = Array.from(things).values();
  const worker = async (): Promise<void> => {
    try {
      for (const thing of next) {
        either.throwIfAborted();
        await work(thing, either);
      }
    } catch (error) {
      stop.abort(error);
      throw error;
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  if (ends.some(({ status }) => status === "rejected")) either.throwIfAborted();
}
