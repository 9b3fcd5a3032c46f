import { composeCommandLine, testOf } from "./command-line";
import type { BootTestDefinition } from "./definition";
import type { ParameterSet } from "./matrix";
import type { FinishedRun } from "./run-folder";

/** A boot that is to be made. */
export interface PlannedRun {
  /** Index into the definition's sets. */
  readonly set: number;
  /** From 0. */
  readonly iteration: number;
}

/** The kernel's command line of a boot. */
export function commandLineOf(definition: BootTestDefinition, { options }: ParameterSet, nodename: string): string {
  const { words, source, length } = definition;
  return composeCommandLine({ words, options, source, length, nodename });
}

/** Which of the definition's sets a finished run was of; null when it was of another test. */
export function setOf(definition: BootTestDefinition, { entries }: FinishedRun): number | null {
  if (entries.get("arch") !== definition.arch) return null;
  const test = testOf(entries.get("cmdline") ?? "");
  const set = definition.sets.findIndex((s) => testOf(commandLineOf(definition, s, "")) === test);
  return set < 0 ? null : set;
}

/**
 * The boots to be made, iteration after iteration, each through the whole matrix: so an interrupted test has all sets.
 * @param finished the runs that count; what they have done already is left out
 */
export function planRuns(definition: BootTestDefinition, finished: readonly FinishedRun[]): readonly PlannedRun[] {
  const done = definition.sets.map(() => 0);
  for (const run of finished) {
    const set = setOf(definition, run);
    if (set !== null) done[set]++;
  }
  return Array.from({ length: definition.iterations }, (_, iteration) =>
    definition.sets.flatMap((_set, set) => (done[set] > iteration ? [] : [{ set, iteration }])),
  ).flat();
}
