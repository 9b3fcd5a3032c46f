import { judgeBoots } from "../compliance/boot-test";
import type { BootTestDefinition } from "../boot/definition";
import { optionsOf } from "../boot/command-line";
import { optionValue, type KernelOption } from "../boot/matrix";
import type { DefinitionProblem } from "../boot/read-document";
import type { FinishedRun, RunFiles } from "../boot/run-folder";
import type { BootTestReport, SamplesReport } from "../model";
import type { BootRun, BootTestSet, FailedBoot, RawAndProcessed, Spread } from "../model/boot-test";
import { label } from "../report/boot-test";
import { header, overallVerdict } from "../report/build";

const RAW = "kernel.jitterentropy.raw";

/** A run, and the index of its set of parameters. */
export interface AssessedRun {
  readonly set: number;
  readonly run: BootRun<SamplesReport>;
}

/** What a boot test came to. */
export interface BootTestParts {
  readonly definition: BootTestDefinition;
  readonly warnings: readonly DefinitionProblem[];
  readonly startedAt: string;
  readonly onlyMissing: boolean;
  readonly booted: number;
  readonly failed: readonly FailedBoot[];
  readonly runs: readonly AssessedRun[];
  readonly others: number;
  readonly unfinished: readonly RunFiles[];
}

/** A run with its figures. */
export function bootRun(
  { number, entries }: FinishedRun,
  samples: SamplesReport,
  drawNanoseconds: number | null,
): BootRun<SamplesReport> {
  const { minEntropy, input } = samples;
  const known = minEntropy !== null && drawNanoseconds !== null && drawNanoseconds > 0;
  const bitsPerSecond = known ? (minEntropy * input.samples) / (drawNanoseconds / 1e9) : null;
  return { number, meta: [...entries], drawNanoseconds, bitsPerSecond, samples };
}

/**
 * The report of a boot test.
 * @param finishedAt ISO 8601 UTC
 */
export function bootTestReport(parts: BootTestParts, finishedAt: string): BootTestReport {
  const { definition, warnings, startedAt, onlyMissing, booted, failed, runs, others, unfinished } = parts;
  const { file, name, folder, arch, boot, source, length, bits, iterations } = definition;
  const sets = definition.sets.map(({ options }, i) =>
    bootTestSet(
      options,
      [...optionsOf(definition.words), ...options],
      runs.filter(({ set }) => set === i).map(({ run }) => run),
    ),
  );
  const test = { kind: "boot-test", name, file, folder } as const;
  const findings = [
    ...judgeBoots(test, failed, ({ set }) => label(sets[set]), runs.length),
    ...runs.flatMap(({ run }) => run.samples.findings),
  ];
  return {
    ...header("boot-test"),
    startedAt,
    finishedAt,
    verdict: overallVerdict(findings),
    source: test,
    findings,
    arch,
    method: boot.method,
    entropySource: source,
    length,
    bits,
    iterations,
    onlyMissing,
    booted,
    warnings: warnings.map(({ line, column, message, remedy }) => ({ line, column, message, remedy })),
    sets,
    pairs: pairsOf(sets),
    best: bestOf(sets),
    failed,
    unfinished: unfinished.map(({ bin }) => bin),
    others,
  };
}

/** @param all the set's options with those that every boot has */
function bootTestSet(
  options: readonly KernelOption[],
  all: readonly KernelOption[],
  runs: readonly BootRun<SamplesReport>[],
): BootTestSet<SamplesReport> {
  const raw = optionValue(all, RAW);
  return {
    options,
    data: raw === null ? null : /^(?:false|0|off)$/.test(raw) ? "processed" : "raw",
    runs,
    minEntropy: spread(runs.map(({ samples }) => samples.minEntropy)),
    bitsPerSecond: spread(runs.map(({ bitsPerSecond }) => bitsPerSecond)),
  };
}

/** null unless every number is known. */
export function spread(numbers: readonly (number | null)[]): Spread | null {
  const known = numbers.filter((number) => number !== null).sort((a, b) => a - b);
  if (known.length === 0 || known.length < numbers.length) return null;
  const middle = known.length / 2;
  const median = (known[Math.ceil(middle) - 1] + known[Math.floor(middle)]) / 2;
  return { least: known[0], median, greatest: known[known.length - 1] };
}

/** Each raw set with the processed set that has the same other options. */
function pairsOf(sets: readonly BootTestSet<SamplesReport>[]): readonly RawAndProcessed[] {
  const others = ({ options }: BootTestSet<SamplesReport>): string =>
    JSON.stringify(options.filter(([name]) => name !== RAW));
  return sets.flatMap((set, raw) => {
    if (set.data !== "raw") return [];
    const processed = sets.findIndex((other) => other.data === "processed" && others(other) === others(set));
    return processed < 0 ? [] : [{ raw, processed }];
  });
}

function bestOf(sets: readonly BootTestSet<SamplesReport>[]): number | null {
  const rates = sets.map(({ data, bitsPerSecond }) => (data === "processed" ? null : (bitsPerSecond?.median ?? null)));
  const greatest = Math.max(...rates.map((rate) => rate ?? -Infinity));
  return greatest === -Infinity ? null : rates.indexOf(greatest);
}
