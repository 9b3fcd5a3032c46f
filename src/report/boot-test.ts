import type { BootTestReport, Finding, SamplesReport } from "../model";
import type { BootTestSet, Spread } from "../model/boot-test";
import type { Block } from "./page";
import { count } from "./text";

const PROCESSED_IS_NO_MEASURE =
  "The figures of processed data are no measure of the source: what went through a mixing or whitening step looks random " +
  "whatever went in. Judge and tune by the raw runs.";
const EMULATED_TIME =
  "The times are those of an emulated machine: they compare these runs with one another, and say nothing of any hardware.";
const RUNS_VARY =
  "Runs with the same parameters differ by some tenths of a bit; judge by several, and keep a margin: Zircon's tuning guide takes half.";

/** A boot test for people: its sets of parameters in a table, the raw and the processed ones side by side. */
export function bootTestPage(report: BootTestReport): readonly Block[] {
  const { source, sets } = report;
  const assessed = sets.some(({ runs }) => runs.length > 0);
  return [
    { kind: "title", text: `Boot test ${source.name}` },
    { kind: "paragraph", text: describe(report) },
    ...list(report.warnings.map(({ line, message, remedy }) => `Line ${line + 1}: ${message} ${remedy}`)),
    ...(assessed ? results(report) : []),
    ...comparison(report),
    ...notes(report),
    ...problems(report),
    { kind: "paragraph", text: conclusion(report) },
  ];
}

function describe({ arch, method, entropySource, length, iterations, sets, source }: BootTestReport): string {
  const bytes = length === null ? "as many bytes as the kernel has room for" : `${count(length)} bytes`;
  const all = `${plural(sets.length, "set")} of parameters, ${plural(iterations, "boot")} each`;
  return `${entropySource} on ${arch} by ${method}, ${bytes} a boot; ${all}. The runs are in ${source.folder}.`;
}

function results({ sets, bits }: BootTestReport): readonly Block[] {
  const head = ["parameters", "runs", `bits of ${bits}`, "least..greatest", "bits per second", "least..greatest"];
  const rows = sets.map((set) => [
    label(set),
    String(set.runs.length),
    figure(set.minEntropy?.median ?? null, fixed),
    range(set.minEntropy, fixed),
    figure(set.bitsPerSecond?.median ?? null, rate),
    range(set.bitsPerSecond, rate),
  ]);
  return [
    { kind: "heading", text: "Min-entropy, median over the runs" },
    { kind: "table", head, rows },
  ];
}

function comparison(report: BootTestReport): readonly Block[] {
  const { sets, pairs } = report;
  const { comparison: caveat } = bootTestCaveats(report);
  if (caveat === null) return [];
  const rows = pairs.map(({ raw, processed }) => [
    sharedLabel(sets[raw]),
    figure(sets[raw].minEntropy?.median ?? null, fixed),
    figure(sets[processed].minEntropy?.median ?? null, fixed),
  ]);
  return [
    { kind: "heading", text: "Raw beside processed" },
    ...(rows.length === 0 ? [] : [{ kind: "table" as const, head: ["parameters", "raw", "processed"], rows }]),
    { kind: "paragraph", text: caveat },
  ];
}

function notes(report: BootTestReport): readonly Block[] {
  const { sets, best } = report;
  return list([
    ...(best === null || sets.length < 2 ? [] : [`Most entropy per unit of time: ${label(sets[best])}.`]),
    ...bootTestCaveats(report).figures,
  ]);
}

/** What has to be borne in mind with the figures of a boot test, and with raw and processed data beside each other. */
export function bootTestCaveats({ sets, method }: BootTestReport): {
  readonly comparison: string | null;
  readonly figures: readonly string[];
} {
  const timed = sets.some(({ bitsPerSecond }) => bitsPerSecond !== null);
  const assessed = sets.some(({ runs }) => runs.length > 0);
  const processed = sets.some(({ data, runs }) => data === "processed" && runs.length > 0);
  return {
    comparison: processed ? PROCESSED_IS_NO_MEASURE : null,
    figures: [
      ...(timed && method === "qemu" ? [EMULATED_TIME] : []),
      ...(assessed && sets.length > 1 ? [RUNS_VARY] : []),
    ],
  };
}

function problems({ failed, unfinished, others, findings, sets }: BootTestReport): readonly Block[] {
  // boots that failed are told with their parameters
  const broken = findings.filter(
    ({ rule, verdict }) => rule !== "boot-test-boot" && verdict !== "pass" && verdict !== "not-applicable",
  );
  return list([
    ...failed.map(
      ({ number, set, message, remedy }) => `Run ${number} (${label(sets[set])}) failed. ${message} ${remedy}`,
    ),
    ...unfinished.map((file) => `${file} has no .meta file that fits it: that run did not finish.`),
    ...(others === 0 ? [] : [`${plural(others, "run")} in the folder, booted otherwise, left out.`]),
    ...[...new Set(broken.map(({ rule }) => rule))].map((rule) => alike(broken.filter((f) => f.rule === rule))),
  ]);
}

/** Findings of one rule, told once. */
function alike([{ message, remedy }, ...others]: readonly Finding[]): string {
  const more = others.length === 0 ? "" : ` (So it is with ${plural(others.length, "more run")}.)`;
  return `${message}${more}${remedy === null ? "" : ` ${remedy}`}`;
}

function conclusion({ verdict, booted, failed, sets }: BootTestReport): string {
  const runs = sets.reduce((sum, set) => sum + set.runs.length, 0);
  const word = { pass: "Assessed", fail: "Failed", inconclusive: "Inconclusive" }[verdict];
  return `${word}: ${plural(runs, "run")} assessed, ${plural(booted, "boot")} made now, ${failed.length} failed.`;
}

function list(items: readonly string[]): readonly Block[] {
  return items.length === 0 ? [] : [{ kind: "list", items }];
}

/** The options of a set, without what those of jitterentropy begin with. */
export function label({ options }: Pick<BootTestSet<SamplesReport>, "options">): string {
  return options.length === 0 ? "as they are" : options.map(([name, value]) => `${shortName(name)}=${value}`).join(" ");
}

function sharedLabel({ options }: BootTestSet<SamplesReport>): string {
  return label({ options: options.filter(([name]) => shortName(name) !== "raw") });
}

const shortName = (option: string): string => option.replace(/^kernel\.jitterentropy\./, "");
const fixed = (bits: number): string => bits.toFixed(3);
const rate = (bits: number): string => (bits < 100 ? bits.toPrecision(3) : count(Math.round(bits)));
const plural = (n: number, noun: string): string => `${count(n)} ${noun}${n === 1 ? "" : "s"}`;

function figure(value: number | null, format: (value: number) => string): string {
  return value === null ? "\u2013" : format(value);
}

function range(spread: Spread | null, format: (value: number) => string): string {
  return spread === null ? "\u2013" : `${format(spread.least)}..${format(spread.greatest)}`;
}
