/**
 * The statistics that rngtest writes to standard error (rng-tools 2, 5 and 6 word them alike), perhaps through
 * cloud-init and a serial console, which prefix lines and may lose some.
 */
import type { Fips140Result, Fips140Test } from "../model";

export type RngtestReading =
  | { readonly ok: true; readonly result: Fips140Result }
  /** Why the text says nothing of the blocks that were to be tested; completes "rngtest ...". */
  | { readonly ok: false; readonly reason: string };

const TESTS: Readonly<Record<string, Fips140Test>> = {
  "FIPS 140-2(2001-10-10) Monobit": "monobit",
  "FIPS 140-2(2001-10-10) Poker": "poker",
  "FIPS 140-2(2001-10-10) Runs": "runs",
  "FIPS 140-2(2001-10-10) Long run": "long-run",
  "FIPS 140-2(2001-10-10) Continuous run": "continuous-run",
};
const RECEIVED = "bits received from input";
const SUCCESSES = "FIPS 140-2 successes";
const FAILURES = "FIPS 140-2 failures";
const LABELS = [RECEIVED, SUCCESSES, FAILURES, ...Object.keys(TESTS)];

/** rng-tools 5 and 6 say "drained", rng-tools-debian says "exhausted!". */
const ENDED = /rngtest: entropy source (?:drained|exhausted)/;

/**
 * Reads the last statistics of the text (`rngtest -b` repeats them).
 * @param text rngtest's standard error; any text at all
 * @param blocksRequested what `-c` was given
 * @returns the counts, or why they cannot be used: none, incomplete, contradictory, or fewer blocks than requested. A line
 *   that is lost does no harm where the successes alone are all that was requested.
 */
export function readRngtest(text: string, blocksRequested: number): RngtestReading {
  const ended = ENDED.test(text) ? ", because its source ended" : "";
  const counts = lastStatistics(text);
  if (counts === null) return unusable(`printed no statistics${ended}`);

  // rngtest ends when it has tested as many blocks as it was asked to: if all were good, the other counts are none
  if (counts.get(SUCCESSES) === blocksRequested) {
    for (const label of LABELS) if (!counts.has(label)) counts.set(label, 0);
  }
  const missing = LABELS.filter((label) => !counts.has(label));
  if (missing.length > 0) return unusable(`printed no line "${missing.join('", "')}"`);

  const count = (label: string): number => counts.get(label) ?? NaN;
  const [successes, failures] = [count(SUCCESSES), count(FAILURES)];
  const perTest = Object.entries(TESTS).map(([label, test]) => [test, count(label)] as const);
  const reasons = perTest.reduce((sum, [, n]) => sum + n, 0);
  // a failed block fails at least one test, and each test at most once
  if (failures > reasons || perTest.some(([, n]) => n > failures)) {
    return unusable(`printed counts that contradict each other: ${failures} failures, ${reasons} failed tests`);
  }
  if (successes + failures !== blocksRequested) {
    return unusable(`tested ${successes + failures} of ${blocksRequested} blocks${ended}`);
  }
  const failuresByTest = { monobit: 0, poker: 0, runs: 0, "long-run": 0, "continuous-run": 0 };
  for (const [test, n] of perTest) failuresByTest[test] = n;
  return { ok: true, result: { judgedBy: "rngtest", blocksRequested, successes, failures, failuresByTest } };
}

const unusable = (reason: string): RngtestReading => ({ ok: false, reason });

/** The counts of the last statistics by their label, null if there are none. */
function lastStatistics(text: string): Map<string, number> | null {
  let counts: Map<string, number> | null = null;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, label, digits] = /rngtest: ([^:]+): (\d{1,15})\s*$/.exec(line) ?? [];
    if (!LABELS.includes(label)) continue;
    // statistics begin with the bits received; a label that comes again tells of statistics whose beginning was lost
    if (counts === null || label === RECEIVED || counts.has(label)) counts = new Map();
    counts.set(label, Number(digits));
  }
  return counts;
}
