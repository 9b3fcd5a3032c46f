import type { Assessment, SamplesReport } from "../../model";
import type { SamplesOrigin } from "../../model/origin";
import { originEntries } from "../origin-text";
import { ESTIMATOR_CLAUSES } from "../text";
import type { Details, Fact, OutlineTable } from "./details";

export function samplesDetails(report: SamplesReport): Details {
  const { input, purpose, iid } = report;
  return {
    title: `Samples ${report.source.name}`,
    facts: [
      ["File", input.file],
      ["SHA-256", input.sha256],
      ["Samples", String(input.samples)],
      ["Bits per sample", `${input.bits}${input.bitsInferred ? " (inferred)" : ""}`],
      ["Distinct symbols", String(input.symbols)],
      ...input.preparation.map(({ text }): Fact => ["Prepared", text]),
      ...originFacts(input.origin),
      ["Assessed for", purpose === "conditioned" ? "h' of a conditioned output (3.1.5.2)" : "the source (3.1.3)"],
      ...(iid === null ? [] : [["IID tests", iid.verdict] as const]),
      ...assessmentFacts(report),
    ],
    tables: [estimatesTable("Estimates", report)],
    artifacts: [{ file: input.file, sha256: input.sha256 }],
    anchor: null,
  };
}

/** Where the samples are from, by the entries of their `.meta` file. */
export function originFacts(origin: SamplesOrigin | undefined): readonly Fact[] {
  return origin === undefined ? [] : originEntries(origin).map(([key, value]): Fact => [`From: ${key}`, value]);
}

/** The results of an assessment by name. */
export function assessmentFacts({ track, hOriginal, hBitstring, minEntropy }: Assessment): readonly Fact[] {
  return [
    ["Track", track === "iid" ? "IID" : "non-IID"],
    ["H_original, bits per symbol", figure(hOriginal)],
    ["H_bitstring, bits per bit", figure(hBitstring)],
    ["Assessed min-entropy, bits per symbol", figure(minEntropy)],
  ];
}

export function estimatesTable(title: string, { estimates }: Assessment): OutlineTable {
  return {
    title,
    columns: ["Clause", "Estimator", "Scope", "Min-entropy", "Note"],
    rows: estimates.map(({ estimator, scope, minEntropy, notComputed }) => [
      ESTIMATOR_CLAUSES[estimator],
      ...[estimator, scope, figure(minEntropy), notComputed ?? ""],
    ]),
  };
}

/** Every digit that the figure has. */
export function figure(value: number | null): string {
  return value === null ? "not computed" : String(value);
}
