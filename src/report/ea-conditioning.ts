import type { ConditioningDigits, ConditioningResult } from "../model/conditioning";
import { nistJson, type NistRun } from "./nist-json";

/**
 * What ea_conditioning prints.
 * @param quiet -q
 */
export function eaConditioningText(result: ConditioningResult, digits: ConditioningDigits, quiet: boolean): string {
  const { nIn, nOut, hPrime } = result;
  const nw = Math.min(result.nw, nIn);
  // the bits that the tool starts with: twice the widest parameter, or twice a double's mantissa
  const attempt = `Attempting to compute entropy with ${2 * Math.max(53, nIn, nOut, nw)} bits of precision.`;
  const lines = quiet
    ? [attempt]
    : [
        `n_in = ${nIn}`,
        `n_out = ${nOut}`,
        `nw = ${nw}`,
        `h_in = ${digits.hIn}`,
        ...(digits.hPrime === null ? [] : [`h' = ${digits.hPrime}`]),
        attempt,
        `Output_Entropy(*) = ${[digits.outputEntropy, ...closeTo(digits)].join("; ")}`,
        ...(hPrime === null ? vettedLines(result, digits) : notVettedLines(digits)),
      ];
  return lines.map((line) => `${line}\n`).join("");
}

/** What ea_conditioning writes with -o. @param run file and hash are of the conditioned data with -i, else null */
export function eaConditioningJson(result: ConditioningResult, run: NistRun): string {
  const { nIn, nOut, hIn, hOut, hPrime } = result;
  const nw = Math.min(result.nw, nIn);
  const testCase = { testCaseDesc: "Overall", n_in: nIn, n_out: nOut, nw, h_in: hIn, h_out: hOut, h_p: hPrime };
  return nistJson(run, "Conditioning", false, [testCase]);
}

function closeTo({ closeTo: { nOut, hIn, nw } }: ConditioningDigits): string[] {
  const near = (name: string, exponent: string | null) =>
    exponent === null ? [] : [`Close to ${name} (epsilon = 2^(-${exponent}))`];
  return [...near("n_out", nOut), ...near("h_in", hIn), ...near("nw", nw)];
}

function vettedLines({ nOut, deficit, fullEntropy }: ConditioningResult, digits: ConditioningDigits): string[] {
  const claim = fullEntropy
    ? `: FIPS 140-3 IG D.K Resolution 19 Full Entropy if the conditioning component security strength is >= ${nOut}`
    : "";
  const epsilon = `epsilon = 2^(-${digits.epsilon})${claim}`;
  return [`(Vetted) h_out = ${digits.hOut}`, ...(deficit < 0.001 * nOut ? [epsilon] : [])];
}

function notVettedLines({ designBound, measuredBound, hOut }: ConditioningDigits): string[] {
  return [
    `0.999 * n_out = ${designBound ?? ""}`,
    `h' * n_out = ${measuredBound ?? ""}`,
    `(Non-vetted) h_out = ${hOut}`,
  ];
}
