import { inspect } from "node:util";

const PATIENCE_MS = 120_000;
const EVERY_MS = 10;

/**
 * Waits until something is so, but not for ever: a suite that waits says nothing of any of its tests.
 * @param what for the error: `the file is written`
 * @param work what brings it about; once that has ended, nobody is waited for any more
 * @throws Error when it is not so in two minutes, or when the work has ended
 */
export async function until(what: string, isSo: () => boolean, work?: Promise<unknown>): Promise<void> {
  const ends: string[] = [];
  work?.then(
    (value) => ends.push(`ended with ${inspect(value)}`),
    (error: unknown) => ends.push(`failed: ${inspect(error)}`),
  );
  const began = performance.now();
  for (;;) {
    // in this order: what was so when the work ended is so now
    const end = ends.at(0);
    if (isSo()) return;
    if (end !== undefined) throw new Error(`not so: ${what}; what should bring it about ${end}`);
    if (performance.now() - began > PATIENCE_MS) throw new Error(`not so in ${PATIENCE_MS / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}
