import type { ConditioningReport, ConditioningResult } from "../model/conditioning";
import { general } from "./c-format";
import { printable } from "./text";

/** What 3.1.5 says of a conditioning component, with every intermediate value, as plain text. */
export function conditioningToText({ conditioning: result, conditioned, epsilon }: ConditioningReport): string {
  const { nIn, nOut, nw, hIn, hPrime, n, outputEntropy, deficit, designBound, measuredBound, hOut } = result;
  const lines = [
    hPrime === null ? "Vetted conditioning component" : "Conditioning component, not vetted",
    "",
    line("n_in", nIn, "bits in"),
    line("n_out", nOut, "bits out"),
    line("nw", nw, "bits, the narrowest internal width"),
    line("h_in", hIn, "bits of entropy in"),
    ...(hPrime === null ? [] : [line("h'", hPrime, "bits of entropy per bit of the output, as assessed")]),
    ...(conditioned === null ? [] : [`                of ${conditioned.file}, SHA-256 ${conditioned.sha256}`]),
    "",
    line("n", n, "min(n_out, nw, n_in)"),
    power("P_high", result.log2PHigh),
    power("P_low", result.log2PLow),
    power("psi", result.log2Psi),
    power("U", result.log2U),
    power("omega", result.log2Omega),
    line("Output_Entropy", outputEntropy, `-log2 max(psi, omega), ${general(deficit, 6)} less than n_out`),
    `${"epsilon".padEnd(15)} 2^-${epsilon}, the share of n_out that is missed`,
    ...(designBound === null ? [] : [line("0.999 n_out", designBound, "the most for a component that is not vetted")]),
    ...(measuredBound === null ? [] : [line("h' n_out", measuredBound, "as assessed")]),
    "",
    line("h_out", hOut, `bits of entropy out, set by ${DECIDED_BY[result.decidedBy]}`),
    `Full entropy: ${fullEntropy(result)}`,
  ];
  return lines.map((text) => `${printable(text)}\n`).join("");
}

/** What set h_out, in the words of 3.1.5. */
export const DECIDED_BY: Readonly<Record<ConditioningResult["decidedBy"], string>> = {
  "output-entropy": "Output_Entropy",
  "design-bound": "0.999 n_out",
  "measured-bound": "h' n_out",
};

function line(name: string, value: number, meaning: string): string {
  return `${name.padEnd(15)} ${String(value).padEnd(20)} ${meaning}`;
}

function power(name: string, exponent: number): string {
  return `${name.padEnd(15)} 2^${exponent}`;
}

/** Whether full entropy may be claimed, why not, and what it would take. */
export function fullEntropy({ fullEntropy: full, hPrime, hIn, nIn, nOut, nw }: ConditioningResult): string {
  const source = "(FIPS 140-3 IG D.K, resolution 19)";
  if (full) return `yes, if the component's security strength is at least ${nOut} bits ${source}.`;
  if (hPrime !== null) return "no, the component is not vetted: it is credited with at most 0.999 n_out bits.";
  if (nw <= 0.999 * nOut) return `no, whatever goes in: nw = ${nw} is narrower than n_out = ${nOut}.`;
  const needed = nOut + 64;
  if (nIn < needed)
    return `no, h_in must be at least n_out + 64 = ${needed}, and n_in = ${nIn} bits cannot hold as much ${source}.`;
  return `no, h_in is less than n_out + 64 = ${needed} by ${general(needed - hIn, 6)} bits ${source}.`;
}
