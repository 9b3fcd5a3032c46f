import type { Fips140Result, Fips140Test } from "../model";

export type BlockCountReading =
  | { readonly ok: true; readonly result: Fips140Result }
  /** Completes "the script that counts the blocks ...". */
  | { readonly ok: false; readonly reason: string };

const TESTS: readonly Fips140Test[] = ["monobit", "poker", "runs", "long-run", "continuous-run"];

/**
 * Reads what `COUNT_BLOCKS` wrote: `blocks`, `failures` and one line for each test, each a word and a number.
 * @param blocksRequested how many blocks were to be counted
 */
export function readBlockCount(text: string, blocksRequested: number): BlockCountReading {
  const counts = new Map<string, number>();
  for (const line of text.split("\n")) {
    const [, label, digits] = /^([a-z-]+) (\d{1,9})$/.exec(line.trim()) ?? [];
    if (label) counts.set(label, Number(digits));
  }
  const lacking = ["blocks", "failures", ...TESTS].filter((label) => !counts.has(label));
  if (lacking.length > 0) return unusable(`wrote no line "${lacking.join('", "')}"`);
  const count = (label: string): number => counts.get(label) ?? NaN;
  const [blocks, failures] = [count("blocks"), count("failures")];
  if (blocks !== blocksRequested) return unusable(`counted ${blocks} of ${blocksRequested} blocks`);
  const reasons = TESTS.reduce((sum, test) => sum + count(test), 0);
  if (failures > blocks || failures > reasons || TESTS.some((test) => count(test) > failures)) {
    return unusable(`wrote counts that contradict each other: ${failures} failures, ${reasons} failed tests`);
  }
  const failuresByTest = { monobit: 0, poker: 0, runs: 0, "long-run": 0, "continuous-run": 0 };
  for (const test of TESTS) failuresByTest[test] = count(test);
  return {
    ok: true,
    result: { judgedBy: "probe-script", blocksRequested, successes: blocks - failures, failures, failuresByTest },
  };
}

const unusable = (reason: string): BlockCountReading => ({ ok: false, reason });
