import type { Estimate, SamplesReport } from "../model";
import type { Encryption, RawAgainstProcessed } from "../model/raw-against-processed";
import { header } from "./build";
import type { Block } from "./page";
import { count, entropy, ESTIMATOR_CLAUSES } from "./text";

/**
 * Puts the assessments of raw and of processed data side by side.
 * @param encryption how the one was made of the other, if we made it; null: data of a source that we know nothing of
 */
export function rawAgainstProcessed(
  raw: SamplesReport,
  processed: SamplesReport,
  encryption: Encryption | null,
): RawAgainstProcessed {
  return { ...header("raw-against-processed"), encryption, raw, processed };
}

/** The comparison in words: both assessments in one table, and what they are worth. */
export function rawAgainstProcessedPage(report: RawAgainstProcessed): readonly Block[] {
  const { encryption } = report;
  return [
    { kind: "title", text: "Raw against processed data" },
    ...(encryption === null ? introduction(report) : introductionOfDemonstration(report, encryption)),
    { kind: "heading", text: "What the estimators say" },
    comparisonTable(report),
    legend(report),
    ...(encryption === null ? conclusion(report) : conclusionOfDemonstration(report)),
    { kind: "list", items: [ESTIMATORS_LACK_THE_KEY, NOTHING_MAKES_ENTROPY, ASSESS_RAW] },
    ...(encryption === null ? [] : recipe(encryption)),
  ];
}

const ESTIMATORS_LACK_THE_KEY =
  "The estimators look for bias, for repetition, and for what can be predicted from what came before. A cipher or a hash " +
  "is built to leave none of that to anyone who does not know what went in, and the estimators do not know. They grade " +
  "the cipher, not the source.";
const NOTHING_MAKES_ENTROPY =
  "No processing makes entropy: what is computed from known data is known. At best the output holds what the input held.";
const ASSESS_RAW =
  "So assess the samples as they come from the source, before anything is done to them: there its defects still show. " +
  "What a conditioning component leaves of their entropy is calculated from that (SP 800-90B 3.1.5), not measured behind it.";

function introduction({ raw, processed }: RawAgainstProcessed): Block[] {
  return [
    {
      kind: "paragraph",
      text: `${raw.source.name} is taken for what a source gives, ${processed.source.name} for what was made of it.`,
    },
    inputs(raw, processed),
  ];
}

function introductionOfDemonstration({ raw, processed }: RawAgainstProcessed, { password }: Encryption): Block[] {
  return [
    {
      kind: "paragraph",
      text:
        `Two files of ${count(raw.input.samples)} bytes. ${raw.source.name} is raw: the zeros that /dev/zero gives. ` +
        `${processed.source.name} is the same, processed: encrypted by AES-256 in counter mode under the password ` +
        `"${password}". Assessed alike, by the non-IID track of NIST SP 800-90B, the raw file scores ${score(raw)}, the ` +
        `processed one ${score(processed)}. The true entropy of both is 0.`,
    },
    inputs(raw, processed),
  ];
}

function inputs(...reports: readonly SamplesReport[]): Block {
  const told = reports.map(
    ({ input }) => `${input.file}: ${count(input.samples)} samples of ${input.bits} bits, SHA-256 ${input.sha256}`,
  );
  return { kind: "list", items: told };
}

function comparisonTable({ raw, processed, encryption }: RawAgainstProcessed): Block {
  const computed = [...raw.estimates, ...processed.estimates].filter(({ minEntropy }) => minEntropy !== null);
  const rows = [...new Set(computed.map(rowOf))].sort(byClause);
  const found = ({ estimates }: SamplesReport, row: string) =>
    value(estimates.find((estimate) => rowOf(estimate) === row)?.minEntropy ?? null);
  const ideal = (row: string) =>
    value(processed.estimates.find((estimate) => rowOf(estimate) === row)?.ceiling ?? null);
  const total = (name: string, of: (report: SamplesReport) => number | null, ceiling = "") => [
    name,
    value(of(raw)),
    value(of(processed)),
    ceiling,
  ];
  return {
    kind: "table",
    head: ["Bits of min-entropy", `raw: ${raw.source.name}`, `processed: ${processed.source.name}`, "ideal data"],
    rows: [
      ...rows.map((row) => [row, found(raw, row), found(processed, row), ideal(row)]),
      total("H_original, per symbol", ({ hOriginal }) => hOriginal),
      total("H_bitstring, per bit", ({ hBitstring }) => hBitstring),
      total("Assessed, per symbol", ({ minEntropy }) => minEntropy, value(processed.ceiling)),
      ...(encryption === null ? [] : [["True entropy, per symbol", "0", "0", ""]]),
    ],
  };
}

function rowOf({ estimator, scope }: Estimate): string {
  return `${ESTIMATOR_CLAUSES[estimator]} ${estimator}, ${scope === "literal" ? "symbols" : "bits"}`;
}

/** Those of the symbols first, each in the order of the clauses. */
function byClause(a: string, b: string): number {
  const clause = (row: string) => Number(/^6\.3\.(\d+)/.exec(row)?.[1]) + (row.endsWith("bits") ? 100 : 0);
  return clause(a) - clause(b);
}

function value(bits: number | null): string {
  return bits === null ? "\u2013" : entropy(bits).trim();
}

/** What the ideal column is, and why other cells are empty. */
function legend({ raw, processed }: RawAgainstProcessed): Block {
  const reasons = (of: string, { estimates }: SamplesReport) =>
    [...new Set(estimates.map((e) => e.notComputed))]
      .filter((reason) => reason !== null)
      .map((reason) => `Where ${of} data have no value: ${reason}`);
  const ideal = "Ideal data: the median of what as many uniform random symbols score; single draws differ from it.";
  return { kind: "list", items: [ideal, ...reasons("raw", raw), ...reasons("processed", processed)] };
}

function conclusionOfDemonstration({ processed }: RawAgainstProcessed): Block[] {
  return [
    { kind: "heading", text: "Why the good score says nothing" },
    {
      kind: "paragraph",
      text:
        `Whoever knows the password knows every bit of ${processed.source.name} before it is written, and could write it ` +
        `anew. To who knows it, ${count(processed.input.samples)} bytes hold nothing new.`,
    },
  ];
}

function conclusion({ raw, processed }: RawAgainstProcessed): Block[] {
  return [
    { kind: "heading", text: "What this says" },
    { kind: "paragraph", text: verdict(raw, processed) },
  ];
}

function verdict(raw: SamplesReport, processed: SamplesReport): string {
  if (raw.input.sha256 === processed.input.sha256)
    return "Both are the same data: nothing was done to them, or one file was taken for the other.";
  if (raw.minEntropy === null || processed.minEntropy === null)
    return "One of the two could not be assessed, so there is nothing to compare.";
  const scores = `from ${score(raw)} to ${score(processed)}`;
  return raw.minEntropy / raw.input.bits < processed.minEntropy / processed.input.bits
    ? `Processing raised the score ${scores}. That is the processing's doing. The raw score is the one that counts.`
    : `Processing did not raise the score: it went ${scores}. The raw score is the one that counts all the same.`;
}

function score({ minEntropy, input: { bits } }: SamplesReport): string {
  return minEntropy === null ? "nothing" : `${minEntropy.toFixed(3)} of ${bits} ${bits === 1 ? "bit" : "bits"}`;
}

function recipe({ key, iv, commands }: Encryption): Block[] {
  return [
    { kind: "heading", text: "Make it yourself" },
    { kind: "paragraph", text: "These commands make the same two files, byte for byte:" },
    { kind: "code", text: commands.join("\n") },
    {
      kind: "paragraph",
      text:
        "Without salt, OpenSSL derives the key as SHA-256 of the password, and the first counter block as the first 16 " +
        'bytes of SHA-256 of that key followed by the password (before version 1.1.0 only with "-md sha256"):',
    },
    { kind: "code", text: `key ${key}\niv  ${iv}` },
  ];
}
