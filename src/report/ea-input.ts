import type { FoundAssessment } from "../model";
import { fixed, general } from "./c-format";
import type { NistVerbosity } from "./ea-estimates";

/** SP 800-90B 3.1.1 */
const MIN_SAMPLES = 1_000_000;

/** What NIST's tools tell of the data that they assess. */
export interface EaInput {
  /** As on the command line. */
  readonly file: string;
  /** Of the whole file, lower-case hex. */
  readonly sha256: string;
  readonly samples: number;
  /** Distinct symbols seen. */
  readonly symbols: number;
  /** Bits per symbol that the assessment used. */
  readonly bits: number;
  /** Length of the bitstring: samples * bits, or less with -t. */
  readonly bitstringLength: number;
  /** The stated width exceeds that of the data. */
  readonly narrow: boolean;
  /** -c: the bitstring alone is assessed, h' is the result. */
  readonly conditioned: boolean;
  /** -l; null when the whole file was read. */
  readonly subset: { readonly index: number; readonly samples: number } | null;
}

/** An assessment with what is told about its input. */
export interface EaAssessment extends EaInput {
  readonly assessment: Pick<FoundAssessment, "estimates" | "hOriginal" | "hBitstring">;
}

/**
 * The lines about the input.
 * @param nouns what this tool calls the bits, and the sentence that says that values were mapped
 */
export function inputLines(
  input: EaInput,
  verbosity: NistVerbosity,
  nouns: { readonly binary: string; readonly translated: string },
): string[] {
  const { file, sha256, subset, samples, symbols, bits, bitstringLength } = input;
  const block = subset === null ? "" : `, reading block ${subset.index} of size ${subset.samples}`;
  const verbose = (...lines: string[]) => (verbosity > 1 ? lines : []);
  return [
    ...verbose(`Opening file: '${file}' (SHA-256 hash ${sha256})${block}`),
    ...(input.narrow ? ["Warning: Symbols appear to be narrower than described."] : []),
    ...verbose(`Loaded ${samples} samples of ${symbols} distinct ${bits}-bit-wide symbols`),
    ...(usesBitstring(input) ? verbose(`Number of ${nouns.binary}: ${bitstringLength}`) : []),
    ...(samples < MIN_SAMPLES ? ["", `*** Warning: data contains less than ${MIN_SAMPLES} samples ***`, ""] : []),
    ...(symbols < 2 ** bits ? verbose("", nouns.translated) : []),
  ];
}

/** The lines with what the assessment comes to. */
export function totalLines(run: EaAssessment, verbosity: NistVerbosity): string[] {
  const { bits } = run;
  const { hOriginal, hBitstring, assessed } = totals(run);
  if (verbosity === 0) return [];
  if (verbosity > 2)
    return [
      ...(hBitstring === null
        ? []
        : [`H_bitstring = ${general(hBitstring)}`, `H_bitstring Per Symbol = ${general(hBitstring * bits)}`]),
      ...(hOriginal === null ? [] : [`H_original = ${general(hOriginal)}`]),
      `Assessed min entropy: ${general(assessed)}`,
    ];
  if (hOriginal === null) return [`h': ${fixed(hBitstring ?? 1)}`];
  return [
    `H_original: ${fixed(hOriginal)}`,
    ...(hBitstring === null
      ? []
      : [
          `H_bitstring: ${fixed(hBitstring)}`,
          `min(H_original, ${bits} X H_bitstring): ${fixed(Math.min(hOriginal, bits * hBitstring))}`,
        ]),
  ];
}

export interface EaTotals {
  /** null with -c. */
  readonly hOriginal: number | null;
  /** null for binary data without -c. */
  readonly hBitstring: number | null;
  readonly assessed: number;
}

/** Where no estimator of a scope has a value, the tools are left with the most that the width allows. */
export function totals(run: EaAssessment): EaTotals {
  const { assessment, bits, conditioned } = run;
  const hOriginal = conditioned ? null : Math.min(bits, assessment.hOriginal ?? bits);
  const hBitstring = usesBitstring(run) ? Math.min(1, assessment.hBitstring ?? 1) : null;
  return { hOriginal, hBitstring, assessed: Math.min(hOriginal ?? bits, bits * (hBitstring ?? 1)) };
}

const usesBitstring = ({ symbols, conditioned }: EaInput) => symbols > 2 || conditioned;
