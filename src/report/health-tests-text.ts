import type { HealthTestsReport } from "../model";
import type { HealthTestFailure, HealthTestOutcome } from "../model/health-tests";
import { general } from "./c-format";
import { originLines } from "./origin-text";
import { count, MARKS, printable } from "./text";

/** Failures of a test that are printed; the JSON has more. */
const PRINTED = 20;

/** The health tests of a file of samples for people, as plain text of at most about 100 columns. */
export function healthTestsToText({ input, healthTests, verdict }: HealthTestsReport): string {
  const { parameters, samples, repetitionCount, adaptiveProportion, startUp } = healthTests;
  const { minEntropy, alpha, rule, startUpSamples } = parameters;
  const lines = [
    input.file,
    `${count(samples)} samples of ${input.bits} bit${input.bits === 1 ? "" : "s"}, SHA-256 ${input.sha256}`,
    ...input.preparation.map(({ text }) => text),
    ...originLines(input.origin),
    "",
    `H = ${minEntropy} bits per sample, alpha = 2^${general(Math.log2(alpha), 6)}, cutoffs by the rule ${rule}`,
    "",
    ...testLines("Repetition count (4.4.1)", "in a row", repetitionCount),
    ...testLines("Adaptive proportion (4.4.2)", `in a window of ${adaptiveProportion.window}`, adaptiveProportion),
    `${MARKS[startUp.verdict].padEnd(5)}Start-up (4.3): ${failures(startUp.failures)} in the first ${startUpSamples} samples`,
    "",
    { pass: "Passed.", fail: "Failed.", inconclusive: "Inconclusive: too few samples for a test to fail." }[verdict],
  ];
  return `${lines.map(printable).join("\n")}\n`;
}

function testLines(name: string, where: string, outcome: HealthTestOutcome): string[] {
  const { cutoff, most, failures: failed, listed, verdict } = outcome;
  const more = failed - Math.min(PRINTED, listed.length);
  return [
    `${MARKS[verdict].padEnd(5)}${name}: cutoff ${cutoff} ${where}, ${most} the most seen, ${failures(failed)}`,
    ...listed.slice(0, PRINTED).map(failureLine),
    ...(more > 0 ? [`       and ${count(more)} more`] : []),
  ];
}

function failureLine({ position, start, symbol }: HealthTestFailure): string {
  return `       sample ${position}: symbol ${symbol} too often since sample ${start}`;
}

function failures(number: number): string {
  return `${count(number)} failure${number === 1 ? "" : "s"}`;
}
