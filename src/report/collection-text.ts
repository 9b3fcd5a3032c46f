import type { CollectionReport, RunningEstimates } from "../model/collection";
import { printable } from "./text";

/** What was collected, as plain text. */
export function collectionToText(report: CollectionReport): string {
  const { source, from, command, file, metaFile, format, wanted, samples, bytes, sha256, segments, short } = report;
  const lines = [
    `${from}${command === null ? "" : ` (${command})`} on ${source.name}`,
    `${count(samples)} of ${count(wanted)} samples as ${format}, ${count(bytes)} bytes, ${count(Math.round(report.bytesPerSecond))} bytes/s`,
    `${file}, SHA-256 ${sha256}`,
    ...(segments.length === 1
      ? [hashThere(segments[0])]
      : [
          `In ${segments.length} segments, for it was interrupted and the source could not go on where it was:`,
          ...segments.map(
            (s) => `  ${count(s.bytes)} bytes from ${count(s.start)} on, SHA-256 ${s.sha256}; ${hashThere(s)}`,
          ),
        ]),
    runningInWords(report.running),
    short === null
      ? `Written beside it: ${metaFile ?? ""}`
      : `Not finished: ${short}. What came is kept, without a .meta file; go on with --resume.`,
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function hashThere({ sha256There }: { readonly sha256There: string | null }): string {
  return sha256There === null
    ? "the machine did not compute the SHA-256 itself"
    : "the machine computed the same SHA-256 of what it sent";
}

/** What can be said of the samples so far, on one line. */
export function runningInWords({ mostCommonValue, collision, healthTests }: RunningEstimates): string {
  const parts = [
    `most common value ${entropy(mostCommonValue)} bits per sample`,
    `collision ${entropy(collision)} bits per bit`,
  ];
  if (healthTests !== null) {
    const { repetitionCount, adaptiveProportion } = healthTests;
    parts.push(
      `RCT ${repetitionCount.most} of ${repetitionCount.cutoff}, ${failures(repetitionCount.failures)}`,
      `APT ${adaptiveProportion.most} of ${adaptiveProportion.cutoff}, ${failures(adaptiveProportion.failures)}`,
    );
  }
  return parts.join("; ");
}

const failures = (number: number): string => (number === 1 ? "1 failure" : `${count(number)} failures`);

const count = (number: number): string => number.toLocaleString("en");

const entropy = (value: number | null): string => (value === null ? "-" : value.toFixed(4));
